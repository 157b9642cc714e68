/** Choose a unit: press it, drag over units, or walk from one to the next by the arrow keys. */

import type { Stage } from "../../ui/demo.ts";
import { set } from "../../ui/dom.ts";
import { across, type Layout, neighbour } from "./layout.ts";
import type { State } from "./state.ts";

const STEPS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function pointing(stage: Stage<State>, hit: SVGRectElement, layout: () => Layout): void {
  const { signal } = stage;
  set(hit, {
    role: "slider",
    tabindex: 0,
    "aria-label":
      "The unit that is taken apart: walk with the arrow keys, by layers with Page Up and Page Down",
    "aria-valuemin": 1,
    "aria-valuemax": 5,
  });
  const point = (event: PointerEvent) => {
    const { left, top, width } = hit.ownerSVGElement!.getBoundingClientRect();
    const per = layout().width / width;
    const { network } = stage.state();
    const unit = layout().at(network, (event.clientX - left) * per, (event.clientY - top) * per);
    if (unit) stage.update({ unit });
  };
  hit.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      hit.setPointerCapture(event.pointerId);
      point(event);
    },
    { signal },
  );
  hit.addEventListener(
    "pointermove",
    (event) => {
      if (hit.hasPointerCapture(event.pointerId)) point(event);
    },
    { signal },
  );
  hit.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { network, unit } = stage.state();
      const step = STEPS[event.key];
      const layers = { PageUp: -1, PageDown: 1 }[event.key];
      if (step) stage.update({ unit: neighbour(network, unit, ...step) });
      else if (layers) stage.update({ unit: across(network, unit, layers) });
      else return;
      event.preventDefault();
    },
    { signal },
  );
}
