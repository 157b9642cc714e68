/** The input, which is dragged to shift it, or whose numbers are dragged; and the small image between. */

import type { Volume } from "../../core/convolution2d.ts";
import { modulo } from "../../core/grid.ts";
import { cell, drawCell } from "../../ui/cells.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { pen } from "../../ui/pen.ts";
import { raster } from "../../ui/raster.ts";
import { draggableValues } from "../../ui/values.ts";
import { images } from "./computed.ts";
import { cellsOf, frameArea, NO_MARGIN, strongest } from "./grid-cells.ts";
import { type Area, area, caption } from "./sentences.ts";
import { LIMITS, type State } from "./state.ts";

const MOVES: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A picture or a grid of numbers, with a frame round what an output reads. */
function reader(name: string) {
  const view = raster("input");
  const cells = svg("g", { class: "inputs" });
  const halo = svg("rect", { class: "window-halo" });
  const taps = svg("rect", { class: "window" });
  view.overlay.append(cells, halo, taps);
  const title = html("p", { class: "panel-name" });
  const element = html("div", { class: `panel input ${name}` }, title, view.element);
  const show = (image: Volume, reads: Area | null, written: boolean, editable: boolean) => {
    view.size(image.rows, image.columns, NO_MARGIN);
    view.draw(
      written
        ? null
        : { volume: image, tone: "grey", largest: 255, margin: NO_MARGIN, padding: "valid" },
    );
    const here = (row: number, column: number) =>
      reads !== null &&
      row >= reads.row &&
      row < reads.row + reads.rows &&
      column >= reads.column &&
      column < reads.column + reads.columns;
    const look = { kind: "input", strength: 0.22, editable, here } as const;
    const items = written ? cellsOf(image, { ...look, largest: strongest(image.values) }) : [];
    list(cells, items, cell, drawCell);
    frameArea([halo, taps], reads);
    set(halo, { "data-numbers": written });
  };
  return { view, element, cells, title, show };
}

export function inputView(stage: Stage<State>) {
  const { signal } = stage;
  const whole = reader("whole");
  const between = reader("between");
  const said = html("p", { class: "panel-said" });
  whole.element.append(said);
  const { view, cells } = whole;
  const { overlay } = view;
  /** The input is drawn where it has been shifted to: the value in a cell came from another. */
  const sourceOf = (row: number, column: number) => {
    const { view: way, shift_down, shift_right } = stage.state();
    if (way !== "down") return { row, column };
    const { rows, columns } = images(stage.state()).input;
    return {
      row: modulo(row - shift_down, rows),
      column: modulo(column - shift_right, columns),
    };
  };
  const shownColumns = () => images(stage.state()).input.columns;
  const drawing = pen(stage, view, {
    on: () => stage.state().source === "drawing",
    size: () => images(stage.state()).input,
    read: (row, column) => {
      const from = sourceOf(row, column);
      return stage.state().drawing[from.row]![from.column]!;
    },
    write: (row, column, value) => {
      const from = sourceOf(row, column);
      const { drawing: rows } = stage.state();
      stage.update({ drawing: rows.with(from.row, rows[from.row]!.with(from.column, value)) });
    },
  });
  const values = draggableValues(stage, {
    name: "numbers",
    group: cells,
    frame: view.element,
    label: (index) =>
      `input row ${Math.floor(index / shownColumns()) + 1}, column ${(index % shownColumns()) + 1}`,
    range: { min: LIMITS.numbers.low, max: LIMITS.numbers.high },
    step: 1,
    values: () => Array.from(images(stage.state()).input.values),
    perPixel: () => 0.1,
    change: (index, value) => {
      const { numbers } = stage.state();
      const columns = shownColumns();
      const { row, column } = sourceOf(Math.floor(index / columns), index % columns);
      stage.update({ numbers: numbers.with(row, numbers[row]!.with(column, value)) });
    },
    place: (index) => {
      const unit = overlay.getBoundingClientRect().width / shownColumns();
      const [row, column] = [Math.floor(index / shownColumns()), index % shownColumns()];
      return { x: (column + 0.5) * unit, y: (row + 0.5) * unit };
    },
  });

  const shiftable = () =>
    stage.state().view === "down" && !["numbers", "drawing"].includes(stage.state().source);
  const shift = (down: number, right: number) => {
    const within = (n: number) => Math.min(LIMITS.shift.max, Math.max(LIMITS.shift.min, n));
    const to = { shift_down: within(down), shift_right: within(right) };
    const { shift_down, shift_right } = stage.state();
    if (to.shift_down !== shift_down || to.shift_right !== shift_right) stage.update(to);
  };
  let grip: { x: number; y: number; down: number; right: number } | null = null;
  overlay.addEventListener(
    "pointerdown",
    (event) => {
      if (!shiftable() || event.button !== 0) return;
      event.preventDefault();
      overlay.setPointerCapture(event.pointerId);
      overlay.focus({ preventScroll: true });
      const { shift_down: down, shift_right: right } = stage.state();
      grip = { x: event.clientX, y: event.clientY, down, right };
    },
    { signal },
  );
  overlay.addEventListener(
    "pointermove",
    (event) => {
      if (grip === null || !overlay.hasPointerCapture(event.pointerId)) return;
      const unit = overlay.getBoundingClientRect().width / shownColumns();
      const moved = (from: number, to: number) => Math.round((to - from) / unit);
      shift(grip.down + moved(grip.y, event.clientY), grip.right + moved(grip.x, event.clientX));
    },
    { signal },
  );
  for (const end of ["pointerup", "pointercancel"] as const) {
    overlay.addEventListener(
      end,
      () => {
        grip = null;
      },
      { signal },
    );
  }
  overlay.addEventListener(
    "keydown",
    (event) => {
      if (!shiftable() || event.target !== overlay) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { shift_down, shift_right } = stage.state();
      const move = MOVES[event.key];
      if (move) shift(shift_down + move[0], shift_right + move[1]);
      else if (event.key === "Home") shift(0, 0);
      else return;
      event.preventDefault();
    },
    { signal },
  );

  const draw = (state: State) => {
    const { input, small } = images(state);
    const reads = area(state);
    const written = state.source === "numbers";
    whole.show(input, reads.input, written, written);
    values.show();
    const name = state.view === "up" ? "Original x" : "Input x";
    text(whole.title, `${name}, ${input.rows} × ${input.columns}`);
    text(said, caption(state));
    between.element.hidden = small === null;
    if (small !== null) {
      const { pooled } = small;
      between.show(pooled, reads.small, written, false);
      text(between.title, `Max pooled y, ${pooled.rows} × ${pooled.columns}`);
      set(between.view.overlay, {
        "aria-label": `The largest of each window, ${pooled.rows} by ${pooled.columns}`,
      });
    }
    drawing();
    const grab = interactive() && shiftable();
    set(overlay, { "data-grab": grab });
    if (state.source === "drawing" && interactive()) return;
    set(overlay, {
      role: written ? "group" : grab ? "application" : "img",
      tabindex: grab ? 0 : null,
      "aria-label": grab
        ? `Input, ${input.rows} by ${input.columns}, moved ${state.shift_down} down and ${state.shift_right} right; arrow keys shift it, Home puts it back`
        : `Input, ${input.rows} by ${input.columns}: ${caption(state)}`,
    });
  };
  return { elements: [whole.element, between.element], views: [view, between.view], draw };
}
