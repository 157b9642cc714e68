/** The drawing: the kernels and what they compose to, the signal, both outputs, the difference. */

import { equal } from "../../core/equal.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg } from "../../ui/dom.ts";
import { draggableValues } from "../../ui/values.ts";
import { type Layout, label, layout, type Ranges, ranges } from "./layout.ts";
import * as marks from "./marks.ts";
import { paddedZeros, stems } from "./rows.ts";
import { summary } from "./sentences.ts";
import { derived, kernelsOf, LIMITS, STAGES, type State } from "./state.ts";
import { tapKeys } from "./taps.ts";

export function picture(stage: Stage<State>) {
  const window = svg("rect", { class: "window", rx: 6 });
  const axes = svg("path", { class: "axes" });
  const names = svg("g", { class: "names", "aria-hidden": "true" });
  const kernels = STAGES.map((name) => svg("g", { class: `weights ${name}` }));
  const composed = svg("g", { class: "composed" });
  const pads = svg("g", { class: "pads", "aria-hidden": "true" });
  const inputs = svg("g", { class: "inputs" });
  const others = svg("g", { class: "rows", "aria-hidden": "true" });
  const drawing = svg(
    "svg",
    { class: "picture", role: "group" },
    window,
    axes,
    names,
    ...kernels,
    composed,
    pads,
    inputs,
    others,
  );
  const frame = html("div", { class: "course-frame" }, drawing);

  let width = 640;
  let held: Ranges | null = null;
  let now: Layout;
  let state = stage.state();
  let laidOut: unknown = null;
  let rowsDrawn: unknown = null;

  function dragging(on: boolean): void {
    held = on ? ranges(state) : null;
    stage.redraw();
  }
  /** The scale may grow while a value is dragged, but never shrinks under the hand. */
  const rangesToDraw = (): Ranges => {
    const fresh = ranges(state);
    if (!held) return fresh;
    held = fresh.map(([low, high], i) => {
      const kept = held?.[i] ?? [0, 0];
      return [Math.min(low, kept[0]), Math.max(high, kept[1])];
    });
    return held;
  };

  const signalValues = draggableValues(stage, {
    name: "signal",
    group: inputs,
    frame,
    label: (index) => `x ${index + 1}`,
    range: LIMITS.value,
    step: 0.1,
    values: () => state.signal,
    perPixel: () => Math.abs(now.rows[0]!.scale.invert(1) - now.rows[0]!.scale.invert(0)),
    change: (index, value) => stage.update({ signal: state.signal.with(index, value) }),
    dragging,
    place: (index) => ({ x: now.x(index), y: now.rows[0]!.scale(state.signal[index]!) }),
  });
  const weights = STAGES.map((name, stageIndex) =>
    draggableValues(stage, {
      name,
      group: kernels[stageIndex]!,
      frame,
      label: (index) => `${name} kernel, weight ${index + 1}`,
      range: LIMITS.value,
      step: 0.1,
      values: () => state[name],
      perPixel: () => 0.02,
      change: (index, value) => stage.update({ [name]: state[name].with(index, value) }),
      dragging,
      place: (index) => ({
        x: now.boxes[stageIndex]![index]!,
        y: now.stagesTop + now.boxHeight / 2,
      }),
    }),
  );
  const nameTaps = tapKeys(stage, composed);

  /** Pressing or dragging below the signal moves to the output that is nearest. */
  const toOutput = (event: PointerEvent) => {
    const { left, top, width: wide } = drawing.getBoundingClientRect();
    const unit = drawing.viewBox.baseVal.width / wide;
    const y = (event.clientY - top) * unit;
    const output = now.rows.at(-1)!;
    if (y < now.rows[1]!.top) return null;
    const at = ((event.clientX - left) * unit - now.x(output.from)) / now.pitch;
    return Math.min(output.values.length - 1, Math.max(0, Math.round(at)));
  };
  drawing.addEventListener(
    "pointerdown",
    (event) => {
      const position = toOutput(event);
      if (position === null || event.button !== 0) return;
      drawing.setPointerCapture(event.pointerId);
      stage.update({ position });
    },
    { signal: stage.signal },
  );
  drawing.addEventListener(
    "pointermove",
    (event) => {
      if (!drawing.hasPointerCapture(event.pointerId)) return;
      const position = toOutput(event);
      if (position !== null) stage.update({ position });
    },
    { signal: stage.signal },
  );

  const layOut = () => {
    now = layout(state, width, rangesToDraw());
    set(drawing, {
      viewBox: `0 0 ${now.width} ${now.height}`,
      width: now.width,
      height: now.height,
    });
    set(axes, { d: now.rows.map(({ base }) => `M0 ${base}H${width}`).join("") });
    const taps = now.composed.length;
    const said = now.rows.map(({ name, top }) => ({ x: 0, y: top, words: name }));
    const stages = now.boxes.length === 2 ? "two" : "three";
    const lines = [
      { x: 0, y: now.stagesTop - 10, words: `the kernels of ${stages} stages` },
      { x: 0, y: now.composedTop - 10, words: `= one kernel of ${taps}` },
      ...said,
    ].map((line): marks.Words => ({ ...line, anchor: "start", kind: "" }));
    const signs = now.signs.map(
      (x): marks.Words => ({
        x,
        y: now.stagesTop + now.boxHeight / 2 + 6,
        words: "⊗",
        anchor: "middle",
        kind: "sign",
      }),
    );
    list(names, [...lines, ...signs], marks.words, marks.drawWords);
  };

  const drawKernels = () => {
    const shared = { width: now.boxWidth, height: now.boxHeight, lying: now.lying };
    const all = kernelsOf(state);
    for (const [i, group] of kernels.entries()) {
      const boxes = (all[i] ?? []).map(
        (weight, index): marks.Box => ({
          ...shared,
          x: now.boxes[i]![index]!,
          y: now.stagesTop,
          label: label(weight),
          index,
          kind: `value${partOf(state, i, index) ? " used" : ""}`,
        }),
      );
      list(group, boxes, marks.box, marks.drawBox);
    }
    const made = derived(state).composed.map(
      (weight, index): marks.Box => ({
        ...shared,
        x: now.composed[index]!,
        y: now.composedTop,
        label: label(weight),
        index,
        kind: index === state.tap ? "tap now" : "tap",
      }),
    );
    list(composed, made, marks.box, marks.drawBox);
  };

  const drawRows = () => {
    const [input, ...rows] = now.rows;
    list(inputs, stems(now, input!, -1), marks.stem, marks.drawStem);
    const below = rows.flatMap((row) => stems(now, row, state.position));
    list(others, below, marks.stem, marks.drawStem);
    list(pads, paddedZeros(now), marks.stem, marks.drawStem);
  };

  const drawWindow = () => {
    const output = now.rows.at(-1)!;
    const middle = output.from + state.position;
    const span = now.composed.length;
    const { top, base, scale } = now.rows[0]!;
    const bottom = Math.max(base, scale(Math.min(0, ...state.signal))) + 8;
    set(window, {
      x: now.x(middle - (span - 1) / 2) - now.pitch / 2,
      y: top + 6,
      width: span * now.pitch,
      height: bottom - top - 6,
    });
  };

  const draw = (next: State) => {
    state = next;
    const { position: _, tap: __, ...shape } = state;
    const made = { ...shape, width, held };
    if (!equal(made, laidOut)) layOut();
    laidOut = made;
    drawKernels();
    const rows = [made, state.position];
    // Looking at another weight leaves the signals as they are.
    if (!equal(rows, rowsDrawn)) {
      drawRows();
      drawWindow();
      signalValues.show();
      for (const kernel of weights) kernel.show();
    }
    rowsDrawn = rows;
    nameTaps(derived(state).composed);
    const shown = derived(state).output.map(label).join(", ");
    set(drawing, {
      "aria-label": `Signal of ${state.signal.length} values through ${kernelsOf(state).length} stages: ${shown}. ${summary(state)}`,
    });
  };
  const resize = (to: number) => {
    if (to === width) return;
    width = to;
    stage.redraw();
  };
  return { element: frame, draw, resize };
}

/** Whether a weight takes part in the composed weight that is written out. */
function partOf(state: State, stageIndex: number, index: number): boolean {
  const others = kernelsOf(state).reduce(
    (sum, { length }, i) => (i === stageIndex ? sum : sum + length - 1),
    0,
  );
  const rest = state.tap - index;
  return rest >= 0 && rest <= others;
}
