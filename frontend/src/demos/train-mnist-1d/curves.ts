/** Error or loss against steps: both networks, training and test, and the run before. */

import { grouped } from "../../core/format.ts";
import { NETWORKS, type NetworkName } from "../../core/networks.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { linear, roundStep } from "../../ui/scale.ts";
import { cursor } from "./cursor.ts";
import type { Point } from "./protocol.ts";
import type { Runners } from "./race.ts";
import { percent, reading } from "./sentences.ts";
import type { State } from "./state.ts";

const HEIGHT = 264;
const MARGIN = { top: 28, right: 12, bottom: 40, left: 52 };
const FIRST_LOSS = 2.5;
/** Least distance between two labels at the lines' ends. */
const APART = 28;

const CLASSES: Record<NetworkName, string> = {
  convolutional: "convolutional",
  "fully connected": "dense",
};

interface Line {
  name: NetworkName;
  kind: "test" | "train" | "before";
  d: string;
}

interface Tick {
  at: number;
  /** How far its line reaches. */
  to: number;
  label: string;
}

export function curves(stage: Stage<State>, runners: () => Runners) {
  const grid = svg("g", { class: "grid", "aria-hidden": "true" });
  const steps = svg("g", { class: "steps", "aria-hidden": "true" });
  const title = svg("text", { class: "axis-name", x: 0, y: 12, "aria-hidden": "true" });
  const across = svg("text", { class: "axis-name", "text-anchor": "end", "aria-hidden": "true" });
  const lines = svg("g", { class: "lines", "aria-hidden": "true" });
  const ends = svg("g", { class: "ends", "aria-hidden": "true" });
  const stem = svg("line", { class: "reading-stem", "aria-hidden": "true" });
  const hit = svg("rect", { class: "hit" });
  const drawing = svg(
    "svg",
    { class: "curves", role: "group", "aria-label": "Curves of error or loss against steps" },
    ...[grid, steps, title, across, lines, stem, ends, hit],
  );
  const read = html("p", { class: "course-facts reading" });
  const element = html("div", { class: "course-frame" }, drawing, read);
  let width = 720;
  let state: State = stage.initial;
  let reader: number | null = null;

  /** All steps at which a curve has a point. */
  const stops = (): number[] => {
    const all = NETWORKS.flatMap((name) => runners()[name].points.map((point) => point.step));
    return [...new Set(all)].sort((a, b) => a - b);
  };
  const last = () => Math.max(state.steps, ...stops());
  const right = () => width - MARGIN.right;
  const x = () => linear([0, last()], [MARGIN.left, right()]);
  const value = (point: Point, kind: "test" | "train") =>
    state.curve === "error"
      ? kind === "test"
        ? point.testError
        : point.trainError
      : kind === "test"
        ? point.testLoss
        : point.trainLoss;
  const top = () => (state.curve === "error" ? 1 : FIRST_LOSS);
  const y = () => linear([0, top()], [HEIGHT - MARGIN.bottom, MARGIN.top]);

  const path = (points: readonly Point[], kind: "test" | "train") => {
    const [toX, toY, most] = [x(), y(), top()];
    let d = "";
    for (const point of points) {
      const here = value(point, kind);
      if (!Number.isFinite(here)) break;
      // What lies above the picture runs along its upper edge.
      d += `${d ? "L" : "M"}${toX(point.step).toFixed(1)},${toY(Math.min(here, most)).toFixed(1)}`;
    }
    return d;
  };

  const mark = cursor(stage, {
    label: "Read the curves at a step",
    element: hit,
    count: () => Math.max(1, stops().length),
    move: (from, along, down) => from + along - down,
    at(pixel) {
      const all = stops();
      if (all.length === 0) return null;
      const step = x().invert(pixel);
      const nearest = (best: number, s: number, i: number) =>
        Math.abs(s - step) < Math.abs(all[best]! - step) ? i : best;
      return all.reduce(nearest, 0);
    },
    describe(cell) {
      const step = stops()[cell];
      return step === undefined ? "no step taken yet" : reading(step, runners(), state.curve);
    },
    go(cell) {
      reader = cell === null ? null : (stops()[cell] ?? null);
      drawReading();
    },
  });

  function drawReading(): void {
    const shown = reader !== null;
    const at = shown ? x()(reader!) : 0;
    set(stem, { x1: at, x2: at, y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom });
    set(stem, { display: shown ? null : "none" });
    text(
      read,
      shown ? reading(reader!, runners(), state.curve) : "Point at the curves to read them.",
    );
  }

  const drawAxes = () => {
    const [toX, toY] = [x(), y()];
    const gap = state.curve === "error" ? 0.25 : 0.5;
    const levels = Array.from({ length: Math.round(top() / gap) + 1 }, (_, i): Tick => {
      const level = i * gap;
      const label = state.curve === "error" ? percent(level, 0) : level.toFixed(1);
      return { at: toY(level), to: right(), label };
    });
    list(grid, levels, tick, (group, { at, to, label }) => {
      const [line, name] = group.children;
      set(line!, { x1: MARGIN.left, x2: to, y1: at, y2: at });
      set(name!, { x: MARGIN.left - 8, y: at + 4, "text-anchor": "end" });
      text(name!, label);
    });
    const along = roundStep(last() / (width < 480 ? 3 : 6));
    const marks = Array.from({ length: Math.floor(last() / along + 1e-9) + 1 }, (_, i): Tick => {
      return { at: toX(i * along), to: right(), label: grouped(i * along) };
    });
    const floor = HEIGHT - MARGIN.bottom;
    list(steps, marks, tick, (group, { at, to, label }) => {
      const [line, name] = group.children;
      set(line!, { x1: at, x2: at, y1: floor, y2: floor + 4 });
      set(name!, { x: at, y: floor + 17, "text-anchor": at > to - 16 ? "end" : "middle" });
      text(name!, label);
    });
    text(title, state.curve === "error" ? "samples classified wrongly" : "mean loss");
    text(across, "steps");
    set(across, { x: right(), y: HEIGHT - 4 });
    set(hit, {
      x: MARGIN.left,
      y: MARGIN.top,
      width: right() - MARGIN.left,
      height: floor - MARGIN.top,
    });
  };

  const drawLines = () => {
    const all = NETWORKS.flatMap((name): Line[] => {
      const { points, before } = runners()[name];
      return [
        { name, kind: "before", d: path(before, "test") },
        { name, kind: "train", d: path(points, "train") },
        { name, kind: "test", d: path(points, "test") },
      ];
    });
    list(
      lines,
      all,
      () => svg("path"),
      (line, { name, kind, d }) => {
        set(line, { class: `${kind} ${CLASSES[name]}`, d: d || null });
      },
    );
    const [toX, toY] = [x(), y()];
    const tips = NETWORKS.flatMap((name) => {
      const point = runners()[name].points.at(-1);
      if (!point || !Number.isFinite(value(point, "test"))) return [];
      const height = toY(Math.min(value(point, "test"), top()));
      return [{ name, x: toX(point.step), y: height, label: height - 10 }];
    });
    const [a, b] = tips;
    if (a && b && Math.abs(a.label - b.label) < APART && Math.abs(a.x - b.x) < 120) {
      const lower = a.y > b.y ? a : b;
      lower.label = Math.min(lower.y + 20, HEIGHT - MARGIN.bottom - 4);
    }
    list(ends, tips, tip, (group, { name, x: atX, y: atY, label }) => {
      const [dot, words] = group.children;
      set(group, { class: CLASSES[name] });
      const r = 4;
      // A disc and a square: the networks differ in more than colour.
      const d =
        name === "convolutional"
          ? `M${atX - r},${atY}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0z`
          : `M${atX - r},${atY - r}h${2 * r}v${2 * r}h${-2 * r}z`;
      set(dot!, { d });
      const beyond = atX > width / 2;
      set(words!, {
        x: atX + (beyond ? 4 : -4),
        y: label,
        "text-anchor": beyond ? "end" : "start",
      });
      text(words!, name);
    });
  };

  let framed = "";
  const draw = (next: State) => {
    state = next;
    const frame = `${width} ${last()} ${state.curve}`;
    if (frame !== framed) {
      set(drawing, { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT });
      drawAxes();
    }
    framed = frame;
    drawLines();
    drawReading();
    // A run that begins anew has fewer points.
    if (reader === null) mark.show();
    else mark.show(Math.max(0, stops().indexOf(reader)));
  };
  const resize = (to: number) => {
    if (to === width) return;
    width = to;
    stage.redraw();
  };
  return { element, draw, resize };
}

const tick = () => svg("g", {}, svg("line"), svg("text"));
const tip = () => svg("g", {}, svg("path"), svg("text"));

/** What the lines mean. */
export function key(): HTMLElement[] {
  return (["test", "train", "before"] as const).map((kind) => {
    const words = { test: "test", train: "training", before: "test, the run before" }[kind];
    return html(
      "span",
      {},
      html("span", { class: `stroke ${kind}`, "aria-hidden": "true" }),
      words,
    );
  });
}
