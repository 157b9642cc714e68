/** What stands beside the picture: the cell's numbers, and the loss term by term. */

import { format } from "../../core/format.ts";
import { CLASSES } from "../../data/detection-scenes.ts";
import { html, list, set, text } from "../../ui/dom.ts";
import { drawLines } from "../../ui/pieces.ts";
import { arithmetic, nameOf, terms, toldOf } from "./sentences.ts";
import { computed, type State } from "./state.ts";

interface Line {
  cells: string[];
  kind: string;
}

function drawRow(row: Element, { cells, kind }: Line): void {
  set(row, { class: kind });
  list(
    row,
    cells,
    (i) => html(i === 0 ? "th" : "td", i === 0 ? { scope: "row" } : {}),
    (cell, words) => text(cell, words),
  );
}

const headed = (...names: string[]) =>
  html("thead", {}, html("tr", {}, ...names.map((n) => html("th", { scope: "col" }, n))));

/** At most so many classes are drawn one by one. */
const SQUARES = 40;

/** The numbers that the cell of the selected object should say. */
export function encodingPanel() {
  const title = html("p", { class: "panel-name" });
  const lines = html("div", { class: "grid-arithmetic" });
  const rows = html("tbody", {});
  const table = html(
    "table",
    { class: "box-table" },
    headed("the cell says", "x", "y", "w", "h", "conf."),
    rows,
  );
  const squares = html("div", { class: "class-squares", "aria-hidden": "true" });
  const classes = html("p", { class: "course-facts" });
  const element = html("div", { class: "panel" }, title, lines, table, squares, classes);
  const draw = (state: State) => {
    const { encoding, holder } = computed(state);
    const { selected, boxes_per_cell: count, class_count } = state;
    text(title, `The numbers of ${nameOf(state, selected)}`);
    drawLines(lines, arithmetic(state));
    const { x, y, w, h } = encoding.told[holder]!;
    const own = [x, y, w, h].map((n) => format(n, 3));
    list(
      rows,
      Array.from({ length: count }, (_, j) => ({
        cells: [`box ${j + 1}`, ...(j === 0 ? [...own, "1"] : ["0", "0", "0", "0", "0"])],
        kind: j === 0 ? "now" : "",
      })),
      () => html("tr", {}),
      drawRow,
    );
    const label = state.labels[holder]!;
    list(
      squares,
      Array.from({ length: Math.min(SQUARES, class_count) }, (_, c) => c === label),
      () => html("span", {}),
      (square, on) => set(square, { class: on ? "on" : null }),
    );
    text(
      classes,
      `and ${class_count} class probabilities: 1 for class ${label} (counted from 0), ${CLASSES[label]}, else 0.`,
    );
  };
  return { element, draw };
}

/** Truth beside prediction, and the five terms. */
export function lossPanel() {
  const rows = html("tbody", {});
  const table = html(
    "table",
    { class: "box-table" },
    headed("who", "x", "y", "√w", "√h", "conf.", "IoU"),
    rows,
  );
  const parts = html("div", { class: "loss-terms" });
  const total = html("p", { class: "loss-total" });
  const element = html("div", { class: "panel" }, table, parts, total);
  const draw = (state: State) => {
    const { encoding, holder, cell, total: sum } = computed(state);
    const truth = encoding.told[holder]!;
    const numbers = ({ x, y, w, h }: { x: number; y: number; w: number; h: number }) =>
      [x, y, Math.sqrt(w), Math.sqrt(h)].map((n) => format(n, 2));
    const j = cell.responsible;
    list(
      rows,
      [
        { cells: ["truth", ...numbers(truth), format(cell.ious[j]!, 2), "1"], kind: "truth" },
        ...cell.ious.map((value, i) => ({
          cells: [
            `box ${i + 1}${i === j ? " ●" : ""}`,
            ...numbers(toldOf(state, i)),
            format(state.confidences[i]!, 2),
            format(value, 2),
          ],
          kind: i === j ? "now" : "",
        })),
      ],
      () => html("tr", {}),
      drawRow,
    );
    const all = terms(state);
    const largest = Math.max(1e-9, ...all.map(({ value }) => value));
    list(
      parts,
      all.map((term) => ({ ...term, share: term.value / largest })),
      () =>
        html(
          "div",
          { class: "loss-term" },
          html("span", { class: "name" }),
          html("span", { class: "value" }),
          html("span", { class: "bar", "aria-hidden": "true" }),
          html("span", { class: "formula" }),
        ),
      (line, { key, name, formula, value, share }) => {
        const [first, second, bar, last] = line.children;
        set(line, { "data-term": key });
        text(first!, name);
        text(second!, format(value, 4));
        set(bar!, { style: `transform: scaleX(${share.toFixed(4)})` });
        text(last!, formula);
      },
    );
    text(total, `Loss of the image: ${format(sum, 4)}`);
  };
  return { element, draw };
}
