/** The drawing: the signal, the window with its weights, and the output below. */

import { equal } from "../../core/equal.ts";
import { compact, short } from "../../core/format.ts";
import { paddingAmounts } from "../../core/padding.ts";
import { shiftSource } from "../../core/shift.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg } from "../../ui/dom.ts";
import { draggableValues } from "../../ui/values.ts";
import { type Box, box, drawBox } from "../../ui/weight-box.ts";
import { type Layout, layout, nearestPosition, type Ranges, ranges, type Slot } from "./layout.ts";
import * as marks from "./marks.ts";
import { scrubbing } from "./scrubbing.ts";
import { expectedOutput, LIMITS, output, type State } from "./state.ts";

export function picture(stage: Stage<State>) {
  const axes = svg("g", { class: "axes", "aria-hidden": "true" });
  const pads = svg("g", { class: "pads", "aria-hidden": "true" });
  const inputs = svg("g", { class: "inputs" });
  const window = svg("rect", { class: "window", rx: 6 });
  const rays = svg("path", { class: "rays" });
  const weights = svg("g", { class: "weights" });
  const sliding = svg("g", { class: "sliding" }, rays, weights);
  const behind = svg("g", { class: "sliding" }, window);
  const outputs = svg("g", { class: "outputs", "aria-hidden": "true" });
  const ring = svg("circle", { class: "ring", r: marks.RING });
  const guess = svg("g", { class: "guess", "aria-hidden": "true" });
  const drawing = svg(
    "svg",
    { class: "picture", role: "group" },
    behind,
    axes,
    pads,
    inputs,
    sliding,
    outputs,
    ring,
    guess,
  );
  const frame = html("div", { class: "course-frame" }, drawing);

  let width = 640;
  let held: Ranges | null = null;
  let now: Layout;
  let state = stage.state();
  /** What the last layout was made for: moving the window alone needs no other. */
  let laidOut: unknown = null;

  const wraps = () => state.padding === "circular";
  /** Drawn positions hold shifted values: where the value at a position comes from. */
  const origin = (at: number) => shiftSource(at, state.shift, state.signal.length, wraps());
  /** The reverse: where a value is drawn. */
  const drawnAt = (index: number) =>
    shiftSource(index, -state.shift, state.signal.length, wraps()) ?? 0;
  /** The position that the first weight reads. */
  const start = () => {
    const { left } = paddingAmounts(state.kernel.length, state.dilation, state.padding);
    return state.position * state.stride - left;
  };

  const signalValues = draggableValues(stage, {
    name: "signal",
    group: inputs,
    frame,
    label: (index) => `x ${index + 1}`,
    range: LIMITS.value,
    step: 0.1,
    values: () => state.signal,
    perPixel: () => Math.abs(now.input.invert(1) - now.input.invert(0)),
    change: (index, value) => stage.update({ signal: state.signal.with(index, value) }),
    dragging,
    place: (index) => ({ x: now.x(drawnAt(index)), y: now.input(state.signal[index]!) }),
  });
  const kernelValues = draggableValues(stage, {
    name: "kernel",
    group: weights,
    frame,
    label: (index) => `weight ${index + 1}`,
    range: LIMITS.value,
    step: 0.1,
    values: () => state.kernel,
    perPixel: () => 0.02,
    change: (index, value) => stage.update({ kernel: state.kernel.with(index, value) }),
    dragging,
    place: (index) => ({
      x: now.x(start() + index * state.dilation),
      y: now.weights + now.box / 2,
    }),
  });
  scrubbing(stage, drawing, window, (pixel) => nearestPosition(state, now, pixel));

  function dragging(on: boolean): void {
    held = on ? ranges(state, output(state)) : null;
    stage.redraw();
  }

  /** The scale may grow while a value is dragged, but never shrinks under the hand. */
  const rangesToDraw = (values: readonly number[]): Ranges => {
    const fresh = ranges(state, values);
    if (!held) return fresh;
    const union = (a: [number, number], b: [number, number]): [number, number] => [
      Math.min(a[0], b[0]),
      Math.max(a[1], b[1]),
    ];
    held = { input: union(held.input, fresh.input), output: union(held.output, fresh.output) };
    return held;
  };

  const layOut = (values: readonly number[]) => {
    now = layout(state, width, rangesToDraw(values));
    set(drawing, {
      viewBox: `0 0 ${now.width} ${now.height}`,
      width: now.width,
      height: now.height,
    });
    const lines = [
      { y: now.input(0), name: "input x", top: 12, width },
      { y: now.output(0), name: "output z", top: now.outputTop - 40, width },
    ];
    list(axes, lines, marks.axis, marks.drawAxis);
    drawWindow();
  };

  const drawInputs = () => {
    const first = start();
    const read = new Set(state.kernel.map((_, k) => first + k * state.dilation));
    const mark = ({ at, value, padded }: Slot): marks.Stemmed => ({
      x: now.x(at),
      y: now.input(value),
      base: now.input(0),
      // Where all numbers have no room, those in the window may.
      label: now.legible || (read.has(at) && now.legibleTaps) ? short(value) : "",
      below: value < 0,
      lying: now.roomy,
      index: padded ? null : origin(at),
      read: read.has(at),
      pitch: now.pitch,
    });
    const [outside, inside] = [true, false].map((padded) =>
      now.slots.filter((slot) => slot.padded === padded).map(mark),
    );
    list(pads, outside!, marks.stemmed, marks.drawStemmed);
    list(inputs, inside!, marks.stemmed, marks.drawStemmed);
  };

  const drawWindow = () => {
    const span = (state.kernel.length - 1) * state.dilation * now.pitch;
    const margin = Math.max(now.pitch, now.boxWidth + 6) / 2;
    set(window, {
      x: -margin,
      y: now.top,
      width: span + 2 * margin,
      height: now.windowBottom - now.top,
    });
    const boxes = state.kernel.map(
      (weight, k): Box => ({
        x: k * state.dilation * now.pitch,
        y: now.weights,
        width: now.boxWidth,
        height: now.box,
        label: now.legibleTaps ? short(weight) : "",
        lying: now.roomyTaps,
        index: k,
      }),
    );
    list(weights, boxes, box, drawBox);
    set(rays, { d: boxes.map((box) => marks.ray(box, span / 2, now.windowBottom + 36)).join("") });
  };

  const drawOutputs = (values: readonly number[]) => {
    const { predict, position } = state;
    const expected = state.shift === 0 ? null : expectedOutput(state);
    const drawn = values.map((value, index): marks.Output => {
      const reached = index < position ? "past" : index === position ? "now" : "next";
      const open = index < position || (index === position && state.guess !== null);
      const moved = expected?.[index] ?? null;
      return {
        x: now.x(now.centre(index)),
        y: now.output(value),
        base: now.output(0),
        side: Math.max(4, Math.min(12, now.pitch - 3)),
        label: now.legibleOutputs ? compact(value) : "",
        below: value < 0,
        lying: now.roomyOutputs,
        reveal: predict && !open ? "hidden" : reached,
        moved: moved === null ? null : now.output(moved),
      };
    });
    list(outputs, drawn, marks.output, marks.drawOutput);
    const here = drawn[position]!;
    set(ring, { cx: here.x, cy: here.reveal === "hidden" ? here.base : here.y });
    const guesses = state.guess === null ? [] : [{ x: here.x, y: now.output(state.guess) }];
    list(guess, guesses, marks.guess, marks.drawGuess);
  };

  const draw = (next: State, values: readonly number[]) => {
    state = next;
    const { position: _, guess: __, predict: ___, ...shape } = state;
    const made = { ...shape, width, held };
    if (!equal(made, laidOut)) layOut(values);
    laidOut = made;
    drawInputs();
    const slide = `transform: translate(${now.x(start())}px, 0px)`;
    set(sliding, { style: slide });
    set(behind, { style: slide });
    drawOutputs(values);
    signalValues.show();
    kernelValues.show();
    set(drawing, { "aria-label": describe(state, values) });
  };
  const resize = (to: number) => {
    if (to === width) return;
    width = to;
    stage.redraw();
  };
  return { element: frame, draw, resize };
}

function describe(state: State, values: readonly number[]): string {
  const { signal, kernel, position, predict, guess } = state;
  const shown = values.slice(0, predict && guess === null ? position : position + 1);
  const so =
    shown.length === 0 ? "no output shown yet" : `outputs ${shown.map(compact).join(", ")}`;
  return `Signal of ${signal.length} values, kernel of ${kernel.length} weights at output ${position + 1} of ${values.length}; ${so}`;
}
