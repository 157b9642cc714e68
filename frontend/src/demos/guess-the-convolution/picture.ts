/** The target as a matrix of letters, and over it the frames of a guess that has been handed in. */

import { subscript } from "../../core/format.ts";
import { outputLength } from "../../core/geometry.ts";
import { readingGeometry } from "../../core/readings.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { compare } from "./comparison.ts";
import { inWords } from "./sentences.ts";
import { guessOf, type State, targetOf } from "./state.ts";

const LEFT = 40;
const TOP = 28;
const WIDEST = 440;

/** All that a place shows. */
interface Cell {
  x: number;
  y: number;
  width: number;
  height: number;
  target: string;
  guess: string;
  /** How the guess fits: "none" before it is handed in. */
  fit: "none" | "hit" | "missed" | "extra" | "other";
  row: number;
  column: number;
}

export function picture(stage: Stage<State>) {
  const grid = svg("path", { class: "grid" });
  const heads = svg("g", { class: "heads", "aria-hidden": "true" });
  const names = svg("g", { class: "names", "aria-hidden": "true" });
  const cells = svg("g", { class: "cells", "aria-hidden": "true" });
  const drawing = svg("svg", { class: "picture", role: "img" }, grid, heads, names, cells);
  const element = html("div", { class: "course-frame" }, drawing);
  let width = WIDEST;

  const draw = (state: State) => {
    const { length } = state;
    const pitch = (width - LEFT - 8) / length;
    const row = Math.min(36, pitch);
    const target = targetOf(state);
    const guess = state.checked ? guessOf(state) : null;
    const count = outputLength(readingGeometry(length, target));
    const made = guess ? outputLength(readingGeometry(length, guess)) : 0;
    const height = TOP + row * length + 4;
    set(drawing, {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      "aria-label": inWords(state),
    });
    const items = compare(length, target, guess).map(
      (place): Cell => ({
        ...place,
        x: LEFT + place.column * pitch + 1.5,
        y: TOP + place.row * row + 1.5,
        width: pitch - 3,
        height: row - 3,
        fit: fitOf(place, guess !== null),
      }),
    );
    list(cells, items, newCell, drawCell);
    const columns = Array.from({ length }, (_, i) => ({ i, x: LEFT + (i + 0.5) * pitch }));
    list(
      heads,
      columns,
      () => svg("text", { "text-anchor": "middle", y: TOP - 10 }),
      (label, { i, x }) => {
        set(label, { x: x.toFixed(1) });
        text(label, `x${subscript(i + 1)}`);
      },
    );
    const rows = Array.from({ length: Math.max(count, made) }, (_, i) => ({
      i,
      y: TOP + (i + 0.5) * row + 4.5,
      extra: i >= count,
    }));
    list(
      names,
      rows,
      () => svg("text", { "text-anchor": "end", x: LEFT - 10 }),
      (label, { i, y, extra }) => {
        set(label, { y: y.toFixed(1), class: extra ? "extra" : null });
        text(label, `h${subscript(i + 1)}`);
      },
    );
    const boxes: string[] = [];
    for (let r = 0; r < count; r++) {
      for (const { i } of columns) {
        const corner = `M${(LEFT + i * pitch + 1.5).toFixed(1)} ${(TOP + r * row + 1.5).toFixed(1)}`;
        const [w, h] = [(pitch - 3).toFixed(1), (row - 3).toFixed(1)];
        boxes.push(`${corner}h${w}v${h}h-${w}z`);
      }
    }
    set(grid, { d: boxes.join("") });
  };

  const resize = (available: number) => {
    const fitting = Math.min(WIDEST, available);
    if (fitting === width) return;
    width = fitting;
    stage.redraw();
  };
  return { element, draw, resize };
}

function fitOf(
  { target, guess }: { target: string; guess: string },
  checked: boolean,
): Cell["fit"] {
  if (!checked) return "none";
  if (target === guess) return "hit";
  if (guess === "") return "missed";
  return target === "" ? "extra" : "other";
}

function newCell(): SVGGElement {
  return svg(
    "g",
    {},
    svg("rect", { class: "fill", rx: 2 }),
    svg("rect", { class: "frame", rx: 2 }),
    svg("text", { class: "letter", "text-anchor": "middle" }),
    svg("path", { class: "cross" }),
  );
}

function drawCell(group: SVGGElement, cell: Cell): void {
  const { x, y, width, height, target, fit } = cell;
  const [fill, frame, letter, cross] = group.children as unknown as SVGElement[];
  set(group, { class: `cell ${fit}`, "data-row": cell.row, "data-column": cell.column });
  const box = {
    x: x.toFixed(1),
    y: y.toFixed(1),
    width: width.toFixed(1),
    height: height.toFixed(1),
  };
  // Later letters are darker: the colour repeats what the letter says.
  const shade = target === "" ? 0 : 0.14 + 0.1 * "abcde".indexOf(target.at(-1)!);
  set(fill!, { ...box, "fill-opacity": shade.toFixed(2) });
  set(frame!, box);
  set(letter!, { x: (x + width / 2).toFixed(1), y: (y + height / 2 + 5).toFixed(1) });
  text(letter!, target);
  const [cx, cy] = [x + width / 2, y + height / 2];
  const arm = 4;
  const strokes = `M${cx - arm} ${cy - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`;
  set(cross!, { d: fit === "extra" ? strokes : null });
}
