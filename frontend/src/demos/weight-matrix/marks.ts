/** What the picture is made of besides its cells: inputs, units, names and the frame of a row. */

import { subscript } from "../../core/format.ts";
import { list, set, svg, text } from "../../ui/dom.ts";
import { fitting } from "./cells.ts";
import { INPUT_Y, type Layout, UNIT_Y } from "./layout.ts";
import type { Layer, State } from "./state.ts";

/** The inputs, amber inside where the chosen unit reads them. */
export function drawInputs(inputs: Element, state: State, layer: Layer, l: Layout): void {
  const read = layer.pattern[state.unit]!.map((entry) => entry.length > 0);
  const items = state.signal.map((value, i) => ({ x: l.x(i), value, read: read[i]!, i }));
  const radius = Math.min(15, l.pitch / 2 - 1);
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
      set(hit!, { x: (x - l.pitch / 2).toFixed(1), width: l.pitch.toFixed(1) });
      set(point!, { cx: x.toFixed(1), r: radius.toFixed(1) });
      set(number!, { x: x.toFixed(1) });
      text(number!, fitting(value, 2 * radius - 2));
    },
  );
}

/** The units above their wires, and their names beside their rows. */
export function drawUnits(
  units: Element,
  names: Element,
  state: State,
  layer: Layer,
  l: Layout,
): void {
  const side = Math.min(30, l.pitch - 3);
  const items = layer.output.map((value, i) => ({
    ...{ x: l.unit(i), y: l.y(i), value, here: i === state.unit, i, side, top: l.row },
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
      set(hit!, { y: (y - l.row / 2).toFixed(1), height: l.row.toFixed(1) });
      set(name!, { y: (y + 4.5).toFixed(1) });
      text(name!, `h${subscript(i + 1)}`);
    },
  );
}

/** The names of the columns. */
export function drawHeads(heads: Element, state: State, l: Layout): void {
  const words = [...state.signal.map((_, i) => `x${subscript(i + 1)}`), "β"];
  list(
    heads,
    words.map((word, i) => ({
      word,
      x: i < state.signal.length ? l.x(i) : l.bias + l.pitch / 2,
    })),
    () => svg("text", { "text-anchor": "middle", y: l.top - 8 }),
    (element, { word, x }) => {
      set(element, { x: x.toFixed(1), class: word === "β" ? "beta" : null });
      text(element, word);
    },
  );
}

/** The empty cells, and the frame round the chosen row. */
export function drawRows(grid: Element, row: Element, state: State, layer: Layer, l: Layout): void {
  const rows = layer.matrix.length;
  const lines: string[] = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < state.signal.length; c++) {
      const [x, y] = [l.left + c * l.pitch + 1.5, l.top + r * l.row + 1.5];
      lines.push(
        `M${x.toFixed(1)} ${y.toFixed(1)}h${(l.pitch - 3).toFixed(1)}v${(l.row - 3).toFixed(1)}h${(3 - l.pitch).toFixed(1)}z`,
      );
    }
  }
  set(grid, { d: lines.join("") });
  set(row, {
    x: l.left - 2,
    y: (l.top + state.unit * l.row - 1).toFixed(1),
    width: (l.bias + l.pitch - l.left + 4).toFixed(1),
    height: (l.row + 2).toFixed(1),
  });
}
