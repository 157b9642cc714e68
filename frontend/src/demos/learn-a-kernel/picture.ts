/** The drawing: the input, the output against its target, and how the gradient adds up. */

import { compact, short, subscript } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { linear, type Scale } from "../../ui/scale.ts";
import { draggableValues } from "../../ui/values.ts";
import * as marks from "./marks.ts";
import { description, fine } from "./sentences.ts";
import { hides, LIMITS, lesson, type Moment, type State } from "./state.ts";

const MARGIN = 8;
const CHARACTER = 6.8;
const NAME = 20;
const LABEL = 18;

export function picture(stage: Stage<State>) {
  const axes = svg("g", { class: "axes", "aria-hidden": "true" });
  const inputs = svg("g", { class: "inputs" });
  const pairs = svg("g", { class: "pairs", "aria-hidden": "true" });
  const bars = svg("g", { class: "bars", "aria-hidden": "true" });
  const note = svg("text", { class: "note", x: 0 }, "Predict first: then the bars show.");
  const drawing = svg(
    "svg",
    { class: "picture", role: "group" },
    ...[axes, inputs, pairs, bars, note],
  );
  const frame = html("div", { class: "course-frame" }, drawing);

  let width = 640;
  let held: [number, number] | null = null;
  let scale: Scale = linear([0, 1], [1, 0]);
  let pitch = 40;
  let state = stage.state();
  const x = (at: number) => MARGIN + (at + 0.5) * pitch;

  const values = draggableValues(stage, {
    name: "signal",
    group: inputs,
    frame,
    label: (index) => `x ${index + 1}`,
    range: LIMITS.value,
    step: 0.1,
    values: () => state.signal,
    perPixel: () => Math.abs(scale.invert(1) - scale.invert(0)),
    change: (index, value) => stage.update({ signal: state.signal.with(index, value) }),
    dragging: (on) => {
      held = on ? around(state.signal) : null;
      stage.redraw();
    },
    place: (index) => ({ x: x(index), y: scale(state.signal[index]!) }),
  });

  const draw = (next: State, now: Moment) => {
    state = next;
    const { signal, weight } = state;
    const { target } = lesson(state).task;
    pitch = Math.min(48, (width - 2 * MARGIN) / (signal.length + 2));
    const fresh = around(signal);
    if (held) held = [Math.min(held[0], fresh[0]), Math.max(held[1], fresh[1])];
    const roomy = (row: readonly number[], write: (v: number) => string) =>
      pitch >= CHARACTER * Math.max(...row.map((v) => write(v).length)) + 4;
    const band = (top: number, tall: number, domain: [number, number]) =>
      linear(domain, [top + NAME + LABEL + tall, top + NAME + LABEL]);

    const first = 0;
    scale = band(first, 56, held ?? fresh);
    const second = first + NAME + 2 * LABEL + 56 + 8;
    const outputs = band(second, 72, around([...target, ...now.output]));
    const third = second + NAME + 2 * LABEL + 72 + 8;
    const parts = now.parts[weight]!;
    const ends = running(parts);
    const sums = band(third, 88, around(ends));
    const height = third + NAME + 2 * LABEL + 88 + 8;
    set(drawing, { viewBox: `0 0 ${width} ${height}`, width, height });

    const hidden = hides(state);
    const name = `ω${subscript(weight + 1)}`;
    const lines: marks.Axis[] = [
      { y: scale(0), name: "input x", top: first, width },
      { y: outputs(0), name: "output z (full) and target t (open)", top: second, width },
      {
        ...{ y: hidden ? third + NAME + 88 : sums(0), top: third, width },
        name: `what each position adds to ∂L/∂${name}, and the sum`,
      },
    ];
    list(axes, lines, marks.axis, marks.drawAxis);
    const lying = roomy(signal, short);
    const points = signal.map(
      (value, index): marks.Input => ({
        ...{ x: x(index), y: scale(value), base: scale(0), index, pitch, below: value < 0 },
        label: lying ? short(value) : "",
      }),
    );
    list(inputs, points, marks.input, marks.drawInput);
    const side = Math.max(5, Math.min(9, pitch - 10));
    const met = target.map(
      (goal, i): marks.Pair => ({
        ...{ x: x(i), target: outputs(goal), output: outputs(now.output[i]!), side },
      }),
    );
    list(pairs, met, marks.pair, marks.drawPair);

    const last = signal.length;
    const wide = Math.max(4, pitch * 0.6);
    const legible = roomy(parts, compact);
    const drawn = parts.map((part, i): marks.Bar => {
      const [from, to] = [i === 0 ? 0 : ends[i - 1]!, ends[i]!];
      const nothing = Math.abs(part) < 1e-9;
      return {
        ...{ x: x(i), from: sums(from), to: sums(to), width: wide, total: false },
        next: x(i + 1) - wide / 2 + (i + 1 === last ? pitch : 0),
        kind: part < 0 ? "negative" : "positive",
        ...{ y: sums(to), below: part < 0, label: legible && !nothing ? compact(part) : "" },
      };
    });
    const sum = now.gradient[weight]!;
    drawn.push({
      ...{ x: x(last + 1), from: sums(0), to: sums(sum), width: wide, next: null, total: true },
      kind: sum < 0 ? "negative" : "positive",
      ...{ y: sums(sum), below: sum < 0, label: fine(sum) },
    });
    list(bars, hidden ? [] : drawn, marks.bar, marks.drawBar);
    set(note, { y: third + NAME + 40, class: hidden ? "note" : "none" });
    text(note, `Predict the next step of ${name}: then the bars show.`);
    values.show();
    set(drawing, { "aria-label": description(state, now) });
  };
  const resize = (to: number) => {
    if (to === width) return;
    width = to;
    stage.redraw();
  };
  return { element: frame, draw, resize };
}

/** The sums up to each value. */
function running(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}

/** The tightest range that holds zero and all values. */
export function around(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return high - low < 1e-9 ? [0, 1] : [low, high];
}
