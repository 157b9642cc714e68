/** The drawing: the signal, the window with its weights, and the output below. */

import { compact, subscript } from "../../core/format.ts";
import { outputLength } from "../../core/geometry.ts";
import { paddingAmounts } from "../../core/padding.ts";
import { shiftSource } from "../../core/shift.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { draggableValues } from "../../ui/values.ts";
import { type Layout, layout, nearestPosition, type Ranges, ranges, type Slot } from "./layout.ts";
import { expectedOutput, geometry, LIMITS, output, type State } from "./state.ts";

/** The radius of the ring round the present output. */
const RING = 13;

/** What is drawn of one output. */
interface Mark {
  value: number;
  index: number;
  /** What a shifted input must give if the convolution is equivariant. */
  expected: number | null;
  /** "past": shown with its number; "now"; "next": an outline; "hidden": to be predicted. */
  reveal: "past" | "now" | "next" | "hidden";
}

export function picture(stage: Stage<State>) {
  const axes = svg("g", { class: "axes" });
  const pads = svg("g", { class: "pads" });
  const inputs = svg("g", { class: "inputs", "data-part": "input" });
  const window = svg("rect", { class: "window", rx: 6, "data-part": "kernel" });
  const rays = svg("path", { class: "rays" });
  const weights = svg("g", { class: "weights", "data-part": "kernel" });
  const sliding = svg("g", { class: "sliding" }, rays, weights);
  const behind = svg("g", { class: "sliding" }, window);
  const outputs = svg("g", { class: "outputs", "data-part": "output" });
  const ring = svg("circle", { class: "ring", r: RING });
  const guess = svg("g", { class: "guess" }, svg("circle", { r: 8 }), svg("text", {}, "guess"));
  const drawing = svg(
    "svg",
    { class: "picture", role: "group", "aria-label": "Signal, kernel and output" },
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
  /** Drawn positions hold shifted values: where the value at a position comes from. */
  const origin = (at: number) =>
    shiftSource(at, state.shift, state.signal.length, state.padding === "circular");

  /** The reverse: where a value is drawn. */
  const drawnAt = (index: number) =>
    shiftSource(index, -state.shift, state.signal.length, state.padding === "circular");

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
    place: (index) => ({ x: now.x(drawnAt(index) ?? 0), y: now.input(state.signal[index]!) }),
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
    place: (index) => ({ x: tapX(index), y: now.weights + now.box / 2 }),
  });

  function dragging(on: boolean): void {
    held = on ? ranges(state, output(state)) : null;
    stage.redraw();
  }

  const start = () =>
    state.position * state.stride -
    paddingAmounts(state.kernel.length, state.dilation, state.padding).left;
  const tapX = (k: number) => now.x(start() + k * state.dilation);

  listenForScrubbing(stage, drawing, window, (pixel) => nearestPosition(state, now, pixel));

  /** The scale may grow while a value is dragged, but never shrinks under the hand. */
  const rangesToDraw = (values: readonly number[]): Ranges => {
    const fresh = ranges(state, values);
    if (held) {
      const union = (a: [number, number], b: [number, number]): [number, number] => [
        Math.min(a[0], b[0]),
        Math.max(a[1], b[1]),
      ];
      held = { input: union(held.input, fresh.input), output: union(held.output, fresh.output) };
    }
    return held ?? fresh;
  };

  const drawAxes = () => {
    const lines = [
      { y: now.input(0), name: "input x", top: 12 },
      { y: now.output(0), name: "output z", top: now.outputTop - 40 },
    ];
    list(
      axes,
      lines,
      () => svg("g", {}, svg("line", {}), svg("text", { x: 0 })),
      (element, { y, name, top }) => {
        set(element.children[0]!, { x1: 0, x2: now.width, y1: y, y2: y });
        set(element.children[1]!, { y: top });
        text(element.children[1]!, name);
      },
    );
  };

  const drawPads = (padded: readonly Slot[]) => {
    list(pads, padded, stemmedCircle, (element, { at, value }) => {
      drawStem(element, now.x(at), now.input(value), now.input(0));
      label(element.children[2]!, now, now.x(at), now.input(value), value);
    });
  };

  const drawInputs = (inside: readonly Slot[], read: ReadonlySet<number>) => {
    list(inputs, inside, stemmedCircle, (element, { at, value }) => {
      const index = origin(at);
      set(element, {
        "data-index": index,
        class: index === null ? "vacant" : read.has(at) ? "value read" : "value",
      });
      drawStem(element, now.x(at), now.input(value), now.input(0));
      label(element.children[2]!, now, now.x(at), now.input(value), value);
      set(element.children[3]!, hitArea(now, now.x(at), now.input(value)));
    });
  };

  const drawWindow = () => {
    const { kernel, dilation } = state;
    const span = (kernel.length - 1) * dilation * now.pitch;
    const boxWidth = Math.min(46, dilation * now.pitch * 0.9);
    set(window, {
      x: -now.pitch / 2,
      y: now.top,
      width: span + now.pitch,
      height: now.windowBottom - now.top,
    });
    const slide = `transform: translate(${now.x(start())}px, 0px)`;
    set(sliding, { style: slide });
    set(behind, { style: slide });
    list(
      weights,
      kernel,
      (index) =>
        svg(
          "g",
          { class: "value", "data-index": index },
          svg("rect", { class: "box", rx: 4 }),
          svg("text", {}),
        ),
      (element, weight, k) => {
        const x = k * dilation * now.pitch;
        set(element.children[0]!, {
          x: x - boxWidth / 2,
          y: now.weights,
          width: boxWidth,
          height: now.box,
        });
        centred(element.children[1]!, now, x, now.weights + now.box / 2, weight);
      },
    );
    const meeting = now.windowBottom + 36;
    set(rays, {
      d: kernel
        .map((_, k) => {
          const x = k * dilation * now.pitch;
          const y = now.weights + now.box;
          return `M${x} ${y}C${x} ${y + 28} ${span / 2} ${y + 12} ${span / 2} ${meeting}`;
        })
        .join(""),
    });
  };

  const drawOutputs = (values: readonly number[]) => {
    const { shift, predict, position } = state;
    const expected = shift === 0 ? null : expectedOutput(state);
    const marks = values.map((value, index): Mark => {
      const reached = index < position ? "past" : index === position ? "now" : "next";
      const open = index < position || (index === position && state.guess !== null);
      const reveal = predict && !open ? "hidden" : reached;
      return { value, index, reveal, expected: expected?.[index] ?? null };
    });
    list(outputs, marks, outputMark, (element, { value, index, reveal, expected: ghost }) => {
      const x = now.x(now.centre(index));
      const y = now.output(value);
      const [stem, square, number, moved] = element.children;
      set(element, { class: reveal, "data-output": index });
      set(stem!, { x1: x, x2: x, y1: now.output(0), y2: y });
      const side = Math.max(4, Math.min(12, now.pitch - 3));
      set(square!, { x: x - side / 2, y: y - side / 2, width: side, height: side });
      label(number!, now, x, y, value, reveal === "now" ? RING + 6 : 14);
      set(moved!, { cx: x, cy: now.output(ghost ?? 0), class: ghost === null ? "none" : "moved" });
    });
    const at = marks[position];
    const x = now.x(now.centre(position));
    set(ring, { cx: x, cy: at && at.reveal !== "hidden" ? now.output(at.value) : now.output(0) });
    const [circle, word] = guess.children;
    guess.style.display = state.guess === null ? "none" : "";
    const y = now.output(state.guess ?? 0);
    set(circle!, { cx: x, cy: y });
    set(word!, { x: x + 14, y: y + 4 });
  };

  const draw = (next: State) => {
    state = next;
    const values = output(state);
    now = layout(state, width, rangesToDraw(values));
    set(drawing, {
      viewBox: `0 0 ${now.width} ${now.height}`,
      width: now.width,
      height: now.height,
    });
    const first = start();
    const read = new Set(state.kernel.map((_, k) => first + k * state.dilation));
    drawAxes();
    drawPads(now.slots.filter((slot) => slot.padded));
    drawInputs(
      now.slots.filter((slot) => !slot.padded),
      read,
    );
    drawWindow();
    drawOutputs(values);
    signalValues.show();
    kernelValues.show();
    const count = outputLength(geometry(state));
    set(drawing, {
      "aria-label": `Signal of ${state.signal.length} values, kernel of ${state.kernel.length} weights at output ${state.position + 1} of ${count}`,
    });
  };
  const resize = (to: number) => {
    if (to === width) return;
    width = to;
    stage.redraw();
  };
  return { element: frame, draw, resize };
}

/** Drag the window along the signal, or press an output, to move to it. */
function listenForScrubbing(
  stage: Stage<State>,
  drawing: SVGSVGElement,
  window: SVGRectElement,
  positionAt: (pixel: number) => number,
): void {
  const { signal } = stage;
  const go = (event: PointerEvent) => {
    const { left, width } = drawing.getBoundingClientRect();
    const unit = drawing.viewBox.baseVal.width / width;
    stage.update({ position: positionAt((event.clientX - left) * unit) });
  };
  window.addEventListener(
    "pointerdown",
    (event) => {
      event.preventDefault();
      window.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  window.addEventListener(
    "pointermove",
    (event) => {
      if (window.hasPointerCapture(event.pointerId)) go(event);
    },
    { signal },
  );
  drawing.addEventListener(
    "click",
    (event) => {
      const pressed = (event.target as Element).closest("[data-output]");
      if (pressed) stage.update({ position: Number(pressed.getAttribute("data-output")) });
    },
    { signal },
  );
}

function stemmedCircle(): SVGGElement {
  return svg(
    "g",
    {},
    svg("line", { class: "stem" }),
    svg("circle", { class: "point" }),
    svg("text", { class: "number" }),
    svg("rect", { class: "hit" }),
  );
}

function outputMark(): SVGGElement {
  return svg(
    "g",
    {},
    svg("line", { class: "stem" }),
    svg("rect", { class: "square", rx: 2 }),
    svg("text", { class: "number" }),
    svg("circle", { class: "none", r: 10 }),
  );
}

function drawStem(element: Element, x: number, y: number, base: number): void {
  set(element.children[0]!, { x1: x, x2: x, y1: base, y2: y });
  set(element.children[1]!, { cx: x, cy: y, r: 6 });
}

/** A generous place to take hold of a point, though never wider than its column. */
function hitArea({ pitch }: Layout, x: number, y: number) {
  const width = Math.min(40, pitch);
  return { x: x - width / 2, y: y - 22, width, height: 44 };
}

/** A number beyond the end of a stem; upright where there is no room to lie down. */
function label(
  element: Element,
  { roomy, pitch }: Layout,
  x: number,
  y: number,
  value: number,
  gap = 14,
): void {
  text(element, roomy || pitch >= 11 ? compact(value) : "");
  const up = value >= 0;
  if (roomy) {
    set(element, { x, y: y + (up ? -gap : gap + 9), "text-anchor": "middle", transform: null });
  } else {
    const end = y + (up ? -gap : gap);
    set(element, {
      x: x + 4,
      y: end,
      "text-anchor": up ? "start" : "end",
      transform: `rotate(-90 ${x + 4} ${end})`,
    });
  }
}

/** A number in the middle of a box. */
function centred(element: Element, { roomy, pitch }: Layout, x: number, y: number, value: number) {
  text(element, roomy || pitch >= 11 ? compact(value) : "");
  set(element, {
    x,
    y: y + 4,
    "text-anchor": "middle",
    transform: roomy ? null : `rotate(-90 ${x} ${y})`,
  });
}

/** The name of an output as the equation writes it. */
export const outputName = (position: number) => `z${subscript(position + 1)}`;
