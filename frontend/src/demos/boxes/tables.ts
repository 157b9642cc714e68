/** What stands beside the picture: areas, the boxes by score, what became of each. */

import { byScore } from "../../core/boxes.ts";
import { format } from "../../core/format.ts";
import { CLASSES } from "../../data/detection-scenes.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, text } from "../../ui/dom.ts";
import { drawLines } from "../../ui/pieces.ts";
import { chart } from "./chart.ts";
import { pressed, rowOf } from "./picture.ts";
import { areas, outcomes } from "./sentences.ts";
import { computed, letterOf, type State } from "./state.ts";

const headed = (...names: string[]) =>
  html("thead", {}, html("tr", {}, ...names.map((n) => html("th", { scope: "col" }, n))));

interface Line {
  index: number;
  cells: string[];
  kind: string;
}

/** A table with a button in each row's head, which does what a press on the box does. */
function boxTable(stage: Stage<State>, ...heads: string[]) {
  const body = html("tbody", {});
  const element = html("table", { class: "box-table" }, headed(...heads), body);
  body.addEventListener(
    "click",
    ({ target }) => {
      const button = (target as Element).closest("button");
      if (button) stage.update(pressed(stage.state(), Number(button.getAttribute("data-index"))));
    },
    { signal: stage.signal },
  );
  const create = () =>
    html("tr", {}, html("th", { scope: "row" }, html("button", { type: "button" })));
  const update = (row: HTMLElement, { index, cells, kind }: Line) => {
    set(row, { class: kind });
    const button = row.firstElementChild!.firstElementChild!;
    set(button, { "data-index": index, "aria-label": `Box ${cells[0]}` });
    text(button, cells[0]!);
    while (row.children.length < cells.length) row.append(html("td", {}));
    for (const [i, words] of cells.slice(1).entries()) text(row.children[i + 1]!, words);
  };
  const draw = (lines: readonly Line[]) => list(body, lines, create, update);
  return { element, draw };
}

export function overlapPanel() {
  const lines = html("div", { class: "areas" });
  const bar = html(
    "div",
    { class: "area-bar", "aria-hidden": "true" },
    html("span", { class: "only-first" }),
    html("span", { class: "both" }),
    html("span", { class: "only-second" }),
  );
  const note = html("p", { class: "course-facts" }, "In square pixels of the 96 × 96 scene.");
  const element = html("div", { class: "panel" }, lines, bar, note);
  const draw = (state: State) => {
    const parts = areas(state);
    drawLines(lines, parts);
    const { detections } = computed(state);
    const area = (i: number) => {
      const [x1, y1, x2, y2] = detections[i]!.box;
      return (x2 - x1) * (y2 - y1);
    };
    const [a, b] = [area(state.selected), area(state.partner)];
    const both = sharedOf(state);
    const shares = [a - both, both, b - both].map((part) => part / (a + b - both || 1));
    for (const [i, share] of shares.entries()) {
      set(bar.children[i]!, { style: `flex-grow: ${share.toFixed(4)}` });
    }
  };
  return { element, draw };
}

const sharedOf = (state: State) => {
  const { detections } = computed(state);
  const [a, b] = [detections[state.selected]!.box, detections[state.partner]!.box];
  const wide = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  return wide * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
};

export function suppressionPanel(stage: Stage<State>) {
  const table = boxTable(stage, "box", "class", "score", "outcome");
  const element = html("div", { class: "panel outcomes" }, table.element);
  const draw = (state: State) => {
    const words = outcomes(state);
    const now = computed(state).suppression.steps[state.step - 1]?.keeper;
    const secret = words.some((word) => word === "?" || word.startsWith("you"));
    table.draw(
      byScore(computed(state).detections).map((index) => ({
        index,
        cells: [...rowOf(state, index), words[index]!],
        kind: index === now && !secret ? "now" : "",
      })),
    );
  };
  return { element, draw };
}

export function curvePanel(stage: Stage<State>) {
  const graph = chart();
  const name = html("p", { class: "panel-name" });
  const table = boxTable(stage, "box", "IoU", "found", "precision", "recall");
  const element = html("div", { class: "panel" }, name, graph.element, table.element);
  const draw = (state: State) => {
    const { matches, label, curve } = computed(state);
    text(name, `Class ${CLASSES[label]}: ${curve.objects} in the scene`);
    graph.draw(state);
    const own = matches.filter(({ index }) => state.labels[index] === label);
    table.draw(
      own.map(({ index, iou, right }, k) => ({
        index,
        cells: [
          `${letterOf(index)}, ${format(state.scores[index]!)}`,
          format(iou),
          right ? "yes" : "no",
          format(curve.precision[k]!),
          curve.objects > 0 ? format(curve.recall[k]!) : "–",
        ],
        kind: index === state.selected ? "now" : "",
      })),
    );
  };
  return { element, draw };
}
