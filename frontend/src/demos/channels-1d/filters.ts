/** All filters at once: a block for each output channel, a slice in it for each input channel. */

import { short, subscript } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { draggableValues } from "../../ui/values.ts";
import { type Box, box, drawBox } from "../../ui/weight-box.ts";
import { LIMITS, type State } from "./state.ts";

const LINE = 32;
const HEAD = 28;
const NAME = 40;
const AIR = 16;
/** Where two blocks shall find room on a phone, their boxes move together. */
const NARROW = 400;

/** A block's frame and names. */
interface Block {
  x: number;
  y: number;
  width: number;
  height: number;
  title: string;
  current: boolean;
  /** The lines' names, with where they stand and whether named kernels go there. */
  names: { words: string; y: number; chosen: boolean }[];
}

export function filters(stage: Stage<State>) {
  const blocks = svg("g", { class: "blocks" });
  const weights = svg("g", { class: "weights" });
  const biases = svg("g", { class: "weights biases" });
  const drawing = svg("svg", { class: "filters", role: "group" }, blocks, weights, biases);
  const frame = html("div", { class: "course-frame" }, drawing);
  const caption = html("p", { class: "course-caption" }, "All filters");
  const element = html("div", { class: "course-filters" }, caption, frame);

  let width = 640;
  let state = stage.state();
  let placed: Box[] = [];
  let placedBiases: Box[] = [];
  const counts = () => [state.signals.length, state.kernels[0]![0]!.length] as const;
  const place = (box: Box) => ({ x: box.x, y: box.y + box.height / 2 });
  const where = (index: number) => {
    const [inputs, size] = counts();
    const o = Math.floor(index / (inputs * size));
    return { o, c: Math.floor(index / size) % inputs, k: index % size };
  };

  const weightValues = draggableValues(stage, {
    name: "all-weights",
    group: weights,
    frame,
    label: (index) => {
      const { o, c, k } = where(index);
      return `filter ${o + 1}, slice ${c + 1}, weight ${k + 1}`;
    },
    range: LIMITS.value,
    step: 0.1,
    values: () => state.kernels.flat(2),
    perPixel: () => 0.02,
    change: (index, value) => {
      const { o, c, k } = where(index);
      const filter = state.kernels[o]!;
      const kernels = state.kernels.with(o, filter.with(c, filter[c]!.with(k, value)));
      stage.update({ kernels, channel: o, source: c });
    },
    place: (index) => place(placed[index]!),
  });
  const biasValues = draggableValues(stage, {
    name: "biases",
    group: biases,
    frame,
    label: (index) => `bias of filter ${index + 1}`,
    range: LIMITS.value,
    step: 0.1,
    values: () => state.biases,
    perPixel: () => 0.05,
    change: (index, value) =>
      stage.update({ biases: state.biases.with(index, value), channel: index }),
    place: (index) => place(placedBiases[index]!),
  });
  blocks.addEventListener(
    "click",
    ({ target }) => {
      const block = (target as Element).closest(".blocks > g");
      if (!block) return;
      const slice = (target as Element).closest("[data-slice]")?.getAttribute("data-slice");
      const channel = [...blocks.children].indexOf(block);
      stage.update({ channel, ...(slice ? { source: Number(slice) } : {}) });
    },
    { signal: stage.signal },
  );

  const draw = (next: State) => {
    state = next;
    const [inputs, size] = counts();
    const pitch = width < NARROW ? 36 : 41;
    const wide = NAME + size * pitch + 6;
    const high = HEAD + (inputs + 1) * LINE + 4;
    const columns = Math.max(1, Math.floor((width + AIR) / (wide + AIR)));
    const corner = (o: number) => ({
      x: (o % columns) * (wide + AIR),
      y: Math.floor(o / columns) * (high + AIR) + 1,
    });
    const shown = state.kernels.map((_, o): Block => {
      const { x, y } = corner(o);
      const current = o === state.channel;
      const names = Array.from({ length: inputs }, (_, c) => ({
        words: `x${subscript(c + 1)}`,
        y: y + HEAD + c * LINE,
        chosen: current && c === state.source,
      }));
      names.push({ words: "bias", y: y + HEAD + inputs * LINE, chosen: false });
      const title = `filter ${o + 1} makes h${subscript(o + 1)}`;
      return { x: x + 1, y, width: wide - 2, height: high, title, current, names };
    });
    const rows = Math.ceil(shown.length / columns);
    const height = rows * (high + AIR) - AIR + 2;
    set(drawing, { viewBox: `0 0 ${width} ${height}`, width, height });
    list(blocks, shown, block, drawBlock);
    const boxAt = (o: number, line: number, k: number, index: number, value: number): Box => {
      const { x, y } = corner(o);
      return {
        ...{ x: x + NAME + (k + 0.5) * pitch, y: y + HEAD + line * LINE },
        ...{ width: pitch - 3, height: 26, lying: true, index, label: short(value) },
      };
    };
    placed = state.kernels.flat(2).map((value, index) => {
      const { o, c, k } = where(index);
      return boxAt(o, c, k, index, value);
    });
    placedBiases = state.biases.map((value, o) => boxAt(o, inputs, 0, o, value));
    list(weights, placed, box, drawBox);
    list(biases, placedBiases, box, drawBox);
    weightValues.show();
    biasValues.show();
    set(drawing, { "aria-label": `Weights of ${shown.length} filters, and their biases` });
  };
  const resize = (to: number) => {
    if (to === width) return;
    width = to;
    stage.redraw();
  };
  return { element, draw, resize };
}

function block(): SVGGElement {
  return svg(
    "g",
    {},
    svg("rect", { class: "frame", rx: 6 }),
    svg("text", { class: "title" }),
    svg("g", { class: "names" }),
  );
}

function drawBlock(element: Element, { x, y, width, height, title, current, names }: Block): void {
  const [frame, words, lines] = element.children;
  set(element, { class: current ? "current" : null });
  set(frame!, { x, y, width, height });
  set(words!, { x: x + 8, y: y + 18 });
  text(words!, title);
  list(
    lines!,
    names.map((name, n) => ({ ...name, x, slice: n < names.length - 1 ? n : null })),
    () => svg("g", {}, svg("rect", { width: 30, height: 26, class: "hit" }), svg("text")),
    (group, name) => {
      set(group, { class: name.chosen ? "chosen" : null, "data-slice": name.slice });
      set(group.children[0]!, { x: name.x + 2, y: name.y });
      set(group.children[1]!, { x: name.x + 8, y: name.y + 17 });
      text(group.children[1]!, name.words);
    },
  );
}
