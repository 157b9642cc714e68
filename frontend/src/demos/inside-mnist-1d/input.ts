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

/** How a value is drawn: of the template or the signal itself, of its noise, or a repeated end. */
const KINDS = ["value", "noise", "repeated"] as const;

interface Handle {
  x: number;
  y: number;
  index: number;
  radius: number;
}

export function input(stage: Stage<State>, frame: HTMLElement, layout: () => Layout) {
  const field = svg("rect", { class: "field", y: INPUT.top - 4, rx: 4 });
  const zero = svg("line", { class: "zero", y1: INPUT.base, y2: INPUT.base });
  const bracket = svg("path", { class: "bracket" });
  // Few paths, drawn anew at once, cost far less than eighty shapes.
  const stems = KINDS.map((kind) => svg("path", { class: `stem ${kind}` }));
  const points = KINDS.map((kind) => svg("path", { class: `point ${kind}` }));
  const handles = svg("g", { class: "handles" });
  const grip = svg("rect", { class: "grip", y: INPUT.top - 4, rx: 4 });
  const name = svg("text", { x: MARGIN, y: 12 });
  const bars = [svg("path", { class: "positive" }), svg("path", { class: "negative" })];
  const floor = svg("line", { class: "zero", y1: GRADIENT.zero, y2: GRADIENT.zero });
  const back = svg("text", { x: MARGIN, y: GRADIENT.top - 6 });
  let reach = 3;
  let dragged = false;
  const scale = () => linear([0, reach], [0, INPUT.reach]);

  slideable(stage, grip, () => layout().pitch);
  const own = draggableValues(stage, {
    name: "signal",
    group: handles,
    frame,
    label: (index) => `x ${index + 1}`,
    range: LIMITS.value,
    values: () => stage.state().signal,
    step: 0.1,
    perPixel: () => 1 / (scale()(1) - scale()(0)),
    change: (index, value) => stage.update({ signal: stage.state().signal.with(index, value) }),
    dragging: (on) => {
      dragged = on;
      if (!on) stage.redraw();
    },
    place: (index) => {
      const { shift, signal } = stage.state();
      return { x: layout().x(index + shift), y: INPUT.base - scale()(signal[index]!) };
    },
  });

  const draw = (state: State) => {
    const { x, width, pitch, wide } = layout();
    const signal = values(state);
    if (!dragged) reach = Math.max(3, ...signal.map(Math.abs));
    const height = scale();
    const template = extent(state);
    const isOwn = state.signal.length > 0;
    const radius = Math.min(4, pitch / 3);
    const lines = KINDS.map(() => "");
    const discs = KINDS.map(() => "");
    const held: Handle[] = [];
    for (const [i, value] of signal.entries()) {
      const source = sourceOf(i, state.shift);
      const [px, py] = [x(i), INPUT.base - height(value)];
      const [at, to] = [px.toFixed(1), py.toFixed(1)];
      let kind = 0;
      if (template) kind = i >= template[0] && i <= template[1] ? 0 : 1;
      else if (source !== i - state.shift) kind = 2;
      lines[kind] += `M${at},${INPUT.base}V${to}`;
      if (isOwn && kind === 0) held.push({ x: px, y: py, index: source, radius });
      else discs[kind] += disc(px, py, radius);
    }
    for (const [k, path] of lines.entries()) set(stems[k]!, { d: path || null });
    for (const [k, path] of discs.entries()) set(points[k]!, { d: path || null });
    list(handles, held, createHandle, updateHandle);
    if (isOwn) own.show();
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

  const parts = [
    field,
    zero,
    floor,
    bracket,
    ...bars,
    name,
    back,
    grip,
    ...stems,
    ...points,
    handles,
  ];
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

function disc(x: number, y: number, r: number): string {
  const [wide, radius] = [(2 * r).toFixed(1), r.toFixed(1)];
  const arc = (way: string) => `a${radius},${radius} 0 1,0 ${way}${wide},0`;
  return `M${(x - r).toFixed(1)},${y.toFixed(1)}${arc("")}${arc("-")}`;
}

/** A value of the reader's own signal: a point, and room for a finger around it. */
function createHandle(): SVGGElement {
  return svg(
    "g",
    {},
    svg("circle", { class: "touch", r: 12 }),
    svg("circle", { class: "point value" }),
  );
}

function updateHandle(group: SVGGElement, { x, y, index, radius }: Handle): void {
  const [touch, dot] = [...group.children] as [Element, Element];
  set(group, { "data-index": index });
  set(touch, { cx: x, cy: y });
  set(dot, { cx: x, cy: y, r: radius });
}
