/** The signal follows the hand; arrow keys move it where it has the focus. */

import { GRID } from "../../core/sampler.ts";
import { LENGTH } from "../../data/mnist1d.ts";
import type { Stage } from "../../ui/demo.ts";
import { set } from "../../ui/dom.ts";
import { LIMITS, movedBy, type State } from "./state.ts";

/** @param pitch pixels from one input to the next. */
export function slideable(stage: Stage<State>, area: SVGRectElement, pitch: () => number): void {
  const { signal } = stage;
  set(area, { role: "slider", tabindex: 0 });
  const go = (to: number) => {
    const kind = movedBy(stage.state());
    const { min, max } = LIMITS[kind];
    stage.update({ [kind]: Math.min(max, Math.max(min, to)) });
  };
  let from: { x: number; at: number } | null = null;
  area.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      area.setPointerCapture(event.pointerId);
      const state = stage.state();
      from = { x: event.clientX, at: state[movedBy(state)] };
    },
    { signal },
  );
  area.addEventListener(
    "pointermove",
    (event) => {
      if (from === null || !area.hasPointerCapture(event.pointerId)) return;
      const inputs = (event.clientX - from.x) / pitch();
      // A place counts on the sampler's grid, which is finer than the inputs.
      const finer = movedBy(stage.state()) === "place" ? (GRID - 1) / (LENGTH - 1) : 1;
      go(from.at + Math.round(inputs * finer));
    },
    { signal },
  );
  for (const end of ["pointerup", "pointercancel"] as const) {
    area.addEventListener(end, () => (from = null), { signal });
  }
  area.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const state = stage.state();
      const kind = movedBy(state);
      const to = {
        ArrowRight: state[kind] + 1,
        ArrowUp: state[kind] + 1,
        ArrowLeft: state[kind] - 1,
        ArrowDown: state[kind] - 1,
        PageUp: state[kind] + 5,
        PageDown: state[kind] - 5,
        Home: LIMITS[kind].min,
        End: LIMITS[kind].max,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      go(to);
    },
    { signal },
  );
}
