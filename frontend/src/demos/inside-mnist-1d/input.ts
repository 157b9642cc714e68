/** The forty values, what the chosen unit reads of them, and which of them move it. */

import { format } from "../../core/format.ts";
import type { Stage } from "../../ui/demo.ts";
import { list, set, svg, text } from "../../ui/dom.ts";
import { linear } from "../../ui/scale.ts";
import { draggableValues } from "../../ui/values.ts";
import { gradientOf } from "./computed.ts";
import { reads } from "./layers.ts";
import { GRADIENT, INPUT, type Layout, MARGIN } from "./layout.ts";
import { slideable } from "./sliding.ts";
import { extent, fromTemplate, hidden, LIMITS, type State, sourceOf, values } from "./state.ts";

interface Stem {
  x: number;
  y: number;
  kind: "template" | "noise" | "value" | "repeated";
  /** In the reader's own signal: which of its values. */
  index: number | null;
  radius: number;
}

export function input(stage: Stage<State>, frame: HTMLElement, layout: () => Layout) {
  const field = svg("rect", { class: "field", y: INPUT.top - 4, rx: 4 });
  const zero = svg("line", { class: "zero", y1: INPUT.base, y2: INPUT.base });
  const bracket = svg("path", { class: "bracket" });
  const stems = svg("g", { class: "stems" });
  const grip = svg("rect", { class: "grip", y: INPUT.top - 4, rx: 4 });
  const name = svg("text", { x: MARGIN, y: 12 });
  const bars = [svg("path", { class: "positive" }), svg("path", { class: "negative" })];
  const floor = svg("line", { class: "zero", y1: GRADIENT.zero, y2: GRADIENT.zero });
  const back = svg("text", { x: MARGIN, y: GRADIENT.top - 6 });
  let reach = 3;
  let held = false;
  const scale = () => linear([0, reach], [0, INPUT.reach]);

  slideable(stage, grip, () => layout().pitch);
  const own = draggableValues(stage, {
    name: "signal",
    group: stems,
    frame,
    label: (index) => `x ${index + 1}`,
    range: LIMITS.value,
    values: () => stage.state().signal,
    step: 0.1,
    perPixel: () => 1 / (scale()(1) - scale()(0)),
    change: (index, value) => stage.update({ signal: stage.state().signal.with(index, value) }),
    dragging: (on) => {
      held = on;
      if (!on) stage.redraw();
    },
    place: (index) => {
      const { shift, signal } = stage.state();
      return { x: layout().x(index + shift), y: INPUT.base - scale()(signal[index]!) };
    },
  });

  let wasOwn = false;
  const draw = (state: State) => {
    const { x, width, pitch, wide } = layout();
    const signal = values(state);
    if (!held) reach = Math.max(3, ...signal.map(Math.abs));
    const height = scale();
    const template = extent(state);
    const isOwn = state.signal.length > 0;
    const radius = Math.min(4, pitch / 3);
    const items = signal.map((value, i): Stem => {
      const source = sourceOf(i, state.shift);
      const repeated = !template && source !== i - state.shift;
      const within = template !== null && i >= template[0] && i <= template[1];
      return {
        x: x(i),
        y: INPUT.base - height(value),
        kind: template ? (within ? "template" : "noise") : repeated ? "repeated" : "value",
        index: isOwn && !repeated ? source : null,
        radius,
      };
    });
    list(stems, items, createStem, updateStem);
    // Who has just made the signal another's own finds its values to be sliders, and the other way.
    if (isOwn || wasOwn) own.show();
    wasOwn = isOwn;
    set(stems, { "data-own": isOwn ? true : null });
    const [first, last] = reads(state.unit, state.network);
    const [left, right] = [x(first - 0.5), x(last + 0.5)];
    set(field, {
      x: left,
      width: right - left,
      height: INPUT.bottom + 4 - INPUT.top,
    });
    set(zero, { x1: MARGIN, x2: width - MARGIN });
    set(floor, { x1: MARGIN, x2: width - MARGIN });
    set(bracket, { d: template ? bracketed(x(template[0]), x(template[1])) : null });
    set(grip, {
      x: MARGIN / 2,
      width: width - MARGIN,
      height: INPUT.bottom + 4 - INPUT.top,
      ...sliderOf(state),
    });
    text(name, title(state, wide));
    drawGradient(state);
  };

  const drawGradient = (state: State) => {
    const { x, pitch, wide } = layout();
    const secret = state.unit[0] === 5 && hidden(state);
    const gradient = secret ? [] : gradientOf(state);
    const most = Math.max(1e-9, ...gradient.map(Math.abs));
    const across = Math.min(10, 0.7 * pitch);
    const paths = ["", ""];
    for (const [i, g] of gradient.entries()) {
      if (g === 0) continue;
      const tall = (-g / most) * GRADIENT.reach;
      const left = (x(i) - across / 2).toFixed(1);
      paths[g > 0 ? 0 : 1] +=
        `M${left},${GRADIENT.zero}h${across.toFixed(1)}v${tall.toFixed(1)}h${(-across).toFixed(1)}z`;
    }
    for (const [i, path] of paths.entries()) set(bars[i]!, { d: path || null });
    const longest = gradient.length > 0 ? `, the longest bar ${format(most)}` : "";
    text(
      back,
      wide
        ? `back along the gradient: what moves the unit${longest}`
        : `what moves the unit${longest}`,
    );
  };

  const parts = [field, zero, floor, bracket, ...bars, name, back, grip, stems];
  return { parts, draw };
}

function title(state: State, wide: boolean): string {
  const what = wide ? "input x, 40 values" : "input x";
  if (fromTemplate(state)) return `${what}: ● template, ○ noise`;
  if (state.shift === 0) return what;
  return `${what}: dashed ${wide ? "where the end value is repeated" : "is the repeated end"}`;
}

function sliderOf(state: State) {
  const kind = fromTemplate(state) ? "place" : "shift";
  const words = kind === "place" ? `place ${state.place}` : `shift ${state.shift}`;
  return {
    "aria-label":
      kind === "place"
        ? "The template: drag it, or move it with the arrow keys"
        : "The signal: drag it, or shift it with the arrow keys",
    "aria-valuemin": LIMITS[kind].min,
    "aria-valuemax": LIMITS[kind].max,
    "aria-valuenow": state[kind],
    "aria-valuetext": words,
  };
}

function bracketed(from: number, to: number): string {
  return `M${from.toFixed(1)},${INPUT.bottom - 8}v4H${to.toFixed(1)}v-4`;
}

function createStem(): SVGGElement {
  return svg(
    "g",
    {},
    svg("line", { class: "stem", y1: INPUT.base }),
    svg("circle", { class: "touch", r: 12 }),
    svg("circle", { class: "point" }),
  );
}

function updateStem(group: SVGGElement, { x, y, kind, index, radius }: Stem): void {
  const [line, touch, dot] = [...group.children] as [Element, Element, Element];
  set(group, { class: kind, "data-index": index });
  set(line, { x1: x, x2: x, y2: y });
  set(touch, { cx: x, cy: y });
  set(dot, { cx: x, cy: y, r: radius });
}
