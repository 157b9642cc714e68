/** The result in words and numbers. */

import { compact, format, grouped } from "../../core/format.ts";
import { boxCount, depthOf, LOSS_WEIGHTS, numberCount, TERMS } from "../../core/yolo-grid.ts";
import { CLASSES } from "../../data/detection-scenes.ts";
import type { Piece } from "../../ui/pieces.ts";
import { computed, gridOf, SIDE, type State } from "./state.ts";

export const nameOf = (state: State, index: number) =>
  `object ${index + 1}, ${CLASSES[state.labels[index]!]}`;

/** How a box is told, for who does not see it. */
export function placeOf(box: readonly number[]): string {
  const [x1, y1, x2, y2] = box.map(Math.round) as [number, number, number, number];
  return `from ${x1}, ${y1} to ${x2}, ${y2}`;
}

/** 7 × 7 cells × 2 boxes = 98 boxes … */
export function counts(state: State): string {
  const grid = gridOf(state);
  const { cells: s, boxesPerCell: b, classCount: c } = grid;
  return `${s} × ${s} cells × ${b} = ${grouped(boxCount(grid))} boxes; ${s} × ${s} × (5·${b} + ${c}) = ${s} × ${s} × ${depthOf(grid)} = ${grouped(numberCount(grid))} numbers in the output.`;
}

/** Each number of the selected box with its arithmetic. */
export function arithmetic(state: State): Piece[][] {
  const { told } = computed(state).encoding;
  const { row, column, x, y, w, h } = told[state.selected]!;
  const [x1, y1, x2, y2] = state.boxes[state.selected]! as [number, number, number, number];
  const s = state.cells;
  const centre = (a: number, b: number) => compact((a + b) / 2);
  return [
    [
      { words: "x", role: "output" },
      { words: ` = ${centre(x1, x2)} · ${s} / ${SIDE} − ${column} = ` },
      { words: format(x, 3), role: "output" },
    ],
    [
      { words: "y", role: "output" },
      { words: ` = ${centre(y1, y2)} · ${s} / ${SIDE} − ${row} = ` },
      { words: format(y, 3), role: "output" },
    ],
    [
      { words: "w", role: "output" },
      { words: ` = ${compact(x2 - x1)} / ${SIDE} = ` },
      { words: format(w, 3), role: "output" },
      { words: `,  √w = ${format(Math.sqrt(w), 3)}` },
    ],
    [
      { words: "h", role: "output" },
      { words: ` = ${compact(y2 - y1)} / ${SIDE} = ` },
      { words: format(h, 3), role: "output" },
      { words: `,  √h = ${format(Math.sqrt(h), 3)}` },
    ],
  ];
}

/** Which cell answers, and what is odd about it. */
export function answer(state: State): string {
  const { encoding, holder } = computed(state);
  const { selected, cells } = state;
  const { row, column, x, y, w, h } = encoding.told[selected]!;
  const place = `row ${row + 1}, column ${column + 1}`;
  if (holder !== selected) {
    return `Collision: the centres of ${nameOf(state, holder)}, and ${nameOf(state, selected)}, lie in one cell (${place}). The cell has one class, so it answers for the first; the other is lost.`;
  }
  const lost = encoding.holder.flatMap((first, own) =>
    first === selected && own !== selected ? [`object ${own + 1}`] : [],
  );
  const besides =
    lost.length > 0 ? ` ${lost.join(" and ")} has its centre there too, and is lost.` : "";
  const line =
    x === 0 || y === 0 ? " Its centre lies on a line: the cell to the right or below has it." : "";
  const [wide, high] = [w * cells, h * cells];
  const large =
    wide > 1 || high > 1
      ? ` The box is ${compact(wide)} cells wide and ${compact(high)} high: only its centre must lie in the cell.`
      : "";
  return `The cell in ${place} answers for ${nameOf(state, selected)}.${besides}${line}${large}`;
}

export interface Row {
  key: string;
  name: string;
  formula: string;
  value: number;
}

const square = (a: number, b: number, digits = 3) =>
  `(${format(a, digits)} − ${format(b, digits)})²`;

/** The five terms, each with its numbers. */
export function terms(state: State): Row[] {
  const { cell, encoding, holder, loss, quiet } = computed(state);
  const t = encoding.told[holder]!;
  const { coordinates, noObject } = LOSS_WEIGHTS;
  const j = cell.responsible;
  const p = toldOf(state, j);
  const root = Math.sqrt;
  const others = state.confidences
    .slice(0, state.boxes_per_cell)
    .filter((_, i) => i !== j)
    .map((c) => `${format(c, 2)}²`);
  const silent = [...others, `${grouped(quiet)} · ${format(state.background, 2)}²`].join(" + ");
  const rest = (1 - state.probability) / (state.class_count - 1);
  const formulas: Record<(typeof TERMS)[number], [string, string]> = {
    centre: ["centre", `${coordinates} · [${square(p.x, t.x)} + ${square(p.y, t.y)}]`],
    size: [
      "size",
      `${coordinates} · [${square(root(p.w), root(t.w))} + ${square(root(p.h), root(t.h))}]`,
    ],
    object: [
      "confidence where it answers",
      `(${format(state.confidences[j]!, 2)} − IoU ${format(cell.ious[j]!, 3)})²`,
    ],
    noObject: ["confidence of all others", `${noObject} · [${silent}]`],
    classes: [
      "classes",
      `(${format(state.probability, 2)} − 1)² + ${state.class_count - 1} · ${format(rest, 3)}²`,
    ],
  };
  return TERMS.map((key) => ({
    key,
    name: formulas[key][0],
    formula: formulas[key][1],
    value: loss[key],
  }));
}

/** What the cell says of predicted box j. */
export function toldOf(state: State, j: number) {
  const { told } = computed(state).encoding;
  const { row, column } = told[computed(state).holder]!;
  const [x1, y1, x2, y2] = state.predicted[j]! as [number, number, number, number];
  const { cells } = state;
  return {
    x: (((x1 + x2) / 2) * cells) / SIDE - column,
    y: (((y1 + y2) / 2) * cells) / SIDE - row,
    w: (x2 - x1) / SIDE,
    h: (y2 - y1) / SIDE,
  };
}

/** Who is responsible, and what is odd about it. */
export function judgement(state: State): string {
  const { cell, holder, total, loss } = computed(state);
  const j = cell.responsible;
  const first =
    holder === state.selected
      ? ""
      : `Object ${state.selected + 1} is lost: its cell answers for ${nameOf(state, holder)}. `;
  const ious = cell.ious.map((value) => format(value, 3));
  const tied = cell.ious.every((value) => value === cell.ious[0]);
  const who =
    state.boxes_per_cell === 1
      ? `The cell has one box, so it is responsible (IoU ${ious[0]}).`
      : tied
        ? `All boxes have an IoU of ${ious[0]}, so the first is responsible.`
        : `Box ${j + 1} is responsible: its IoU of ${ious[j]} is the highest. The others should only be silent.`;
  const { x, y } = toldOf(state, j);
  const out =
    x < 0 || x >= 1 || y < 0 || y >= 1
      ? " Its centre lies outside of the cell, where a sigmoid could not put it."
      : "";
  const largest = TERMS.reduce((a, b) => (loss[b] > loss[a] ? b : a));
  const names = {
    centre: "centre",
    size: "size",
    object: "confidence where it answers",
    noObject: "confidence of all others",
    classes: "classes",
  };
  const most =
    total > 1e-9 ? ` The largest term is “${names[largest]}”.` : " Nothing is left to learn.";
  return `${first}${who}${out}${most}`;
}

/** For a screen reader. */
export function spoken(state: State): string {
  if (state.view === "loss") {
    return `Loss ${format(computed(state).total, 3)}. ${judgement(state)}`;
  }
  const { x, y, w, h } = computed(state).encoding.told[state.selected]!;
  return `${answer(state)} x ${format(x, 2)}, y ${format(y, 2)}, w ${format(w, 2)}, h ${format(h, 2)}.`;
}
