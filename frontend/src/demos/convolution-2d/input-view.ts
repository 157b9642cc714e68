/** The input: a picture or a grid of numbers, the padding around it, and the window that stands on it. */

import { outputSize, window2d } from "../../core/convolution2d.ts";
import { short } from "../../core/format.ts";
import { kernelSpan } from "../../core/geometry.ts";
import { sourceIndex } from "../../core/padding.ts";
import { type Cell, cell, drawCell } from "../../ui/cells.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { pen } from "../../ui/pen.ts";
import { CELL, type Edges, raster } from "../../ui/raster.ts";
import { draggableValues } from "../../ui/values.ts";
import { caption } from "./sentences.ts";
import { geometry, input, LIMITS, type State, white } from "./state.ts";

const NOTHING: Edges = { top: 0, bottom: 0, left: 0, right: 0 };

/** How far the outermost windows reach beyond each side. */
export function reach(state: State): Edges {
  if (state.padding === "valid") return NOTHING;
  const { down, across } = geometry(state);
  const size = outputSize({ down, across });
  const span = kernelSpan(state.kernel.length, state.dilation);
  const before = Math.floor((span - 1) / 2);
  const after = (count: number, length: number) =>
    Math.max(0, (count - 1) * state.stride - before + span - length);
  return {
    top: before,
    left: before,
    bottom: after(size.rows, down.length),
    right: after(size.columns, across.length),
  };
}

export function inputView(stage: Stage<State>) {
  const { signal } = stage;
  const view = raster("input");
  const { overlay } = view;
  const pads = svg("g", { class: "pads", "aria-hidden": "true" });
  const cells = svg("g", { class: "inputs" });
  const border = svg("rect", { class: "border" });
  const halo = svg("path", { class: "window-halo" });
  const taps = svg("path", { class: "window" });
  overlay.append(border, pads, cells, halo, taps);
  const title = html("p", { class: "panel-name" });
  const said = html("p", { class: "panel-said" });
  const element = html("div", { class: "panel input" }, title, view.element, said);

  const columns = () => input(stage.state()).columns;
  const values = draggableValues(stage, {
    name: "numbers",
    group: cells,
    frame: view.element,
    label: (index) =>
      `input row ${Math.floor(index / columns()) + 1}, column ${(index % columns()) + 1}`,
    range: { min: LIMITS.numbers.low, max: LIMITS.numbers.high },
    step: 1,
    values: () => stage.state().numbers.flat(),
    perPixel: () => 0.1,
    change: (index, value) => {
      const { numbers } = stage.state();
      const row = Math.floor(index / columns());
      stage.update({ numbers: numbers.with(row, numbers[row]!.with(index % columns(), value)) });
    },
    place: (index) => {
      const { top, left } = reach(stage.state());
      const box = overlay.getBoundingClientRect();
      const [, , wide] = overlay.getAttribute("viewBox")!.split(" ").map(Number);
      const unit = (box.width / wide!) * CELL;
      const [row, column] = [Math.floor(index / columns()), index % columns()];
      return { x: (column + left + 0.5) * unit, y: (row + top + 0.5) * unit };
    },
  });

  // A press on a picture brings the window there; a drag takes it along.
  const follow = (event: PointerEvent) => {
    const state = stage.state();
    const { rows, columns } = outputSize(geometry(state));
    const half = Math.floor((kernelSpan(state.kernel.length, state.dilation) - 1) / 2);
    const from = state.padding === "valid" ? half : 0;
    const at = view.cellAt(event);
    const nearest = (place: number, count: number) =>
      Math.min(count - 1, Math.max(0, Math.round((place - from) / state.stride)));
    stage.update({ row: nearest(at.row, rows), column: nearest(at.column, columns) });
  };
  const shown = () => ["photograph", "own"].includes(stage.state().source);
  overlay.addEventListener(
    "pointerdown",
    (event) => {
      if (!shown() || event.button !== 0) return;
      event.preventDefault();
      overlay.setPointerCapture(event.pointerId);
      follow(event);
    },
    { signal },
  );
  overlay.addEventListener(
    "pointermove",
    (event) => {
      if (shown() && overlay.hasPointerCapture(event.pointerId)) follow(event);
    },
    { signal },
  );
  const drawing = pen(stage, view, {
    on: () => stage.state().source === "drawing",
    size: () => input(stage.state()),
    read: (row, column) => stage.state().drawing[row]![column]!,
    write: (row, column, value) => {
      const { drawing } = stage.state();
      stage.update({ drawing: drawing.with(row, drawing[row]!.with(column, value)) });
    },
  });

  const numbers = (state: State, margin: Edges) => {
    const { rows, columns, values: all } = input(state);
    const under = new Set(
      window2d(geometry(state), state.row, state.column).map((tap) => `${tap.row} ${tap.column}`),
    );
    const outside: Cell[] = [];
    const inside: Cell[] = [];
    const largest = Math.max(1e-9, ...all.map(Math.abs));
    for (let row = -margin.top; row < rows + margin.bottom; row++) {
      for (let column = -margin.left; column < columns + margin.right; column++) {
        const r = sourceIndex(row, rows, state.padding);
        const c = sourceIndex(column, columns, state.padding);
        const value = r === null || c === null ? 0 : all[r * columns + c]!;
        const own = r === row && c === column;
        (own ? inside : outside).push({
          ...{ row, column, label: short(value) },
          kind: own ? "input" : "padding",
          strength: own ? (0.22 * value) / largest : 0,
          here: under.has(`${row} ${column}`),
          index: own ? r * columns + c : null,
        });
      }
    }
    return { outside, inside };
  };

  const draw = (state: State) => {
    const image = input(state);
    const margin = reach(state);
    const written = state.source === "numbers";
    view.size(image.rows, image.columns, margin);
    view.draw(
      written
        ? null
        : { volume: image, tone: "grey", largest: white(state), margin, padding: state.padding },
    );
    const { outside, inside } = written ? numbers(state, margin) : { outside: [], inside: [] };
    list(pads, outside, cell, drawCell);
    list(cells, inside, cell, drawCell);
    values.show();
    const padded = Object.values(margin).some((n) => n > 0);
    set(border, {
      width: image.columns * CELL,
      height: image.rows * CELL,
      display: padded && !written ? null : "none",
    });
    const path = window2d(geometry(state), state.row, state.column);
    const outline = state.dilation === 1 ? whole(path, state.kernel.length) : each(path);
    set(taps, { d: outline });
    set(halo, { d: written ? null : outline });
    text(title, `Input x, ${image.rows} × ${image.columns}`);
    text(said, caption(state));
    set(view.element, { "data-source": state.source });
    drawing();
    if (state.source === "drawing" && interactive()) return;
    set(overlay, {
      tabindex: null,
      role: written ? "group" : "img",
      "aria-label": `Input, ${image.rows} by ${image.columns}: ${caption(state)}. The window reads ${state.kernel.length} by ${state.kernel.length} values.`,
    });
  };
  return { element, view, draw };
}

type Place = { row: number; column: number };

/** One square around all taps, which stand side by side. */
function whole(taps: readonly Place[], size: number): string {
  const { row, column } = taps[0]!;
  return `M${column * CELL} ${row * CELL}h${size * CELL}v${size * CELL}h${-size * CELL}z`;
}

/** A square around each tap. */
function each(taps: readonly Place[]): string {
  return taps
    .map(({ row, column }) => `M${column * CELL} ${row * CELL}h${CELL}v${CELL}h${-CELL}z`)
    .join("");
}
