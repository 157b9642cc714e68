/** Inside the convolutional network: a sample, and every unit below the inputs that it reads. */

import { CLASSES, LENGTH } from "../../core/mnist1d.ts";
import { softmax } from "../../core/network.ts";
import { LAYERS, NETWORKS, type NetworkName } from "../../core/networks.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { linear } from "../../ui/scale.ts";
import { cursor } from "./cursor.ts";
import type { Runners } from "./race.ts";
import { opinion, percent, unit } from "./sentences.ts";
import type { State } from "./state.ts";

const MAPS = LAYERS.convolutional.slice(0, 3);
const SIGNAL = 64;
const TOP = 20;
const ROW = 6;
const GAP = 28;
const CHANNELS = 15;
const MAP_TOPS = MAPS.map((_, i) => TOP + SIGNAL + GAP + i * (CHANNELS * ROW + GAP));
const HEIGHT = MAP_TOPS.at(-1)! + CHANNELS * ROW + 4;
/** Inputs from one unit to the next, and the input in the middle of the first one's field. */
const JUMPS = [2, 4, 8];
const CENTRES = [1, 3, 7];

/** Shades of a unit: few paths, drawn anew at once, cost far less than many rectangles. */
const SHADES = 10;

/** Where the cells of a layer begin, counted over all layers. */
const STARTS = MAPS.map((_, layer) =>
  MAPS.slice(0, layer).reduce((sum, { positions }) => sum + positions * CHANNELS, 0),
);
const COUNT = STARTS.at(-1)! + MAPS.at(-1)!.positions * CHANNELS;

/** Layer, channel and position of a cell. */
function place(cell: number): [number, number, number] {
  const layer = STARTS.findLastIndex((start) => start <= cell);
  const { positions } = MAPS[layer]!;
  const within = cell - STARTS[layer]!;
  return [layer, Math.floor(within / positions), within % positions];
}

function cellOf(layer: number, channel: number, position: number): number {
  return STARTS[layer]! + channel * MAPS[layer]!.positions + position;
}

export function inside(stage: Stage<State>, runners: () => Runners) {
  const signal = svg("path", { class: "signal" });
  const zero = svg("line", { class: "zero" });
  const field = svg("rect", { class: "field", rx: 3 });
  const names = svg("g", {});
  const silent = svg("path", { class: "silent" });
  const shades = Array.from({ length: SHADES }, (_, i) =>
    svg("path", { class: "active", "fill-opacity": (i + 1) / SHADES }),
  );
  const frame = svg("rect", { class: "cell-mark" });
  const hit = svg("rect", { class: "hit" });
  const drawing = svg(
    "svg",
    { class: "maps", role: "group", "aria-label": "A sample and the units of three layers" },
    svg("g", { "aria-hidden": "true" }, field, zero, signal, names, silent, ...shades, frame),
    hit,
  );
  const read = html("p", { class: "course-facts reading" });
  const bars = NETWORKS.map((name) => probabilities(name));
  const element = html(
    "div",
    { class: "inside" },
    html("div", { class: "course-frame" }, drawing, read),
    html("div", { class: "opinions" }, ...bars.map((bar) => bar.element)),
  );
  let width = 440;
  let reader: number | null = null;

  const x = () => linear([-0.5, LENGTH - 0.5], [0, width]);
  const layers = () => runners().convolutional.news?.layers ?? null;
  const activation = (cell: number): number | null => {
    const [layer] = place(cell);
    return layers()?.[layer]?.[cell - STARTS[layer]!] ?? null;
  };
  const describe = (cell: number): string => {
    const value = activation(cell);
    return value === null ? "no sample yet" : unit(...place(cell), value);
  };
  const box = (cell: number) => {
    const [layer, channel, position] = place(cell);
    const pitch = x()(JUMPS[layer]!) - x()(0);
    const centre = x()(CENTRES[layer]! + position * JUMPS[layer]!);
    const y = MAP_TOPS[layer]! + channel * ROW;
    return { x: centre - pitch / 2, y, width: pitch, height: ROW };
  };

  const mark = cursor(stage, {
    label: "Read the units of the convolutional network",
    element: hit,
    count: () => COUNT,
    move(from, along, down) {
      const [layer, channel, position] = place(from);
      const { positions } = MAPS[layer]!;
      if (down === 0) {
        return cellOf(layer, channel, Math.min(positions - 1, Math.max(0, position + along)));
      }
      const to = channel + down;
      if (to >= 0 && to < CHANNELS) return cellOf(layer, to, position);
      const other = layer + down;
      if (other < 0 || other >= MAPS.length) return from;
      // To the unit of the next layer that lies below (or above) this one.
      const under = (CENTRES[layer]! + position * JUMPS[layer]! - CENTRES[other]!) / JUMPS[other]!;
      const near = Math.min(MAPS[other]!.positions - 1, Math.max(0, Math.round(under)));
      return cellOf(other, down > 0 ? 0 : CHANNELS - 1, near);
    },
    at(px, py) {
      const layer = MAP_TOPS.findLastIndex((top) => top <= py);
      if (layer < 0) return null;
      const channel = Math.floor((py - MAP_TOPS[layer]!) / ROW);
      const along = x().invert(px) - CENTRES[layer]!;
      const position = Math.round(along / JUMPS[layer]!);
      const { positions } = MAPS[layer]!;
      if (channel >= CHANNELS || position < 0 || position >= positions) return null;
      return cellOf(layer, channel, position);
    },
    describe,
    go(cell) {
      reader = cell;
      drawReading();
    },
  });

  function drawReading(): void {
    const shown = reader !== null && layers() !== null;
    set(frame, { display: shown ? null : "none" });
    set(field, { display: shown ? null : "none" });
    text(
      read,
      shown ? describe(reader!) : "Point at a unit to read it and to see which inputs it reads.",
    );
    if (!shown) return;
    const { x: left, y, width: across, height } = box(reader!);
    set(frame, { x: left, y, width: across, height });
    const [layer, , position] = place(reader!);
    const reach = 2 ** (layer + 1) - 1;
    const centre = CENTRES[layer]! + position * JUMPS[layer]!;
    const [from, to] = [x()(centre - reach - 0.5), x()(centre + reach + 0.5)];
    set(field, { x: from, y: TOP - 2, width: to - from, height: SIGNAL + 4 });
  }

  const drawSignal = (input: readonly number[]) => {
    const toX = x();
    const toY = linear([-3, 3], [TOP + SIGNAL, TOP]);
    const clamp = (v: number) => Math.min(3, Math.max(-3, v));
    const at = (v: number, i: number) => `${toX(i).toFixed(1)},${toY(clamp(v)).toFixed(1)}`;
    set(signal, { d: input.length > 0 ? `M${input.map(at).join("L")}` : null });
    set(zero, { x1: 0, x2: width, y1: toY(0), y2: toY(0) });
  };

  const drawMaps = () => {
    const values = layers();
    const paths = new Array<string>(SHADES + 1).fill("");
    for (let layer = 0; layer < MAPS.length; layer++) {
      const map = values?.[layer] ?? [];
      const most = Math.max(1e-9, ...map.filter(Number.isFinite));
      for (let i = 0; i < MAPS[layer]!.positions * CHANNELS; i++) {
        const { x: left, y, width: across } = box(STARTS[layer]! + i);
        // What is above zero at all is seen to be.
        const shade = Math.ceil((SHADES * Math.max(0, map[i] || 0)) / most);
        const [from, long] = [(left + 0.5).toFixed(1), (across - 1).toFixed(1)];
        paths[shade] += `M${from},${y}h${long}v${ROW - 1}h-${long}z`;
      }
    }
    for (const [i, path] of [silent, ...shades].entries()) set(path, { d: paths[i] || null });
  };

  const draw = (state: State) => {
    const { news } = runners().convolutional;
    set(drawing, { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT });
    const titles = [
      { y: 12, words: `test sample ${state.sample}${news ? `, a ${news.label}` : ""}` },
      ...MAPS.map(({ positions }, i) => ({
        y: MAP_TOPS[i]! - 8,
        words: `layer ${i + 1}: 15 channels × ${positions} positions`,
      })),
    ];
    list(
      names,
      titles,
      () => svg("text", { x: 0 }),
      (name, { y, words }) => {
        set(name, { y });
        text(name, words);
      },
    );
    set(hit, { x: 0, y: MAP_TOPS[0]!, width, height: HEIGHT - MAP_TOPS[0]! });
    drawSignal(news?.input ?? []);
    drawMaps();
    drawReading();
    mark.show();
    for (const bar of bars) bar.draw(runners());
  };
  const resize = (to: number) => {
    if (to === width) return;
    width = to;
    stage.redraw();
  };
  return { element, drawing, draw, resize };
}

const BAR = 64;

/** Ten bars, one a class; a network's opinion of the sample in words below. */
function probabilities(name: NetworkName) {
  const filled = svg("path", {});
  const floor = svg("line", { x1: 2, x2: 238, y1: BAR, y2: BAR });
  const digits = Array.from({ length: CLASSES }, (_, digit) =>
    svg("text", { x: 24 * digit + 12, y: BAR + 15, "text-anchor": "middle" }, String(digit)),
  );
  const drawing = svg(
    "svg",
    { class: "bars", viewBox: `0 0 240 ${BAR + 20}`, width: 240, height: BAR + 20, role: "img" },
    ...[filled, floor, ...digits],
  );
  const words = html("p", { class: "course-facts" });
  const element = html(
    "div",
    { class: name === "convolutional" ? "opinion convolutional" : "opinion dense" },
    drawing,
    words,
  );
  const draw = (runners: Runners) => {
    const { news } = runners[name];
    const shares = news ? softmax(news.layers.at(-1)!) : new Array<number>(CLASSES).fill(0);
    const bars = shares.map((share, digit) => {
      const height = (share || 0) * (BAR - 4);
      return `M${24 * digit + 4},${BAR}v${(-height).toFixed(1)}h16v${height.toFixed(1)}z`;
    });
    set(filled, { d: bars.join("") });
    for (const [digit, number] of digits.entries()) {
      set(number, { class: news?.label === digit ? "label" : null });
    }
    const said = news ? opinion(name, shares, news.label) : `${name}: the ten probabilities`;
    text(words, said);
    const all = shares.map((share, digit) => `${digit}: ${percent(share)}`).join(", ");
    set(drawing, { "aria-label": `Probabilities, ${name}: ${news ? all : "none yet"}` });
  };
  return { element, draw };
}
