/** Each box that is left and each object that is missed, in a table of a fixed height. */

import type { Stage } from "../../ui/demo.ts";
import { html, list, set, text } from "../../ui/dom.ts";
import { known } from "../scene/state.ts";
import { className, two, verdictOf } from "./sentences.ts";
import type { Found, State } from "./state.ts";

interface Row {
  kind: string;
  cells: [string, string, string, string];
}

/** More than anybody reads, and than the page should draw anew at each key press. */
const MOST = 40;

export function results(stage: Stage<State>) {
  const body = html("tbody", {});
  const head = ["Says", "Score", "IoU", "Verdict"].map((name) =>
    html("th", { scope: "col" }, name),
  );
  const element = html(
    "div",
    {
      ...{ class: "results", tabindex: 0, role: "region" },
      "aria-label": `What is found, box by box: ${stage.model.get("title") ?? ""}`,
    },
    html("table", {}, html("thead", {}, html("tr", {}, ...head)), body),
  );
  const draw = (state: State, found: Found | null) => {
    list(body, found ? rowsOf(state, found) : [], create, update);
  };
  return { element, draw };
}

function rowsOf(state: State, found: Found): Row[] {
  const { findings, things, hits } = found;
  const judged = known(state);
  const said = findings.map((one): Row => {
    const { label, score } = one.box;
    return {
      kind: !judged ? "" : one.verdict === "right" ? "right" : "wrong",
      cells: [
        className(label),
        two(score),
        judged && one.thing !== null ? two(one.iou) : "–",
        verdictOf(one, things),
      ],
    };
  });
  const missed = things.flatMap(({ label }, i): Row[] =>
    hits[i] ? [] : [{ kind: "wrong", cells: ["–", "–", "–", `✗ missed: the ${className(label)}`] }],
  );
  const rows = [...said.slice(0, MOST), ...missed];
  const more = said.length - MOST;
  if (more > 0) rows.push({ kind: "", cells: ["", "", "", `and ${more} boxes more`] });
  return rows;
}

function create(): HTMLTableRowElement {
  return html("tr", {}, html("th", { scope: "row" }), html("td"), html("td"), html("td"));
}

function update(row: HTMLTableRowElement, { kind, cells }: Row): void {
  set(row, { class: kind || null });
  for (const [i, cell] of cells.entries()) text(row.children[i]!, cell);
}
