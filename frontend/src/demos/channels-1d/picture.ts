/** The drawing: all input channels under one window, and what each output channel makes of them. */

import { compact, short } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg } from "../../ui/dom.ts";
import type { Scale } from "../../ui/scale.ts";
import { draggableValues } from "../../ui/values.ts";
import { type Box, box, drawBox } from "../../ui/weight-box.ts";
import { type Layout, layout, nearestPosition, type Ranges, ranges, results } from "./layout.ts";
import * as marks from "./marks.ts";
import { description } from "./sentences.ts";
import { LIMITS, reconstruction, type State } from "./state.ts";

export function picture(stage: Stage<State>) {
  const axes = svg("g", { class: "axes", "aria-hidden": "true" });
  const pads = svg("g", { class: "pads", "aria-hidden": "true" });
  const ghosts = svg("g", { class: "ghosts", "aria-hidden": "true" });
  const inputs = svg("g", { class: "inputs" });
  const window = svg("rect", { class: "window", rx: 6 });
  const behind = svg("g", { class: "sliding" }, window);
  const rays = svg("path", { class: "rays" });
  const weights = svg("g", { class: "weights" });
  const meeting = svg(
    "g",
    { class: "meeting", "aria-hidden": "true" },
    svg("circle", { r: 11 }),
    svg("text", { "text-anchor": "middle" }, "Σ"),
  );
  const way = svg("path", { class: "way" });
  const sliding = svg("g", { class: "sliding" }, rays, weights, way, meeting);
  const outputs = svg("g", { class: "outputs", "aria-hidden": "true" });
  const ring = svg("circle", { class: "ring", r: 11 });
  const drawing = svg(
    "svg",
    { class: "picture", role: "group" },
    ...[behind, axes, pads, ghosts, inputs, sliding, outputs, ring],
  );
  const frame = html("div", { class: "course-frame" }, drawing);

  let width = 640;
  let held: Ranges | null = null;
  let now: Layout;
  let state = stage.state();

  const length = () => state.signals[0]!.length;
  const size = () => state.kernels[0]![0]!.length;
  const split = (index: number, by: number) => [Math.floor(index / by), index % by] as const;

  const signalValues = draggableValues(stage, {
    name: "signals",
    group: inputs,
    frame,
    label: (index) => {
      const [c, i] = split(index, length());
      return `input channel ${c + 1}, value ${i + 1}`;
    },
    range: LIMITS.value,
    step: 0.1,
    values: () => state.signals.flat(),
    perPixel: () => Math.abs(now.inputs[0]!.scale.invert(1) - now.inputs[0]!.scale.invert(0)),
    change: (index, value) => {
      const [c, i] = split(index, length());
      stage.update({ signals: state.signals.with(c, state.signals[c]!.with(i, value)) });
    },
    dragging,
    place: (index) => {
      const [c, i] = split(index, length());
      return { x: now.x(i), y: now.inputs[c]!.scale(state.signals[c]![i]!) };
    },
  });
  const weightValues = draggableValues(stage, {
    name: "kernels",
    group: weights,
    frame,
    label: (index) => {
      const [c, k] = split(index, size());
      return `filter ${state.channel + 1}, slice ${c + 1}, weight ${k + 1}`;
    },
    range: LIMITS.value,
    step: 0.1,
    values: () => state.kernels[state.channel]!.flat(),
    perPixel: () => 0.02,
    change: (index, value) => {
      const [c, k] = split(index, size());
      const filter = state.kernels[state.channel]!;
      const changed = filter.with(c, filter[c]!.with(k, value));
      stage.update({ kernels: state.kernels.with(state.channel, changed), source: c });
    },
    dragging,
    place: (index) => {
      const [c, k] = split(index, size());
      return { x: now.x(start() + k), y: now.strip(now.inputs[c]!) + 13 };
    },
  });

  /** The position that the first weight reads. */
  const start = () => state.position + now.first;

  const pixelOf = (event: PointerEvent) => {
    const { left, width: wide } = drawing.getBoundingClientRect();
    return ((event.clientX - left) * drawing.viewBox.baseVal.width) / wide;
  };
  window.addEventListener(
    "pointerdown",
    (event) => {
      event.preventDefault();
      window.setPointerCapture(event.pointerId);
    },
    { signal: stage.signal },
  );
  window.addEventListener(
    "pointermove",
    (event) => {
      if (!window.hasPointerCapture(event.pointerId)) return;
      stage.update({ position: nearestPosition(state, now, pixelOf(event)) });
    },
    { signal: stage.signal },
  );
  outputs.addEventListener(
    "click",
    ({ target }) => {
      const pressed = (target as Element).closest("[data-position]");
      if (!pressed) return;
      const [channel, position] = ["data-channel", "data-position"].map((name) =>
        Number(pressed.getAttribute(name)),
      );
      stage.update({ channel: channel!, position: position! });
    },
    { signal: stage.signal },
  );

  function dragging(on: boolean): void {
    const { signals } = reconstruction(state) ?? { signals: [] };
    const values = stage.model.get("output") as number[][];
    held = on ? ranges(state, results(state, values), signals) : null;
    stage.redraw();
  }

  /** The scale may grow while a value is dragged, but never shrinks under the hand. */
  const kept = (fresh: Ranges): Ranges => {
    if (!held) return fresh;
    const union = (a: [number, number], b: [number, number]): [number, number] => [
      Math.min(a[0], b[0]),
      Math.max(a[1], b[1]),
    ];
    held = { input: union(held.input, fresh.input), result: union(held.result, fresh.result) };
    return held;
  };

  const drawInputs = (rebuilt: readonly number[][]) => {
    const first = start();
    const { left, right } = now.pads;
    const zeros: { x: number; y: number }[] = [];
    const values: marks.Input[] = [];
    for (const { scale, values: signal, channel } of now.inputs) {
      for (let n = 1; n <= left; n++) zeros.push({ x: now.x(-n), y: scale(0) });
      for (let n = 0; n < right; n++) zeros.push({ x: now.x(signal.length + n), y: scale(0) });
      for (const [i, value] of signal.entries()) {
        const read = i >= first && i < first + size();
        values.push({
          ...{ x: now.x(i), y: scale(value), base: scale(0), below: value < 0 },
          // Where all numbers have no room, those in the window have.
          label: now.roomy || read ? short(value) : "",
          lying: now.roomy,
          ...{ index: values.length, read, pitch: now.pitch },
          gap: gapTo(scale, value, rebuilt[channel]?.[i]),
        });
      }
    }
    list(pads, zeros, marks.pad, marks.drawPad);
    list(inputs, values, marks.input, marks.drawInput);
    const found = rebuilt.flatMap((signal, c) =>
      signal.map((value, i): marks.Ghost => {
        const { scale, values: truth } = now.inputs[c]!;
        return { x: now.x(i), y: scale(value), truth: scale(truth[i]!) };
      }),
    );
    list(ghosts, found, marks.ghost, marks.drawGhost);
  };

  const drawWindow = () => {
    const span = (size() - 1) * now.pitch;
    const margin = Math.max(now.pitch, now.box + 6) / 2;
    set(window, {
      x: -margin,
      y: now.windowTop,
      width: span + 2 * margin,
      height: now.windowBottom - now.windowTop,
    });
    const filter = state.kernels[state.channel]!;
    const boxes = filter.flatMap((slice, c) =>
      slice.map(
        (weight, k): Box => ({
          ...{ x: k * now.pitch, y: now.strip(now.inputs[c]!), width: now.box, height: 26 },
          ...{ label: short(weight), lying: now.roomy, index: c * size() + k },
        }),
      ),
    );
    list(weights, boxes, box, drawBox);
    const [from, to] = [now.windowBottom, now.meeting - 11];
    const bend = (k: number) =>
      `M${k * now.pitch} ${from}C${k * now.pitch} ${from + 16} ${span / 2} ${from + 8} ${span / 2} ${to}`;
    set(rays, { d: Array.from({ length: size() }, (_, k) => bend(k)).join("") });
    set(meeting.children[0]!, { cx: span / 2, cy: now.meeting });
    set(meeting.children[1]!, { x: span / 2, y: now.meeting + 5 });
  };

  const drawResults = () => {
    const drawn = now.results.flatMap(({ kind, values, scale, current, channel }) =>
      values.map((value, position): marks.Result => {
        const here = position === state.position;
        return {
          ...{ x: now.x(now.centre(position)), y: scale(value), base: scale(0) },
          label: now.roomy || (here && (current || state.explode)) ? compact(value) : "",
          ...{ below: value < 0, lying: now.roomy },
          ...{ kind: kind as marks.Result["kind"], channel, position, pitch: now.pitch },
          now: here && (current || state.explode),
          ringed: here && current,
          muted: state.rebuild && !state.explode && state.muted.includes(channel),
          side: Math.max(5, Math.min(10, now.pitch - 6)),
        };
      }),
    );
    list(outputs, drawn, marks.result, marks.drawResult);
    const row = now.results.find(({ current }) => current)!;
    const x = now.x(now.centre(state.position));
    set(ring, { cx: x, cy: row.scale(row.values[state.position]!) });
    // The way leads down between two columns, past the numbers of other rows.
    const middle = ((size() - 1) / 2) * now.pitch;
    const aside = middle + now.pitch / 2;
    const [from, to] = [now.meeting, row.scale(row.values[state.position]!)];
    set(way, {
      d: state.explode
        ? ""
        : `M${middle + 11} ${from}Q${aside} ${from} ${aside} ${from + 12}V${to - 12}Q${aside} ${to} ${middle + 11} ${to}`,
    });
  };

  const draw = (next: State, values: readonly number[][]) => {
    state = next;
    const rebuilt = reconstruction(state)?.signals ?? [];
    const plain = results(state, values);
    now = layout(state, width, plain, kept(ranges(state, plain, rebuilt)));
    const box = `0 0 ${now.width} ${now.height}`;
    if (drawing.getAttribute("viewBox") !== box) {
      set(drawing, { viewBox: box, width: now.width, height: now.height });
    }
    const lines = [...now.inputs, ...now.results].map(
      ({ scale, name, top, kind, current }): marks.Axis => ({
        ...{ y: scale(0), name, top, width },
        kind: current && kind === "output" ? "current" : kind,
      }),
    );
    list(axes, lines, marks.axis, marks.drawAxis);
    drawInputs(rebuilt);
    drawWindow();
    const slide = `transform: translate(${now.x(start())}px, 0px)`;
    set(sliding, { style: slide });
    set(behind, { style: slide });
    drawResults();
    signalValues.show();
    weightValues.show();
    set(drawing, { "aria-label": description(state, values) });
  };
  const resize = (to: number) => {
    if (to === width) return;
    width = to;
    stage.redraw();
  };
  return { element: frame, draw, resize };
}

/** From a point to its number, so that the ring of what it is rebuilt as does not strike it out. */
function gapTo(scale: Scale, value: number, rebuilt: number | undefined): number {
  if (rebuilt === undefined) return 11;
  const away = (scale(value) - scale(rebuilt)) * (value < 0 ? -1 : 1);
  return away > -14 && away < 30 ? 13 + Math.max(0, away) : 11;
}
