/** Drag the window along the signal, or press an output, to move to it. */

import type { Stage } from "../../ui/demo.ts";
import type { State } from "./state.ts";

export function scrubbing(
  stage: Stage<State>,
  drawing: SVGSVGElement,
  window: SVGRectElement,
  positionAt: (pixel: number) => number,
): void {
  const { signal } = stage;
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
      if (!window.hasPointerCapture(event.pointerId)) return;
      const { left, width } = drawing.getBoundingClientRect();
      const unit = drawing.viewBox.baseVal.width / width;
      stage.update({ position: positionAt((event.clientX - left) * unit) });
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
