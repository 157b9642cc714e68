/** Where both networks stand, as a table. */

import { grouped } from "../../core/format.ts";
import { NETWORKS, parameterCount } from "../../core/networks.ts";
import { html, list, text } from "../../ui/dom.ts";
import type { Runners } from "./race.ts";
import { standing } from "./sentences.ts";

const ROWS = ["parameters", "step", "steps a second", "batch loss", "training error", "test error"];

export function standings() {
  const body = html("tbody", {});
  const element = html(
    "table",
    { class: "standings" },
    html(
      "thead",
      {},
      html(
        "tr",
        {},
        html("td", {}),
        html("th", { scope: "col", class: "convolutional" }, NETWORKS[0]),
        html("th", { scope: "col", class: "dense" }, NETWORKS[1]),
      ),
    ),
    body,
  );
  const draw = (runners: Runners) => {
    const columns = NETWORKS.map((name) => [
      grouped(parameterCount(name)),
      ...standing(runners[name]),
    ]);
    const rows = ROWS.map((name, i) => [name, ...columns.map((column) => column[i]!)]);
    list(body, rows, createRow, (line, cells) => {
      for (const [i, words] of cells.entries()) text(line.children[i]!, words);
    });
  };
  return { element, draw };
}

const createRow = () => html("tr", {}, html("th", { scope: "row" }), html("td"), html("td"));
