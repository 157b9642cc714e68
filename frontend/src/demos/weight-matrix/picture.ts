/** The drawing: units, their wires to the inputs, and below each input its column of the matrix. */

import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg } from "../../ui/dom.ts";
import { draggableValues } from "../../ui/values.ts";
import { biasCells, cellName, drawCell, entryCells, newCell } from "./cells.ts";
import { INPUT_Y, type Layout, layout, wires } from "./layout.ts";
import { drawHeads, drawInputs, drawRows, drawUnits } from "./marks.ts";
import { rowInWords } from "./sentences.ts";
import {
  allBiases,
  entryChange,
  isDense,
  type Layer,
  LIMITS,
  layerOf,
  type State,
} from "./state.ts";

const WIDEST = 460;

export function picture(stage: Stage<State>, pointed: (weight: number | null) => void) {
  const paths = (["all", "borrowed", "stubs", "positive", "negative"] as const).map(
    (name) => [name, svg("path", { class: `wires ${name}` })] as const,
  );
  const inputs = svg("g", { class: "inputs" });
  const units = svg("g", { class: "units", "aria-hidden": "true" });
  const heads = svg("g", { class: "heads", "aria-hidden": "true" });
  const names = svg("g", { class: "names", "aria-hidden": "true" });
  const grid = svg("path", { class: "grid" });
  const row = svg("rect", { class: "row", rx: 3 });
  const entries = svg("g", { class: "entries" });
  const biases = svg("g", { class: "biases" });
  const drawing = svg(
    "svg",
    { class: "picture", role: "group" },
    ...paths.map(([, path]) => path),
    inputs,
    units,
    heads,
    names,
    grid,
    row,
    entries,
    biases,
  );
  const frame = html("div", { class: "course-frame" }, drawing);

  let width = WIDEST;
  let state = stage.state();
  let layer: Layer = layerOf(state);
  let now: Layout = layout(state, width);
  let hovered: number | null = null;
  let held: number | null = null;
  let bias = false;

  const columns = () => state.signal.length;
  const inputValues = draggableValues(stage, {
    name: "signal",
    group: inputs,
    frame,
    label: (index) => `x ${index + 1}`,
    range: LIMITS.value,
    step: 0.5,
    values: () => state.signal,
    perPixel: () => 0.1,
    change: (index, value) => stage.update({ signal: state.signal.with(index, value) }),
    place: (index) => ({ x: now.x(index), y: INPUT_Y }),
  });
  const entryValues = draggableValues(stage, {
    name: "entry",
    group: entries,
    frame,
    label: (index) => cellName(state, layer, index),
    range: LIMITS.weight,
    step: 0.1,
    values: () => layer.matrix.flat(),
    perPixel: () => 0.02,
    change: (index, value) =>
      stage.update(entryChange(state, Math.floor(index / columns()), index % columns(), value)),
    place: (index) => ({
      x: now.x(index % columns()),
      y: now.y(Math.floor(index / columns())),
    }),
  });
  const biasValues = draggableValues(stage, {
    name: "bias",
    group: biases,
    frame,
    label: (index) => (isDense(state) ? `bias of h ${index + 1}` : `bias, at row h ${index + 1}`),
    range: LIMITS.value,
    step: 0.1,
    values: () => layer.biases,
    perPixel: () => 0.02,
    change: (index, value) =>
      stage.update(
        isDense(state) ? { biases: allBiases(state).with(index, value) } : { bias: value },
      ),
    place: (index) => ({ x: now.bias + now.pitch / 2, y: now.y(index) }),
  });

  /** The index of the cell below a target within a group; −1 where there is none. */
  const cellIn = (group: Element, target: EventTarget | null): number => {
    const cell = (target as Element | null)?.closest?.("[data-index]");
    return cell && group.contains(cell) ? Number(cell.getAttribute("data-index")) : -1;
  };
  const weightAt = (index: number) =>
    index < 0 ? null : (layer.pattern.flat()[index]?.[0] ?? null);
  const marked = () => held ?? hovered;
  const mark = () => {
    pointed(marked());
    stage.redraw();
  };
  const { signal } = stage;
  drawing.addEventListener(
    "pointerover",
    ({ target }) => {
      const next = weightAt(cellIn(entries, target));
      if (next === hovered) return;
      hovered = next;
      mark();
    },
    { signal },
  );
  drawing.addEventListener(
    "pointerleave",
    () => {
      hovered = null;
      mark();
    },
    { signal },
  );
  drawing.addEventListener(
    "focusin",
    ({ target }) => {
      const [entry, one] = [cellIn(entries, target), cellIn(biases, target)];
      held = weightAt(entry);
      bias = one >= 0;
      const unit = entry >= 0 ? Math.floor(entry / columns()) : one;
      if (unit >= 0 && unit !== state.unit) stage.update({ unit });
      mark();
    },
    { signal },
  );
  drawing.addEventListener(
    "focusout",
    () => {
      held = null;
      bias = false;
      mark();
    },
    { signal },
  );
  drawing.addEventListener(
    "click",
    (event) => {
      const unit = (event.target as Element).closest("[data-unit]");
      if (unit) stage.update({ unit: Number(unit.getAttribute("data-unit")) });
    },
    { signal },
  );

  const draw = (next: State, computed: Layer) => {
    state = next;
    layer = computed;
    now = layout(state, width);
    set(drawing, {
      viewBox: `0 0 ${now.width} ${now.height}`,
      width: now.width,
      height: now.height,
    });
    const lines = wires(state, layer.matrix, now);
    for (const [name, path] of paths) set(path, { d: lines[name] });
    drawInputs(inputs, state, layer, now);
    drawUnits(units, names, state, layer, now);
    drawHeads(heads, state, now);
    drawRows(grid, row, state, layer, now);
    const weight = marked();
    list(
      entries,
      entryCells(state, layer, now, weight === null ? [] : [weight]),
      newCell,
      drawCell,
    );
    list(biases, biasCells(state, layer, now, bias && !isDense(state)), newCell, drawCell);
    inputValues.show();
    entryValues.show();
    biasValues.show();
    set(drawing, { "aria-label": rowInWords(state, layer) });
  };

  const resize = (available: number) => {
    const fitting = Math.min(WIDEST, available);
    if (fitting === width) return;
    width = fitting;
    stage.redraw();
  };
  return { element: frame, draw, resize };
}
