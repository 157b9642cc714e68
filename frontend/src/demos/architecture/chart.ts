/** Cost against image size, both on logarithmic axes: the size is dragged along. */

import { onArrows } from "../../ui/arrows.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { onDrag } from "../../ui/dragging.ts";
import { linear, type Scale } from "../../ui/scale.ts";
import { label } from "./sentences.ts";
import { amount, costs, LIMITS, type State } from "./state.ts";

const TOP = 24;
const BOTTOM = 232;
const HEIGHT = 276;
const LEFT = 88;
const RIGHT = 24;
/** Below this the names stand in the table alone, with the same marks. */
const NARROW = 480;
const SIDES = [1, 4, 16, 64, 256, 1024];
const STEPS = Array.from({ length: 41 }, (_, i) => 2 ** (i / 4));

interface Tick {
  at: number;
  words: string;
}

export function chart(stage: Stage<State>) {
  let width = 720;
  const grid = svg("path", { class: "grid" });
  const ys = svg("g", { class: "ticks" });
  const xs = svg("g", { class: "ticks" });
  const dense = svg("path", { class: "curve dense" });
  const convolution = svg("path", { class: "curve convolution" });
  const here = svg("line", { class: "here", y1: TOP - 8, y2: BOTTOM });
  const square = svg("rect", { class: "mark dense", width: 12, height: 12 });
  const circle = svg("circle", { class: "mark convolution", r: 7 });
  const names = ["dense", "convolution"].map((name) => svg("text", { class: `name ${name}` }));
  const grip = svg("rect", {
    class: "grip",
    y: TOP - 8,
    width: 32,
    height: BOTTOM - TOP + 16,
    rx: 4,
    tabindex: 0,
    role: "slider",
    "aria-label": "Side of the image in pixels",
    "aria-valuemin": LIMITS.size.min,
    "aria-valuemax": LIMITS.size.max,
  });
  const title = svg("text", { class: "axis-name", y: HEIGHT - 4, "text-anchor": "middle" });
  text(title, "side of the image, pixels");
  const drawing = svg(
    "svg",
    { class: "chart", role: "group", "aria-label": "Cost against image size" },
    grid,
    ys,
    xs,
    dense,
    convolution,
    here,
    grip,
    square,
    circle,
    ...names,
    title,
  );
  const element = html("div", { class: "course-frame" }, drawing);
  let across: Scale = linear([0, 10], [LEFT, width - RIGHT]);
  drag(stage, drawing, grip, (pixel) => {
    const { min, max } = LIMITS.size;
    return Math.min(max, Math.max(min, Math.round(2 ** across.invert(pixel))));
  });

  const draw = (state: State) => {
    const { quantity, precision, size } = state;
    across = linear([0, 10], [LEFT, width - RIGHT]);
    const of = (side: number) => {
      const both = costs({ ...state, size: side });
      return [both.dense, both.convolution].map((cost) => amount(cost, quantity, precision));
    };
    const curves = STEPS.map(of);
    const powers = curves.flat().map((value) => Math.log10(value));
    const low = Math.floor(Math.min(...powers));
    const high = Math.max(low + 1, Math.ceil(Math.max(...powers)));
    const up = linear([low, high], [BOTTOM, TOP]);
    const line = (which: number) =>
      curves
        .map((pair, i) => {
          const x = across(Math.log2(STEPS[i]!)).toFixed(1);
          return `${i === 0 ? "M" : "L"}${x},${up(Math.log10(pair[which]!)).toFixed(1)}`;
        })
        .join("");
    set(dense, { d: line(0) });
    set(convolution, { d: line(1) });
    const every = Math.max(1, Math.ceil((high - low) / 6));
    const levels = Array.from(
      { length: Math.floor((high - low) / every) + 1 },
      (_, i) => low + i * every,
    );
    set(grid, { d: levels.map((level) => `M${LEFT},${up(level)}H${width - RIGHT}`).join("") });
    const heights = levels.map(
      (level): Tick => ({ at: up(level), words: power(level, quantity === "memory") }),
    );
    list(
      ys,
      heights,
      () => svg("text", { x: LEFT - 10, "text-anchor": "end" }),
      (tick, { at, words }) => {
        set(tick, { y: at + 4 });
        text(tick, words);
      },
    );
    const sides = SIDES.map((side): Tick => ({ at: across(Math.log2(side)), words: String(side) }));
    list(
      xs,
      sides,
      () => svg("text", { y: BOTTOM + 20, "text-anchor": "middle" }),
      (tick, { at, words }) => {
        set(tick, { x: at });
        text(tick, words);
      },
    );
    const x = across(Math.log2(size));
    const values = of(size);
    const tops = values.map((value) => up(Math.log10(value)));
    set(here, { x1: x, x2: x });
    set(grip, {
      x: x - 16,
      "aria-valuenow": size,
      "aria-valuetext": `${size} by ${size} pixels`,
    });
    set(square, { x: x - 6, y: tops[0]! - 6 });
    set(circle, { cx: x, cy: tops[1]! });
    place(
      names,
      x,
      tops,
      values.map((value, i) => `${width < NARROW ? "" : `${NAMES[i]} `}${label(value, quantity)}`),
    );
    set(title, { x: (LEFT + width - RIGHT) / 2 });
    set(drawing, { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` });
  };

  /** Names stand on the side that has more room, and never on each other. */
  const place = (labels: SVGTextElement[], x: number, tops: number[], words: string[]) => {
    const leftwards = x > (LEFT + width - RIGHT) / 2;
    const close = Math.abs(tops[0]! - tops[1]!) < 28;
    const upper = tops[0]! <= tops[1]! ? 0 : 1;
    for (const [i, element] of labels.entries()) {
      const nudge = close ? (i === upper ? -14 : 20) : i === upper ? -12 : 22;
      const y = Math.min(BOTTOM - 6, Math.max(14, tops[i]! + nudge));
      set(element, {
        x: x + (leftwards ? -14 : 14),
        y,
        "text-anchor": leftwards ? "end" : "start",
      });
      text(element, words[i]!);
    }
  };
  const resize = (measured: number) => {
    if (measured === width) return;
    width = measured;
    stage.redraw();
  };
  return { element, draw, resize };
}

const NAMES = ["fully connected", "convolutional"];

/** 10⁶, or as a size of memory. */
function power(level: number, bytes: boolean): string {
  if (bytes) {
    const units = ["B", "kB", "MB", "GB", "TB", "PB"];
    const unit = Math.min(units.length - 1, Math.max(0, Math.floor(level / 3)));
    return `${10 ** (level - 3 * unit)} ${units[unit]}`;
  }
  if (level < 4) return String(10 ** level);
  return `10${String(level).replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]!)}`;
}

function drag(
  stage: Stage<State>,
  drawing: SVGSVGElement,
  grip: SVGRectElement,
  sizeAt: (pixel: number) => number,
): void {
  const { signal } = stage;
  onDrag(drawing, signal, (pixel) => stage.update({ size: sizeAt(pixel) }));
  onArrows(grip, signal, {
    range: LIMITS.size,
    value: () => stage.state().size,
    go: (size) => stage.update({ size }),
    page: { up: (size) => 2 * size, down: (size) => Math.floor(size / 2) },
  });
}
