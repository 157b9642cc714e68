/** The learnt weights beside the hidden ones, each with the way of its next step. */

import { short, subscript } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg } from "../../ui/dom.ts";
import { linear, type Scale } from "../../ui/scale.ts";
import { draggableValues } from "../../ui/values.ts";
import * as marks from "./marks.ts";
import { around } from "./picture.ts";
import { hides, LIMITS, type Moment, type State } from "./state.ts";

const HEIGHT = 208;
const FOOT = 40;

export function weightsView(stage: Stage<State>) {
  const base = svg("line", { class: "base", x1: 0 });
  const weights = svg("g", { class: "weights" });
  const drawing = svg("svg", { class: "learnt", role: "group" }, base, weights);
  const frame = html("div", { class: "course-frame" }, drawing);
  const caption = html(
    "p",
    { class: "course-caption" },
    "Weights: learnt, hidden (dashed), next step (↑↓)",
  );
  const element = html("div", {}, caption, frame);

  let width = 300;
  let state = stage.state();
  let kernel: readonly number[] = state.start;
  let scale: Scale = linear([0, 1], [1, 0]);
  let held: [number, number] | null = null;
  const pitch = () => Math.min(80, width / state.hidden.length);
  const x = (k: number) => (k + 0.5) * pitch();
  // Where the hidden weights must not be seen, the scale does not tell them either.
  const span = (): [number, number] =>
    around([...kernel, ...(hides(state) ? [1, -1] : state.hidden)]);

  const values = draggableValues(stage, {
    name: "start",
    group: weights,
    frame,
    label: (index) => `weight ${index + 1}`,
    range: LIMITS.value,
    step: 0.1,
    values: () => kernel,
    perPixel: () => Math.abs(scale.invert(1) - scale.invert(0)),
    // Whoever moves a weight starts anew from there.
    change: (index, value) =>
      stage.update({ start: bounded(kernel.with(index, value)), step: 0, weight: index }),
    dragging: (on) => {
      held = on ? span() : null;
      stage.redraw();
    },
    place: (index) => ({ x: x(index), y: scale(kernel[index]!) }),
  });
  weights.addEventListener(
    "click",
    ({ target }) => {
      const pressed = (target as Element).closest("[data-index]");
      if (pressed) stage.update({ weight: Number(pressed.getAttribute("data-index")) });
    },
    { signal: stage.signal },
  );

  const draw = (next: State, now: Moment) => {
    state = next;
    kernel = now.kernel;
    const fresh = span();
    if (held) held = [Math.min(held[0], fresh[0]), Math.max(held[1], fresh[1])];
    scale = linear(held ?? fresh, [HEIGHT - FOOT - 20, 20]);
    set(drawing, { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT });
    set(base, { x2: pitch() * state.hidden.length, y1: scale(0), y2: scale(0) });
    const drawn = kernel.map((value, k): marks.Weight => {
      const after = value - state.rate * now.gradient[k]!;
      const still = Math.abs(now.gradient[k]!) < 5e-4 || hides(state);
      return {
        ...{ x: x(k), y: scale(value), base: scale(0), goal: scale(state.hidden[k]!) },
        next: still ? null : Math.min(HEIGHT - FOOT, Math.max(4, scale(after))),
        ...{ label: written(value), name: `ω${subscript(k + 1)}` },
        goalLabel: hides(state) ? "?" : short(state.hidden[k]!),
        hidden: hides(state),
        ...{ foot: HEIGHT - 2, top: 0, width: pitch() - 6, index: k, current: k === state.weight },
      };
    });
    list(weights, drawn, marks.weight, marks.drawWeight);
    values.show();
    set(drawing, { "aria-label": "Learnt weights beside the hidden ones" });
  };
  const resize = (to: number) => {
    if (to === width) return;
    width = to;
    stage.redraw();
  };
  return { element, draw, resize };
}

const bounded = (values: readonly number[]) =>
  values.map((v) => Math.min(LIMITS.value.max, Math.max(LIMITS.value.min, v)));

const written = (value: number) =>
  Math.abs(value) < 100 ? short(value) : short(Math.round(value));
