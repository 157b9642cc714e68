/** The signal, moved by hand, and what each network says of it at every shift. */

import { compact } from "../../core/format.ts";
import { onArrows } from "../../ui/arrows.ts";
import type { Stage } from "../../ui/demo.ts";
import { html, list, set, svg, text } from "../../ui/dom.ts";
import { linear } from "../../ui/scale.ts";
import { original } from "../mnist-1d/sample.ts";
import { NAMES } from "./sentences.ts";
import { digits, expected, LIMITS, SHIFTS, type State, shifted } from "./state.ts";

const MARGIN = 8;
const BASE = 76;
const REACH = 56;
const STRIPS = [184, 240];
const TALL = 26;
const HEIGHT = 296;
const LENGTH = 40;

interface Cell {
  x: number;
  width: number;
  digit: number;
  right: boolean;
  here: boolean;
}

export function picture(stage: Stage<State>) {
  let width = 720;
  const axis = svg("line", { class: "axis", y1: BASE, y2: BASE });
  const ghost = svg("polyline", { class: "ghost" });
  const stems = svg("g", { class: "stems" });
  const area = svg("rect", {
    class: "grip",
    y: 4,
    height: 2 * (BASE - 4),
    rx: 4,
    tabindex: 0,
    role: "slider",
    "aria-label": "The signal: drag it, or shift it with the arrow keys",
    "aria-valuemin": LIMITS.shift.min,
    "aria-valuemax": LIMITS.shift.max,
  });
  const marker = svg("line", { class: "marker", y1: STRIPS[0]! - 6, y2: STRIPS[1]! + TALL + 6 });
  const strips = STRIPS.map((y) => svg("g", { class: "strip", transform: `translate(0 ${y})` }));
  const names = STRIPS.map((y, i) => svg("text", { x: MARGIN, y: y - 8 }, NAMES[i]!));
  const ticks = svg("g", { class: "ticks" });
  const drawing = svg(
    "svg",
    { class: "picture", role: "group", "aria-label": "The signal, and what is said at each shift" },
    axis,
    ghost,
    stems,
    area,
    marker,
    ...names,
    ...strips,
    ticks,
  );
  const element = html("div", { class: "course-frame" }, drawing);
  const pitch = () => (width - 2 * MARGIN) / LENGTH;
  const cell = () => (width - 2 * MARGIN) / SHIFTS.length;
  drag(stage, area, () => pitch());
  drawing.addEventListener(
    "click",
    ({ target }) => {
      const pressed = (target as Element).closest("[data-shift]");
      if (pressed) stage.update({ shift: Number(pressed.getAttribute("data-shift")) });
    },
    { signal: stage.signal },
  );

  const draw = (state: State) => {
    const { values } = original(state);
    const largest = Math.max(1e-9, ...values.map(Math.abs));
    const height = linear([0, largest], [0, REACH]);
    const x = (at: number) => MARGIN + (at + 0.5) * pitch();
    const points = (all: readonly number[]) =>
      all.map((value, i) => ({ x: x(i), y: BASE - height(value), in: inside(i, state.shift) }));
    list(stems, points(shifted(values, state.shift)), createStem, updateStem);
    const before = points(values).map((p) => `${p.x.toFixed(1)},${p.y.toFixed(1)}`);
    set(ghost, { points: before.join(" "), "data-none": state.shift === 0 ? true : null });
    set(area, {
      x: MARGIN / 2,
      width: width - MARGIN,
      "aria-valuenow": state.shift,
      "aria-valuetext": `shift ${state.shift}`,
    });
    for (const [i, said] of digits(state).entries()) {
      const cells = said.map(
        (digit, at): Cell => ({
          x: MARGIN + at * cell(),
          width: cell(),
          digit,
          right: digit === expected(state, said),
          here: SHIFTS[at] === state.shift,
        }),
      );
      list(strips[i]!, cells, createCell, updateCell);
    }
    const here = MARGIN + (SHIFTS.indexOf(state.shift) + 0.5) * cell();
    set(marker, { x1: here, x2: here });
    const labelled = SHIFTS.filter((shift) => shift % 5 === 0);
    list(
      ticks,
      labelled.map((shift) => ({ shift, x: MARGIN + (SHIFTS.indexOf(shift) + 0.5) * cell() })),
      () => svg("text", { y: HEIGHT - 6, "text-anchor": "middle" }),
      (tick, { shift, x: at }) => {
        set(tick, { x: at });
        text(tick, shift === 0 ? "not moved" : compact(shift));
      },
    );
    set(axis, { x1: MARGIN, x2: width - MARGIN });
    set(drawing, { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` });
  };
  const resize = (measured: number) => {
    if (measured === width) return;
    width = measured;
    stage.redraw();
  };
  return { element, draw, resize };
}

/** Whether a value was in the signal before it moved; the others repeat its end. */
function inside(at: number, shift: number): boolean {
  return at - shift >= 0 && at - shift < LENGTH;
}

/** The signal follows the hand; arrow keys move it where it has the focus. */
function drag(stage: Stage<State>, area: SVGRectElement, pitch: () => number): void {
  const { signal } = stage;
  const { min, max } = LIMITS.shift;
  let from: { x: number; shift: number } | null = null;
  area.addEventListener(
    "pointerdown",
    (event) => {
      area.setPointerCapture(event.pointerId);
      from = { x: event.clientX, shift: stage.state().shift };
    },
    { signal },
  );
  area.addEventListener(
    "pointermove",
    (event) => {
      if (from === null || !area.hasPointerCapture(event.pointerId)) return;
      const shift = from.shift + Math.round((event.clientX - from.x) / pitch());
      stage.update({ shift: Math.min(max, Math.max(min, shift)) });
    },
    { signal },
  );
  area.addEventListener("pointerup", () => (from = null), { signal });
  onArrows(area, signal, {
    range: LIMITS.shift,
    value: () => stage.state().shift,
    go: (shift) => stage.update({ shift }),
  });
}

function createStem(): SVGGElement {
  return svg(
    "g",
    {},
    svg("line", { class: "stem", y1: BASE }),
    svg("circle", { class: "point", r: 4 }),
  );
}

function updateStem(group: SVGGElement, point: { x: number; y: number; in: boolean }): void {
  const [line, dot] = [...group.children] as [Element, Element];
  set(group, { class: point.in ? null : "padded" });
  set(line, { x1: point.x, x2: point.x, y2: point.y });
  set(dot, { cx: point.x, cy: point.y });
}

function createCell(at: number): SVGGElement {
  return svg(
    "g",
    { "data-shift": SHIFTS[at] },
    svg("rect", { class: "cell", y: 0, height: TALL }),
    svg("text", { y: TALL / 2 + 5, "text-anchor": "middle" }),
  );
}

function updateCell(group: SVGGElement, { x, width, digit, right, here }: Cell): void {
  const [box, said] = [...group.children] as [Element, Element];
  set(group, { class: `${right ? "right" : "wrong"}${here ? " here" : ""}` });
  set(box, { x: x + 0.75, width: Math.max(1, width - 1.5) });
  set(said, { x: x + width / 2 });
  text(said, String(digit));
}
