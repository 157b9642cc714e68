/** The chosen unit in numbers: its sum, its largest terms, and all of them on demand. */

import type { Stage } from "../../ui/demo.ts";
import { html, list, set, text } from "../../ui/dom.ts";
import {
  equation,
  gradientSentence,
  type Piece,
  type Row,
  rows,
  unitSentence,
} from "./sentences.ts";
import type { State } from "./state.ts";

const HEADS = ["reads", "weight", "its value", "product"];

export function takenApart(stage: Stage<State>) {
  const what = html("p", { class: "course-sentence" });
  const sum = html("p", { class: "course-equation" });
  const back = html("p", { class: "course-facts" });
  const body = html("tbody", {});
  const summary = html("summary", {}, "");
  const box = html(
    "div",
    { class: "terms", tabindex: 0, role: "region", "aria-label": "All terms of the unit's sum" },
    html(
      "table",
      {},
      html("thead", {}, html("tr", {}, ...HEADS.map((head) => html("th", { scope: "col" }, head)))),
      body,
    ),
  );
  const all = html("details", { class: "course-terms" }, summary, box);
  const element = html("div", { class: "taken-apart" }, what, sum, all, back);
  const fill = (state: State, terms: readonly Row[]) => {
    if (all.open) list(body, terms, createRow, updateRow);
    text(summary, `All ${terms.length} terms of ${state.unit[0] === 4 ? "the mean" : "the sum"}`);
  };
  all.addEventListener("toggle", () => fill(stage.state(), rows(stage.state())), {
    signal: stage.signal,
  });
  const draw = (state: State) => {
    text(what, unitSentence(state));
    const pieces = equation(state);
    list(sum, pieces, () => html("span"), drawPiece);
    set(sum, { hidden: pieces.length === 0 });
    const sentence = gradientSentence(state);
    text(back, sentence);
    set(all, { hidden: pieces.length === 0 });
    // Spelling sixty terms takes longer than drawing them.
    if (pieces.length > 0 && (all.open || counted !== state.unit)) fill(state, rows(state));
    counted = state.unit;
  };
  let counted: State["unit"] | null = null;
  return { element, draw };
}

function drawPiece(element: Element, { words, role }: Piece): void {
  text(element, words);
  set(element, { class: role ? `role-${role}` : null });
}

const createRow = () =>
  html("tr", {}, html("th", { scope: "row" }), html("td"), html("td"), html("td"));

function updateRow(line: Element, { reads, weight, value, product }: Row): void {
  for (const [i, words] of [reads, weight, value, product].entries())
    text(line.children[i]!, words);
}
