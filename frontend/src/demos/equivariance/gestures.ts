/** What a hand and a key do in the diagram: move t[x], draw on an image, point at a place. */

import { BRIGHT } from "../../core/shapes.ts";
import type { Stage } from "../../ui/demo.ts";
import { set, svg } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import { compare } from "./comparison.ts";
import type { panel } from "./panel.ts";
import { inputGrid, LIMITS, type State } from "./state.ts";
import { MARGIN } from "./stems.ts";

type Panel = ReturnType<typeof panel>;

const ARROWS: Record<string, [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** Drag the moved input, or use the arrow keys on it. */
export function moving(stage: Stage<State>, { drawing }: Panel): () => void {
  const { signal } = stage;
  let from = { x: 0, y: 0, shift: 0, down: 0 };
  const to = (shift: number, down: number) => {
    const state = stage.state();
    const flat = state.dimensions === 1;
    const change = { shift: clamp(shift), down: flat ? state.down : clamp(down) };
    if (change.shift !== state.shift || change.down !== state.down) stage.update(change);
  };
  drawing.addEventListener(
    "pointerdown",
    (event) => {
      if (stage.state().transform !== "translate" || event.button !== 0) return;
      event.preventDefault();
      const { shift, down } = stage.state();
      from = { x: event.clientX, y: event.clientY, shift, down };
      drawing.setPointerCapture(event.pointerId);
      drawing.focus({ preventScroll: true });
    },
    { signal },
  );
  drawing.addEventListener(
    "pointermove",
    (event) => {
      if (!drawing.hasPointerCapture(event.pointerId)) return;
      const { width } = drawing.getBoundingClientRect();
      const cell = width / inputGrid(stage.state()).columns;
      to(
        from.shift + Math.round((event.clientX - from.x) / cell),
        from.down + Math.round((event.clientY - from.y) / cell),
      );
    },
    { signal },
  );
  drawing.addEventListener(
    "keydown",
    (event) => {
      const [right, down] = ARROWS[event.key] ?? [0, 0];
      const state = stage.state();
      if (state.transform !== "translate" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (right === 0 && (down === 0 || state.dimensions === 1)) return;
      event.preventDefault();
      to(state.shift + right, state.down + down);
    },
    { signal },
  );
  noScrolling(drawing, signal);
  return () => {
    if (!interactive()) return;
    const movable = stage.state().transform === "translate";
    set(drawing, {
      tabindex: movable ? 0 : null,
      role: movable ? "application" : "img",
      "data-grab": movable,
    });
  };
}

const clamp = (steps: number) => Math.min(LIMITS.shift.max, Math.max(LIMITS.shift.min, steps));

/** Draw on the image with a pen of the brightest level; a stroke that begins on bright rubs out. */
export function drawingPen(stage: Stage<State>, { drawing }: Panel): () => void {
  const { signal } = stage;
  const cursor = svg("rect", { class: "cursor", width: 1, height: 1 });
  drawing.append(cursor);
  let pen: number | null = null;
  let at = { r: 0, c: 0 };
  const side = () => inputGrid(stage.state()).columns;
  const level = () => stage.state().image[at.r * side() + at.c]!;
  const paint = (value: number) => {
    const { image } = stage.state();
    const index = at.r * side() + at.c;
    if (image[index] !== value) stage.update({ image: image.with(index, value) });
  };
  const pointed = (event: PointerEvent) => {
    const { left, top, width } = drawing.getBoundingClientRect();
    const cell = width / side();
    at = {
      r: within(Math.floor((event.clientY - top) / cell), side()),
      c: within(Math.floor((event.clientX - left) / cell), side()),
    };
    set(cursor, { x: at.c, y: at.r });
  };
  const on = () => stage.state().dimensions === 2;
  drawing.addEventListener(
    "pointerdown",
    (event) => {
      if (!on() || event.button !== 0) return;
      event.preventDefault();
      drawing.setPointerCapture(event.pointerId);
      drawing.focus({ preventScroll: true });
      pointed(event);
      pen = level() === BRIGHT ? 0 : BRIGHT;
      paint(pen);
    },
    { signal },
  );
  drawing.addEventListener(
    "pointermove",
    (event) => {
      if (pen === null || !drawing.hasPointerCapture(event.pointerId)) return;
      pointed(event);
      paint(pen);
    },
    { signal },
  );
  for (const end of ["pointerup", "pointercancel"] as const) {
    drawing.addEventListener(
      end,
      () => {
        pen = null;
      },
      { signal },
    );
  }
  drawing.addEventListener(
    "keydown",
    (event) => {
      if (!on() || event.ctrlKey || event.metaKey || event.altKey) return;
      const move = ARROWS[event.key];
      if (move) {
        at = { r: within(at.r + move[1], side()), c: within(at.c + move[0], side()) };
        set(cursor, { x: at.c, y: at.r });
        stage.announce(`Row ${at.r + 1}, column ${at.c + 1}: ${level()}`);
      } else if (event.key === " " || event.key === "Enter") {
        paint(level() === BRIGHT ? 0 : BRIGHT);
      } else return;
      event.preventDefault();
    },
    { signal },
  );
  noScrolling(drawing, signal, on);
  return () => {
    if (!interactive()) return;
    // A signal's picture holds its values, each a slider of its own: a group, not one image.
    set(drawing, { tabindex: on() ? 0 : null, role: on() ? "application" : "group" });
    set(drawing, { "data-pen": on() });
    at = { r: within(at.r, side()), c: within(at.c, side()) };
  };
}

const within = (n: number, count: number) => Math.min(count - 1, Math.max(0, n));

/** Point at a place of an output to read its numbers; a press keeps it, keys move it. */
export function pointing(stage: Stage<State>, panels: readonly Panel[], keyed: Panel): () => void {
  const { signal } = stage;
  const go = (place: number | null) => {
    if (place !== stage.state().place) stage.update({ place });
  };
  for (const { drawing } of panels) {
    const placeAt = (event: PointerEvent) => {
      const { output } = compare(stage.state());
      const { left, top, width, height } = drawing.getBoundingClientRect();
      const margin = stage.state().dimensions === 1 ? MARGIN : 0;
      const share = (event.clientX - left - margin) / (width - 2 * margin);
      const c = Math.floor(share * output.columns);
      const r = Math.floor(((event.clientY - top) / height) * output.rows);
      go(within(r, output.rows) * output.columns + within(c, output.columns));
    };
    drawing.addEventListener("pointermove", placeAt, { signal });
    drawing.addEventListener("pointerdown", placeAt, { signal });
  }
  keyed.drawing.addEventListener(
    "keydown",
    (event) => {
      const { output } = compare(stage.state());
      const move = ARROWS[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") go(null);
      if (!move || (output.rows === 1 && move[0] === 0)) return;
      event.preventDefault();
      const { place } = stage.state();
      if (place === null) return go(0);
      const r = within(Math.floor(place / output.columns) + move[1], output.rows);
      const c = within((place % output.columns) + move[0], output.columns);
      go(r * output.columns + c);
    },
    { signal },
  );
  return () => {
    if (!interactive()) return;
    const shown = keyed.drawing.getAttribute("display") !== "none";
    set(keyed.drawing, { tabindex: shown ? 0 : null, role: shown ? "application" : "img" });
  };
}

/** A finger that draws or drags does not scroll the page. */
function noScrolling(element: Element, signal: AbortSignal, on = () => true): void {
  element.addEventListener(
    "touchstart",
    (event) => {
      if (on() && element.getAttribute("role") === "application") event.preventDefault();
    },
    { signal, passive: false },
  );
}
