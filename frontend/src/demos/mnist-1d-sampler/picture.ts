/** The signal of a stage, the one before it as a ghost, what changed, and a ring to turn. */

import { compact } from "../../core/format.ts";
import { GRID, LENGTH, TEMPLATE_LENGTH } from "../../core/sampler.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { linear } from "../../ui/scale.ts";
import { between, type Point, placeOf, resting } from "./frames.ts";
import { band, type Handle, handle } from "./handles.ts";
import { annotation, changes, limit } from "./layout.ts";
import {
  BASE,
  createDot,
  createLevel,
  type Dot,
  LEFT,
  slider,
  updateDot,
  updateLevel,
} from "./marks.ts";
import { ring } from "./ring.ts";
import { hidden, make, PAD, RESAMPLE, SCALE, SHEAR, SHIFT, type State, TEMPLATE } from "./state.ts";
import { draggableTemplate } from "./template.ts";

const RIGHT = 16;
const REACH = 112;
const BAR = 268;
const TICKS = 308;
const HEIGHT = 316;
/** A stage turns into the next in less time than a reader waits for. */
const MORPH_MS = 190;

export function picture(stage: Stage<State>, marked: (position: number) => void) {
  let width = 720;
  let mark = GRID / 2;
  /** The scale is held while a hand drags, or the value would run away from it. */
  let held: number | null = null;
  let frame = 0;
  let before: number | null = null;

  const grid = svg("g", { class: "levels" });
  const axis = svg("line", { class: "axis", y1: BASE, y2: BASE });
  const area = svg("rect", { class: "area", y: 4, height: 2 * (BASE - 4), rx: 4 });
  const range = svg("rect", { class: "band", rx: 2 });
  const ramp = svg("line", { class: "ramp" });
  const ghost = svg("polyline", { class: "ghost" });
  const changed = svg("path", { class: "changed" });
  const stems = svg("g", { class: "stems" });
  const bar = svg("path", { class: "bar" });
  const said = svg("text", { class: "said", y: BAR + 18, "text-anchor": "middle" });
  const ticks = svg("g", { class: "ticks" });
  const knob = svg(
    "g",
    { class: "ring" },
    svg("circle", { class: "reach", r: 18 }),
    svg("circle", { class: "hoop", r: 8 }),
  );
  const guessed = svg("line", { class: "guessed", y1: 12, y2: 2 * BASE - 12 });
  const drawing = svg(
    "svg",
    { class: "picture", role: "group", "aria-label": "The signal after this stage" },
    ...[grid, axis, area, range, ramp, ghost, changed, stems, guessed, bar, said, ticks, knob],
  );
  const element = html("div", { class: "course-frame" }, drawing);

  const pitch = () => (width - LEFT - RIGHT) / GRID;
  const x = (place: number) => LEFT + (place + 0.5) * pitch();
  const placeAt = (pixel: number) => (pixel - LEFT) / pitch() - 0.5;
  const top = (state: State) => held ?? limit(state);
  const scale = (state: State) => linear([0, top(state)], [BASE, BASE - REACH]);

  const hold = (on: boolean) => {
    held = on ? top(stage.state()) : null;
    set(stage.root, { "data-dragging": on });
    if (!on) stage.redraw();
  };
  const place = () => handle(stage.state(), mark);
  ring(stage, knob, area, {
    handle: place,
    placeAt: (clientX) => placeAt(clientX - drawing.getBoundingClientRect().left),
    perPixel: (axisOf) => (axisOf === "x" ? 1 / pitch() : top(stage.state()) / REACH),
    change: ({ name }: Handle, value) => {
      if (name === "guess") setMark(value);
      else stage.update({ [name]: value });
    },
    dragging: hold,
  });
  const template = draggableTemplate(stage, {
    group: stems,
    frame: element,
    perPixel: () => top(stage.state()) / REACH,
    dragging: hold,
    place: (index, value) => ({
      x: x((index * (GRID - 1)) / (TEMPLATE_LENGTH - 1)),
      y: scale(stage.state())(value),
    }),
  });
  const setMark = (position: number) => {
    mark = position;
    marked(position);
    stage.redraw();
  };

  const drawPoints = (state: State, points: readonly Point[], resting = true) => {
    const y = scale(state);
    const last = shownStage(state) === RESAMPLE;
    const own = resting && shownStage(state) === TEMPLATE;
    const r = own ? 5.5 : Math.min(last ? 4.5 : 3.5, pitch() * 0.45 * (last ? 1.6 : 1));
    const peak = hidden(state) ? make(state).peak : -1;
    const dots = points.map((point, i): Dot => {
      const kind = last ? `${point.kind} sample` : i === peak ? "digit peak" : point.kind;
      const at = { x: tenth(x(point.x)), y: tenth(y(point.value)), r: tenth(r) };
      return { ...at, kind, index: own ? i : null };
    });
    list(stems, dots, createDot, updateDot);
    template.show(own);
  };

  const draw = (state: State) => {
    const made = make(state);
    const secret = hidden(state);
    const at = shownStage(state);
    const y = scale(state);
    cancel();
    const step = before === null || held !== null ? 0 : at - before;
    before = at;
    if (Math.abs(step) === 1 && moving()) morph(state, step > 0 ? at : at + 1, step);
    else drawPoints(state, resting(made, at));

    // Beside the zeros the template stands where it stood, at the scale of what is longer.
    const from = at === PAD ? (i: number) => i : (i: number) => placeOf(made, at - 1, i);
    const line = at === 0 ? [] : [...made.stages[at - 1]!];
    const path = secret ? [] : line.map((v, i) => `${tenth(x(from(i)))},${tenth(y(v))}`);
    set(ghost, { points: path.join(" ") });
    set(changed, {
      d: secret
        ? ""
        : changes(made, at)
            .map(([i, from, to]) => `M${tenth(x(i))},${tenth(y(from))}V${tenth(y(to))}`)
            .join(""),
    });
    drawBand(state, y);
    const slope = at === SHEAR ? made.draws.shear / 2 : null;
    set(ramp, {
      x1: x(0),
      x2: x(GRID - 1),
      y1: slope === null ? null : tenth(y(slope)),
      y2: slope === null ? null : tenth(y(-slope)),
      "data-none": slope === null,
    });
    drawBar(state);
    drawAxes(state, y);
    const turned = handle(state, mark);

    set(knob, {
      "data-none": turned === null,
      transform: turned ? `translate(${tenth(x(turned.x))} ${tenth(y(turned.y))})` : null,
      "data-axis": turned?.axis ?? null,
    });
    set(knob, slider(turned));
    set(area, {
      x: LEFT,
      width: width - LEFT - RIGHT,
      "data-drag": secret || state.stage === SHIFT ? "x" : null,
    });
    const committed = state.guess !== null && state.stage === SHIFT ? state.guess : null;
    set(guessed, {
      x1: x((committed ?? mark) - 1),
      x2: x((committed ?? mark) - 1),
      "data-none": committed === null && !secret,
    });
    set(drawing, { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` });
  };

  const drawBand = (state: State, y: (v: number) => number) => {
    const deviation = hidden(state) ? null : band(state);
    set(range, {
      x: LEFT,
      width: width - LEFT - RIGHT,
      y: deviation === null ? null : tenth(y(deviation)),
      height: deviation === null ? null : tenth(2 * (BASE - y(deviation))),
      "data-none": deviation === null,
    });
  };

  const drawBar = (state: State) => {
    const { spans, words, arrow } = annotation(state);
    const parts = spans.map(([from, to]) => {
      const [a, b] = [
        tenth(x(from) - (arrow ? 0 : pitch() / 2)),
        tenth(x(to) + (arrow ? 0 : pitch() / 2)),
      ];
      return `M${a},${BAR - 4}v8M${a},${BAR}H${b}${arrow ? `m-5,-4l5,4l-5,4` : "m0,-4v8"}`;
    });
    set(bar, { d: parts.join("") });
    text(said, words);
    const middle = spans.length > 0 ? (x(spans[0]![0]) + x(spans.at(-1)![1])) / 2 : width / 2;
    const half = 3.6 * words.length;
    set(said, { x: tenth(Math.min(width - half, Math.max(half, middle))) });
  };

  const drawAxes = (state: State, y: (v: number) => number) => {
    set(axis, { x1: LEFT, x2: width - RIGHT });
    const most = top(state);
    const unit = [2, 1, 0.5].find((level) => level <= most) ?? 0.25;
    const levels = [-unit, 0, unit].map((value) => ({ y: tenth(y(value)), words: compact(value) }));
    list(
      grid,
      levels.map((level) => ({ ...level, end: width - RIGHT })),
      createLevel,
      updateLevel,
    );
    const at = shownStage(state);
    const numbers =
      at === TEMPLATE
        ? Array.from({ length: TEMPLATE_LENGTH }, (_, i) => i + 1)
        : at === RESAMPLE
          ? [1, 10, 20, 30, LENGTH]
          : [1, 12, 24, 36, 48, 60, GRID];
    const placeFor = (n: number) => placeOf(make(state), at, n - 1);
    list(
      ticks,
      numbers.map((n) => ({ n, x: tenth(x(placeFor(n))) })),
      () => svg("text", { y: TICKS, "text-anchor": "middle" }),
      (tick, item) => {
        set(tick, { x: item.x });
        text(tick, String(item.n));
      },
    );
  };

  /** Let stage `to` come about, or go back from it. */
  const morph = (state: State, to: number, direction: number) => {
    const made = make(state);
    const start = performance.now();
    drawPoints(state, between(made, to, direction > 0 ? 0 : 1), false);
    const tick = (now: number) => {
      const part = Math.min(1, Math.max(0, (now - start) / MORPH_MS));
      const eased = part * (2 - part);
      const at = part < 1 ? between(made, to, direction > 0 ? eased : 1 - eased) : null;
      drawPoints(state, at ?? resting(made, shownStage(state)), at === null);
      frame = part < 1 ? requestAnimationFrame(tick) : 0;
    };
    frame = requestAnimationFrame(tick);
  };
  const cancel = () => {
    if (frame !== 0) cancelAnimationFrame(frame);
    frame = 0;
  };
  stage.signal.addEventListener("abort", cancel, { once: true });

  const resize = (measured: number) => {
    if (measured === width) return;
    width = measured;
    before = null;
    stage.redraw();
  };
  /** Another hand (the field) has moved the prediction's mark. */
  const point = (position: number) => {
    mark = position;
    stage.redraw();
  };
  return { element, draw, resize, point, placeAt };
}

/** While the shift waits for a guess the picture shows what it begins with. */
export const shownStage = (state: State) => (hidden(state) ? SCALE : state.stage);

const moving = () => interactive() && !matchMedia("(prefers-reduced-motion: reduce)").matches;

const tenth = (value: number) => Math.round(value * 10) / 10;
