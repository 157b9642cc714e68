/** The drawing: units, their wires to the inputs, and below each input its column of the matrix. */

import { subscript } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { draggableValues } from "../../ui/values.ts";
import { biasCells, cellName, drawCell, entryCells, fitting, newCell } from "./cells.ts";
import { INPUT_Y, type Layout, layout, UNIT_Y, wires } from "./layout.ts";
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
    drawInputs();
    drawUnits();
    drawFrame();
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

  const drawInputs = () => {
    const read = layer.pattern[state.unit]!.map((entry) => entry.length > 0);
    const items = state.signal.map((value, i) => ({ x: now.x(i), value, read: read[i]!, i }));
    const radius = Math.min(15, now.pitch / 2 - 1);
    list(
      inputs,
      items.map((item) => ({ ...item, radius })),
      () =>
        svg(
          "g",
          {},
          svg("rect", { class: "hit", height: 40, y: INPUT_Y - 20 }),
          svg("circle", { class: "point", cy: INPUT_Y }),
          svg("text", { class: "number", "text-anchor": "middle", y: INPUT_Y + 4.5 }),
        ),
      (group, { x, value, read: own, i }) => {
        const [hit, point, number] = group.children as unknown as SVGElement[];
        set(group, { class: own ? "value read" : "value", "data-index": i });
        set(hit!, { x: (x - now.pitch / 2).toFixed(1), width: now.pitch.toFixed(1) });
        set(point!, { cx: x.toFixed(1), r: radius.toFixed(1) });
        set(number!, { x: x.toFixed(1) });
        text(number!, fitting(value, 2 * radius - 2));
      },
    );
  };

  const drawUnits = () => {
    const side = Math.min(30, now.pitch - 3);
    const items = layer.output.map((value, i) => ({
      ...{ x: now.unit(i), y: now.y(i), value, here: i === state.unit, i, side, top: now.row },
    }));
    list(
      units,
      items,
      () =>
        svg(
          "g",
          {},
          svg("rect", { class: "square", rx: 2 }),
          svg("text", { class: "number", "text-anchor": "middle", y: UNIT_Y + 4.5 }),
          svg("text", { class: "name", "text-anchor": "middle", y: UNIT_Y - 22 }),
        ),
      (group, { x, value, here, i }) => {
        const [square, number, name] = group.children as unknown as SVGElement[];
        set(group, { class: here ? "unit here" : "unit", "data-unit": i });
        const corner = { x: (x - side / 2).toFixed(1), y: UNIT_Y - side / 2 };
        set(square!, { ...corner, width: side, height: side });
        set(number!, { x: x.toFixed(1) });
        set(name!, { x: x.toFixed(1) });
        text(number!, fitting(value, side - 2));
        text(name!, `h${subscript(i + 1)}`);
      },
    );
    list(
      names,
      items,
      () =>
        svg(
          "g",
          {},
          svg("rect", { class: "hit", x: 0, width: 36 }),
          svg("text", { class: "name", "text-anchor": "end", x: 30 }),
        ),
      (group, { y, here, i }) => {
        const [hit, name] = group.children as unknown as SVGElement[];
        set(group, { class: here ? "unit here" : "unit", "data-unit": i });
        set(hit!, { y: (y - now.row / 2).toFixed(1), height: now.row.toFixed(1) });
        set(name!, { y: (y + 4.5).toFixed(1) });
        text(name!, `h${subscript(i + 1)}`);
      },
    );
  };

  const drawFrame = () => {
    const words = [...state.signal.map((_, i) => `x${subscript(i + 1)}`), "β"];
    list(
      heads,
      words.map((word, i) => ({
        word,
        x: i < columns() ? now.x(i) : now.bias + now.pitch / 2,
      })),
      () => svg("text", { "text-anchor": "middle", y: now.top - 8 }),
      (element, { word, x }) => {
        set(element, { x: x.toFixed(1), class: word === "β" ? "beta" : null });
        text(element, word);
      },
    );
    const rows = layer.matrix.length;
    const lines: string[] = [];
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns(); c++) {
        const [x, y] = [now.left + c * now.pitch + 1.5, now.top + r * now.row + 1.5];
        lines.push(
          `M${x.toFixed(1)} ${y.toFixed(1)}h${(now.pitch - 3).toFixed(1)}v${(now.row - 3).toFixed(1)}h${(3 - now.pitch).toFixed(1)}z`,
        );
      }
    }
    set(grid, { d: lines.join("") });
    set(row, {
      x: now.left - 2,
      y: (now.top + state.unit * now.row - 1).toFixed(1),
      width: (now.bias + now.pitch - now.left + 4).toFixed(1),
      height: (now.row + 2).toFixed(1),
    });
  };

  const resize = (available: number) => {
    const fitting = Math.min(WIDEST, available);
    if (fitting === width) return;
    width = fitting;
    stage.redraw();
  };
  return { element: frame, draw, resize };
}
