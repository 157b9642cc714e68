/** The three convolutions' units as shades, and marks for the chosen one and what it reads. */

import { set, svg, text } from "../../ui/dom.ts";
import { layerValues } from "./computed.ts";
import { CHANNELS, type NetworkName, shape, type Unit } from "./layers.ts";
import { type Box, type Layout, MARGIN, ROW, topOf } from "./layout.ts";
import { hidden, type State } from "./state.ts";

/** Shades of a unit: few paths, drawn anew at once, cost far less than many rectangles. */
const SHADES = 10;

/** Cells of units as paths by their shade; the first is of units that are silent. */
export function shaded() {
  const silent = svg("path", { class: "silent" });
  const shades = Array.from({ length: SHADES }, (_, i) =>
    svg("path", { class: "active", "fill-opacity": (i + 1) / SHADES }),
  );
  const all = [silent, ...shades];
  /** Draw cells; each row of values has its own largest, of full shade. */
  const draw = (layers: { values: ArrayLike<number>; boxOf(index: number): Box }[]) => {
    const paths = new Array<string>(SHADES + 1).fill("");
    for (const { values, boxOf } of layers) {
      let most = 1e-9;
      for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]!);
      for (let i = 0; i < values.length; i++) {
        const { x, y, width, height } = boxOf(i);
        // What is above zero at all is seen to be.
        const shade = Math.ceil(SHADES * Math.min(1, Math.max(0, values[i]!) / most));
        const gap = Math.min(1, width / 6);
        const across = (width - gap).toFixed(1);
        paths[shade] += `M${(x + gap / 2).toFixed(1)},${y}h${across}v${height - 1}h-${across}z`;
      }
    }
    for (const [i, path] of paths.entries()) set(all[i]!, { d: path || null });
  };
  return { all, draw };
}

export function maps(layout: () => Layout) {
  const cells = shaded();
  const names = [1, 2, 3].map((layer) => svg("text", { x: MARGIN, y: topOf(layer) - 8 }));
  const below = svg("rect", { class: "reads", rx: 2 });
  const frame = svg("rect", { class: "chosen", rx: 1.5 });

  const draw = (state: State) => {
    const { network, unit } = state;
    const { box, wide } = layout();
    cells.draw(
      [1, 2, 3, 4].map((layer) => {
        const { positions } = shape(network, layer);
        return {
          values: layerValues(state, layer),
          boxOf: (i) => box(network, [layer, Math.floor(i / positions), i % positions]),
        };
      }),
    );
    for (const [i, name] of names.entries()) {
      const { positions } = shape(network, i + 1);
      const units = `${CHANNELS} channels × ${positions} positions`;
      text(name, `layer ${i + 1}: ${wide ? "convolution and ReLU, " : ""}${units}`);
    }
    const { x, y, width, height } = box(network, unit);
    const secret = unit[0] === 5 && hidden(state);
    set(frame, { x: x - 1, y: y - 1, width: width + 2, height: height + 2 });
    set(frame, { class: secret ? "chosen secret" : "chosen" });
    const read = readBelow(network, unit, layout());
    set(below, read ? { ...read, display: null } : { display: "none" });
  };
  return { parts: [...names, ...cells.all, below], frame, draw };
}

/** The part of the layer below that a unit reads; the first reads the input itself. */
function readBelow(name: NetworkName, unit: Unit, { box }: Layout): Box | null {
  const [layer, channel, position] = unit;
  if (layer === 1) return null;
  let [from, to]: [Unit, Unit] = [
    [layer - 1, 0, 2 * position],
    [layer - 1, CHANNELS - 1, 2 * position + 2],
  ];
  if (layer === 4 && name === "flatten")
    [from, to] = [
      [3, channel, position],
      [3, channel, position],
    ];
  else if (layer === 4)
    [from, to] = [
      [3, channel, 0],
      [3, channel, 3],
    ];
  else if (layer === 5)
    [from, to] = [
      [4, 0, 0],
      [4, CHANNELS - 1, shape(name, 4).positions - 1],
    ];
  const [first, last] = [box(name, from), box(name, to)];
  const pad = layer === 4 ? 1 : 2;
  return {
    x: first.x - pad,
    y: first.y - pad,
    width: last.x + last.width - first.x + 2 * pad,
    height: last.y + (layer === 5 ? last.height : ROW) - first.y + 2 * pad,
  };
}
