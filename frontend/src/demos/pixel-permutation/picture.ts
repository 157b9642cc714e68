/** The values in their own order, the order that the networks read, and what leads where. */

import { onArrows } from "../../ui/arrows.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { onDrag } from "../../ui/dragging.ts";
import { linear } from "../../ui/scale.ts";
import { original } from "../mnist-1d/sample.ts";
import { KERNEL_SIZE, LIMITS, STRIDE, type State, sources } from "./state.ts";

const MARGIN = 8;
const REACH = 44;
const TOP = 72;
const BOTTOM = 244;
const HEIGHT = 318;
const LENGTH = 40;

interface Stem {
  x: number;
  y: number;
  base: number;
  read: boolean;
}

export function picture(stage: Stage<State>) {
  let width = 720;
  const upper = svg("g", { class: "stems" });
  const links = svg("path", { class: "links" });
  const read = svg("path", { class: "read-links" });
  const frame = svg("rect", {
    class: "window",
    tabindex: 0,
    role: "slider",
    "aria-label": "Window of the first convolution",
    "aria-valuemin": LIMITS.position.min + 1,
    "aria-valuemax": LIMITS.position.max + 1,
  });
  const lower = svg("g", { class: "stems" });
  const names = [svg("text", { x: MARGIN, y: 14 }), svg("text", { x: MARGIN, y: HEIGHT - 4 })];
  const axes = [svg("line", { class: "axis" }), svg("line", { class: "axis" })];
  const drawing = svg(
    "svg",
    { class: "picture", role: "group", "aria-label": "The values, and the order they are read in" },
    ...axes,
    links,
    frame,
    read,
    upper,
    lower,
    ...names,
  );
  text(names[0]!, "the signal, position by position");
  const element = html("div", { class: "course-frame" }, drawing);

  const x = (at: number) => MARGIN + ((at + 0.5) * (width - 2 * MARGIN)) / LENGTH;
  follow(stage, drawing, frame, (pixel) => {
    const at = ((pixel - MARGIN) * LENGTH) / (width - 2 * MARGIN) - 0.5;
    const position = Math.round((at - (KERNEL_SIZE - 1) / 2) / STRIDE);
    return Math.min(LIMITS.position.max, Math.max(LIMITS.position.min, position));
  });

  const draw = (state: State) => {
    const { values } = original(state);
    const order = sources(state.view);
    const first = state.position * STRIDE;
    const window = order.slice(first, first + KERNEL_SIZE);
    const largest = Math.max(1e-9, ...values.map(Math.abs));
    const height = linear([0, largest], [0, REACH]);
    const stems = (base: number, from: readonly number[], marked: (place: number) => boolean) =>
      from.map(
        (source, place): Stem => ({
          x: x(place),
          y: base - height(values[source]!),
          base,
          read: marked(place),
        }),
      );
    const own = values.map((_, i) => i);
    list(
      upper,
      stems(TOP, own, (i) => window.includes(i)),
      createStem,
      updateStem,
    );
    const inWindow = (place: number) => place >= first && place < first + KERNEL_SIZE;
    list(lower, stems(BOTTOM, order, inWindow), createStem, updateStem);
    set(links, { d: order.map((source, place) => link(x(source), x(place))).join("") });
    set(read, { d: window.map((source, k) => link(x(source), x(first + k))).join("") });
    const pitch = x(1) - x(0);
    set(frame, {
      x: x(first) - pitch / 2,
      y: BOTTOM - REACH - 8,
      width: KERNEL_SIZE * pitch,
      height: 2 * REACH + 16,
      rx: 4,
      "aria-valuenow": state.position + 1,
      "aria-valuetext": `window ${state.position + 1} of ${LIMITS.position.max + 1}`,
    });
    set(drawing, { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` });
    for (const [i, base] of [TOP, BOTTOM].entries()) {
      set(axes[i]!, { x1: MARGIN, x2: width - MARGIN, y1: base, y2: base });
    }
    text(names[1]!, `what the networks read: ${state.view}`);
  };
  const resize = (measured: number) => {
    if (measured === width) return;
    width = measured;
    stage.redraw();
  };
  return { element, draw, resize };
}

/** The window is dragged, or moved by key where it has the focus; a press moves it there. */
function follow(
  stage: Stage<State>,
  drawing: SVGSVGElement,
  frame: SVGRectElement,
  positionAt: (pixel: number) => number,
): void {
  const { signal } = stage;
  onDrag(drawing, signal, (pixel) => stage.update({ position: positionAt(pixel) }));
  onArrows(frame, signal, {
    range: LIMITS.position,
    value: () => stage.state().position,
    go: (position) => stage.update({ position }),
  });
}

function link(from: number, to: number): string {
  const top = TOP + REACH + 8;
  const end = BOTTOM - REACH - 10;
  const middle = (top + end) / 2;
  const at = (value: number) => Math.round(value * 10) / 10;
  return `M${at(from)},${top}C${at(from)},${middle} ${at(to)},${middle} ${at(to)},${end}`;
}

function createStem(): SVGGElement {
  return svg("g", {}, svg("line", { class: "stem" }), svg("circle", { class: "point", r: 3.5 }));
}

function updateStem(group: SVGGElement, { x, y, base, read }: Stem): void {
  const [line, point] = [...group.children] as [Element, Element];
  set(group, { class: read ? "read" : null });
  set(line, { x1: x, x2: x, y1: base, y2: y });
  set(point, { cx: x, cy: y, r: read ? 5 : 3.5 });
}
