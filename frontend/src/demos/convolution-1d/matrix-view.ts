/** The same convolution as a weight matrix, with the row of the present output marked. */

import { equal } from "../../core/equal.ts";
import { short, subscript } from "../../core/format.ts";
import { taps } from "../../core/geometry.ts";
import { convolutionMatrix } from "../../core/matrix.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { geometry, type State } from "./state.ts";

const LABELS = 28;
const TOP = 20;

/** An entry that is not zero. */
interface Cell {
  x: number;
  y: number;
  side: number;
  weight: number;
  /** Its size against the largest, up to 1. */
  strength: number;
}

export function matrixView(stage: Stage<State>) {
  const grid = svg("path", { class: "cells" });
  const cells = svg("g", { class: "entries" });
  const minus = svg("path", { class: "minus" });
  const row = svg("rect", { class: "row", rx: 2 });
  const name = svg("text", { class: "row-name", "text-anchor": "end" });
  const columns = svg("text", { class: "columns", "text-anchor": "middle", y: 12 });
  const drawing = svg(
    "svg",
    { class: "matrix", role: "img" },
    grid,
    cells,
    minus,
    columns,
    row,
    name,
  );
  const element = html(
    "div",
    { class: "course-matrix" },
    html("p", { class: "course-caption" }, "The same, as a weight matrix"),
    drawing,
  );

  let drawn: unknown = null;
  let side = 18;

  drawing.addEventListener(
    "click",
    (event) => {
      const box = drawing.getBoundingClientRect();
      const unit = drawing.viewBox.baseVal.height / box.height;
      const pressed = Math.floor(((event.clientY - box.top) * unit - TOP) / side);
      if (pressed >= 0) stage.update({ position: Math.min(pressed, rows - 1) });
    },
    { signal: stage.signal },
  );

  let rows = 1;
  let largestSide = 18;

  const drawMatrix = (state: State) => {
    const g = geometry(state);
    const matrix = convolutionMatrix(state.kernel, g);
    rows = matrix.length;
    side = Math.min(largestSide, (13 * largestSide) / g.length, (16 * largestSide) / rows);
    const width = g.length * side;
    const height = rows * side;
    set(drawing, {
      viewBox: `0 0 ${LABELS + width + 4} ${TOP + height + 4}`,
      width: LABELS + width + 4,
      height: TOP + height + 4,
    });
    set(grid, { d: gridPath(rows, g.length, side) });
    const largest = Math.max(...state.kernel.map(Math.abs)) || 1;
    const lines = matrix.map((line, r) =>
      line.flatMap((weight, column): Cell[] => {
        if (weight === 0) return [];
        const strength = Math.min(1, Math.abs(weight) / largest);
        return [{ x: LABELS + column * side, y: TOP + r * side, side, strength, weight }];
      }),
    );
    list(
      cells,
      lines,
      () => svg("g", {}),
      (group, line) => list(group, line, () => svg("rect", {}), drawCell),
    );
    const entries = lines.flat();
    // A bar in each negative entry: the sign is never told by colour alone.
    set(minus, {
      d: entries
        .filter(({ weight }) => weight < 0)
        .map(({ x, y }) => `M${x + 0.3 * side} ${y + 0.5 * side}h${0.4 * side}`)
        .join(""),
    });
    set(columns, { x: LABELS + width / 2 });
    text(columns, g.length === 1 ? "x₁" : `x₁ … x${subscript(g.length)}`);
    set(row, { x: LABELS - 1, width: width + 2, height: side + 2 });
    set(name, { x: LABELS - 6 });
  };

  const draw = (state: State) => {
    const { kernel, signal, stride, dilation, padding, position } = state;
    const shape = [kernel, signal.length, stride, dilation, padding];
    if (!equal(shape, drawn)) drawMatrix(state);
    drawn = shape;
    for (const line of cells.querySelectorAll(".here")) line.removeAttribute("class");
    set(cells.children[position]!, { class: "here" });
    set(row, { y: TOP + position * side - 1 });
    set(name, { y: TOP + (position + 0.5) * side + 4 });
    text(name, `z${subscript(position + 1)}`);
    set(drawing, { "aria-label": describe(state) });
  };
  /** On a narrow screen the matrix stands below the picture and must not push the controls away. */
  const resize = (width: number) => {
    const fitting = width < 480 ? 12 : 18;
    if (fitting === largestSide) return;
    largestSide = fitting;
    drawn = null;
    stage.redraw();
  };
  return { element, draw, resize };
}

function drawCell(rect: Element, { x, y, side, weight, strength }: Cell): void {
  set(rect, {
    x: x + 1,
    y: y + 1,
    width: side - 2,
    height: side - 2,
    class: weight < 0 ? "negative" : "positive",
    "fill-opacity": (0.25 + 0.75 * strength).toFixed(2),
  });
}

function gridPath(rows: number, columns: number, side: number): string {
  // Cells too small to tell apart show as one field.
  const every = side < 6 ? Math.max(rows, columns) : 1;
  const lines: string[] = [];
  for (let r = 0; r <= rows; r += every)
    lines.push(`M${LABELS} ${TOP + r * side}h${columns * side}`);
  for (let c = 0; c <= columns; c += every)
    lines.push(`M${LABELS + c * side} ${TOP}v${rows * side}`);
  return lines.join("");
}

function describe(state: State): string {
  const read = taps(geometry(state), state.position);
  const parts = read.map(({ source }, k) =>
    source === null ? "a padded zero" : `${short(state.kernel[k]!)} at x ${source + 1}`,
  );
  return `Weight matrix. Row z ${state.position + 1}: ${parts.join(", ")}.`;
}
