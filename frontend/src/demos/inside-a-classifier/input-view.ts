/** The image under one's hands: dragged, or drawn on; and what the chosen unit sees of it. */

import type { Stage } from "../../ui/demo.ts";
import { html, set, svg } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { pixels, rgbaOf } from "../../ui/pixels.ts";
import { image } from "./image.ts";
import { sees } from "./layers.ts";
import { hasRoom, LIMITS, type State } from "./state.ts";
import { SIDE } from "./tones.ts";

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** @param tone what the pen draws with now. */
export function inputView(stage: Stage<State>, tone: () => number) {
  const { signal } = stage;
  const picture = pixels(SIDE);
  const field = svg("rect", { class: "field" });
  const cursor = svg("circle", { class: "cursor", r: 3.5 });
  const marks = svg(
    "svg",
    { class: "inside-marks", viewBox: `0 0 ${SIDE} ${SIDE}`, role: "application" },
    field,
    cursor,
  );
  const element = html("div", { class: "inside-canvas inside-input" }, picture.element, marks);
  let drawn: Uint8Array | null = null;
  const pen = { x: SIDE / 2, y: SIDE / 2 };
  let held: { x: number; y: number; right: number; down: number } | null = null;

  const limited = (value: number) => Math.min(LIMITS.shift.max, Math.max(LIMITS.shift.min, value));
  const shift = (right: number, down: number) => {
    const to = { right: limited(right), down: limited(down) };
    const { right: r, down: d } = stage.state();
    if (to.right !== r || to.down !== d) stage.update(to);
  };
  const within = (at: number) => Math.min(SIDE - 1, Math.max(0, at));
  const showPen = () => set(cursor, { cx: pen.x + 0.5, cy: pen.y + 0.5 });
  const paint = () => {
    const state = stage.state();
    if (!hasRoom(state)) {
      return stage.complain({
        control: "hand",
        message: "There are 300 dots: rub them out first.",
      });
    }
    stage.update({ dots: [...state.dots, pen.x, pen.y, tone()] });
  };
  const place = (event: PointerEvent) => {
    const box = marks.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * SIDE,
      y: ((event.clientY - box.top) / box.height) * SIDE,
    };
  };
  const stroke = (event: PointerEvent) => {
    const { x, y } = place(event);
    const to = { x: within(Math.floor(x)), y: within(Math.floor(y)) };
    // Nearer ones would lie on one another.
    if (Math.hypot(to.x - pen.x, to.y - pen.y) < 2) return;
    Object.assign(pen, to);
    paint();
  };
  marks.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      marks.setPointerCapture(event.pointerId);
      marks.focus({ preventScroll: true });
      const state = stage.state();
      const at = place(event);
      held = { ...at, right: state.right, down: state.down };
      if (state.hand !== "draw") return;
      Object.assign(pen, { x: within(Math.floor(at.x)), y: within(Math.floor(at.y)) });
      paint();
    },
    { signal },
  );
  marks.addEventListener(
    "pointermove",
    (event) => {
      if (!held || !marks.hasPointerCapture(event.pointerId)) return;
      if (stage.state().hand === "draw") return stroke(event);
      const { x, y } = place(event);
      shift(held.right + Math.round(x - held.x), held.down + Math.round(y - held.y));
    },
    { signal },
  );
  for (const end of ["pointerup", "pointercancel"] as const) {
    marks.addEventListener(end, () => (held = null), { signal });
  }
  marks.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { hand, right, down } = stage.state();
      const move = ARROWS[event.key];
      const far = event.shiftKey ? 8 : 1;
      if (move && hand === "move") shift(right + far * move[0], down + far * move[1]);
      else if (move) {
        pen.x = within(pen.x + 2 * far * move[0]);
        pen.y = within(pen.y + 2 * far * move[1]);
        showPen();
        stage.announce(`Pen at column ${pen.x + 1}, row ${pen.y + 1}`);
      } else if (hand === "draw" && (event.key === " " || event.key === "Enter")) paint();
      else return;
      event.preventDefault();
    },
    { signal },
  );

  const draw = (state: State) => {
    const { planes } = image(state);
    if (planes !== drawn) picture.draw(rgbaOf(planes));
    drawn = planes;
    const [left, right] = sees(state.layer, state.column);
    const [top, bottom] = sees(state.layer, state.row);
    const box = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
    set(field, { ...box });
    const drawing = state.hand === "draw";
    set(cursor, { display: drawing ? null : "none" });
    showPen();
    const how = drawing
      ? "the arrow keys move the pen, Space draws"
      : "drag it, or move it with the arrow keys";
    set(marks, {
      "aria-label": `The image, ${SIDE} by ${SIDE} pixels: ${how}`,
      "data-hand": state.hand,
      tabindex: interactive() ? 0 : null,
    });
  };
  return { element, draw };
}
