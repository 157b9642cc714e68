/** Three networks and their three measures on the scene. */

import { html, set, text } from "../../ui/dom.ts";
import type { Answers } from "./answers.ts";
import { STORED } from "./networks.ts";
import { percent, switchedName, WHOLE, WITHOUT } from "./sentences.ts";
import type { State } from "./state.ts";

const HEADS = ["%", "pixels right", "mean IoU", "boundary F"];

export function table() {
  const rows = (STORED.without ? [0, 1, 2] : [0, 1]).map(() => ({
    name: html("th", { scope: "row" }),
    cells: [0, 1, 2].map(() => html("td", {})),
  }));
  const element = html(
    "table",
    { class: "measures" },
    html("caption", {}, "On this scene"),
    html("thead", {}, html("tr", {}, ...HEADS.map((head) => html("th", { scope: "col" }, head)))),
    html("tbody", {}, ...rows.map(({ name, cells }) => html("tr", {}, name, ...cells))),
  );
  const draw = ({ skips }: State, answers: Answers | null) => {
    const names = [WHOLE, switchedName(skips), WITHOUT];
    for (const [n, { name, cells }] of rows.entries()) {
      text(name, n === 1 && names[1] === WHOLE ? "as switched: all" : names[n]!);
      const one = answers?.[n];
      const values = one ? [one.accuracy, one.meanIou, one.boundaryF] : [];
      for (const [k, cell] of cells.entries()) {
        const value = values[k];
        text(cell, value === undefined ? "–" : percent(value));
        // What has lost more than a tenth is marked: by weight and an arrow, beside its colour.
        const first = answers?.[0];
        const before = first ? [first.accuracy, first.meanIou, first.boundaryF][k]! : 0;
        set(cell, { "data-lost": value !== undefined && value < before - 0.1 });
      }
    }
  };
  return { element, draw };
}
