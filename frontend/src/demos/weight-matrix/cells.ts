/** The entries of the matrix and the column of biases, each a cell with its number. */

import { compact, subscript } from "../../core/format.ts";
import { set, svg, text } from "../../ui/dom.ts";
import type { Layout } from "./layout.ts";
import { isDense, type Layer, type State } from "./state.ts";

/** All that a cell shows. */
export interface Cell {
  /** Its place, row · columns + column; biases are counted by themselves. */
  index: number;
  x: number;
  y: number;
  width: number;
  height: number;
  words: string;
  /** Which weight it is: the second cue beside the colour. Empty where every cell is its own. */
  mark: string;
  negative: boolean;
  /** Its size against the largest, up to 1. */
  strength: number;
  /** In the row of the chosen unit; a copy of the weight pointed at. */
  here: boolean;
  kin: boolean;
}

/** Below this width a cell has room for one small letter only. */
const ROOM_FOR_MARKS = 34;

export function entryCells(
  state: State,
  { matrix, pattern }: Layer,
  l: Layout,
  marked: readonly number[],
): Cell[] {
  const columns = state.signal.length;
  const largest = Math.max(...matrix.flat().map(Math.abs)) || 1;
  return matrix.flatMap((row, r) =>
    row.flatMap((value, c): Cell[] => {
      const entry = pattern[r]![c]!;
      if (entry.length === 0) return [];
      const mark = isDense(state) ? "" : entry.map((k) => k + 1).join("+");
      const cell = cellAt(l, l.left + c * l.pitch, r, value, largest);
      const kin = entry.some((k) => marked.includes(k));
      return [{ ...cell, index: r * columns + c, mark, here: r === state.unit, kin }];
    }),
  );
}

export function biasCells(state: State, { biases }: Layer, l: Layout, marked: boolean): Cell[] {
  const largest = Math.max(...biases.map(Math.abs)) || 1;
  return biases.map((bias, r) => ({
    ...cellAt(l, l.bias, r, bias, largest),
    index: r,
    mark: "",
    here: r === state.unit,
    kin: marked,
  }));
}

function cellAt(l: Layout, x: number, r: number, value: number, largest: number) {
  return {
    x: x + 1.5,
    y: l.top + r * l.row + 1.5,
    width: l.pitch - 3,
    height: l.row - 3,
    words: fitting(value, l.pitch - 4),
    negative: value < 0,
    strength: Math.min(1, Math.abs(value) / largest),
  };
}

/** About how wide a digit is at the numbers' size. */
const CHARACTER = 6.6;

/** As much of a number as there is room for; a half is then ".5", and never nothing. */
export function fitting(value: number, room: number): string {
  const all = compact(value);
  const fewer = compact(Number(value.toFixed(1)));
  const words = [all, fewer, fewer.replace(/^(\D?)0\./, "$1."), compact(Math.round(value))];
  return words.find((word) => word.length * CHARACTER <= room) ?? words.at(-1)!;
}

export function newCell(): SVGGElement {
  return svg(
    "g",
    {},
    svg("rect", { class: "fill", rx: 2 }),
    svg("rect", { class: "frame", rx: 2 }),
    svg("text", { class: "number", "text-anchor": "middle" }),
    svg("text", { class: "mark" }),
  );
}

export function drawCell(group: SVGGElement, cell: Cell): void {
  const { x, y, width, height, negative, strength, here, kin } = cell;
  const [fill, frame, number, mark] = group.children as unknown as SVGElement[];
  const names = ["cell", negative ? "negative" : "positive", here && "here", kin && "kin"];
  set(group, { class: names.filter(Boolean).join(" "), "data-index": cell.index });
  const box = {
    x: x.toFixed(1),
    y: y.toFixed(1),
    width: width.toFixed(1),
    height: height.toFixed(1),
  };
  set(fill!, { ...box, "fill-opacity": (0.08 + 0.32 * strength).toFixed(2) });
  set(frame!, box);
  const roomy = width + 3 >= ROOM_FOR_MARKS;
  set(number!, {
    x: (x + width / 2).toFixed(1),
    y: (y + height / 2 + (roomy ? 4.5 : 6.5)).toFixed(1),
  });
  text(number!, cell.words);
  const [right, down] = roomy ? [3, 10] : [1, 6];
  set(mark!, {
    x: (x + right).toFixed(1),
    y: (y + down).toFixed(1),
    class: roomy ? "mark" : "mark small",
  });
  text(mark!, roomy || cell.mark.length === 1 ? cell.mark : "");
}

/** What a screen reader calls a cell. */
export function cellName(state: State, { pattern }: Layer, index: number): string {
  const columns = state.signal.length;
  const [r, c] = [Math.floor(index / columns), index % columns];
  const place = `row h ${r + 1}, column x ${c + 1}`;
  if (isDense(state)) return `weight at ${place}`;
  const names = (pattern[r]?.[c] ?? []).map((k) => `ω${subscript(k + 1)}`);
  return `${names.join(" + ")} at ${place}`;
}
