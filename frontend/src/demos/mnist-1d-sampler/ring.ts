/** The ring is dragged, or turned with the arrow keys; while the signal shifts, all of it is a handle. */

import type { Stage } from "../../ui/demo.ts";
import { clamp, type Handle, stepped } from "./handles.ts";
import type { State } from "./state.ts";

export interface RingOptions {
  handle(): Handle | null;
  /** The place of the grid under a pointer. */
  placeAt(clientX: number): number;
  /** Positions, or values, that a pixel stands for. */
  perPixel(axis: "x" | "y"): number;
  change(handle: Handle, value: number): void;
  /** A drag begins (true) or ends (false). */
  dragging(on: boolean): void;
}

export function ring(
  stage: Stage<State>,
  knob: SVGGElement,
  area: SVGRectElement,
  options: RingOptions,
): void {
  const { signal } = stage;
  const put = (handle: Handle, value: number) => {
    const next = clamp(handle, value);
    if (next !== handle.value) options.change(handle, next);
  };
  for (const grip of [knob, area]) {
    let from: { x: number; y: number; handle: Handle } | null = null;
    const end = () => {
      if (from === null) return;
      from = null;
      options.dragging(false);
    };
    grip.addEventListener(
      "pointerdown",
      (event) => {
        const handle = options.handle();
        if (handle === null || event.button !== 0) return;
        if (grip === area && !area.hasAttribute("data-drag")) return;
        grip.setPointerCapture(event.pointerId);
        // A prediction is put where the pointer is; what is there already is dragged from there.
        const pressed = grip === area && handle.name === "guess";
        const x = pressed ? options.placeAt(event.clientX) : handle.x;
        from = { x: event.clientX, y: event.clientY, handle: { ...handle, x } };
        options.dragging(true);
        if (pressed) put(handle, handle.at(x));
      },
      { signal },
    );
    grip.addEventListener(
      "pointermove",
      (event) => {
        const now = options.handle();
        if (from === null || now === null || !grip.hasPointerCapture(event.pointerId)) return;
        const { handle } = from;
        const moved =
          handle.axis === "x"
            ? handle.x + (event.clientX - from.x) * options.perPixel("x")
            : handle.y + (from.y - event.clientY) * options.perPixel("y");
        put(now, now.at(moved));
      },
      { signal },
    );
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      grip.addEventListener(name, end, { signal });
    }
  }
  knob.addEventListener("keydown", (event) => turn(event, options, put), { signal });
}

const STEPS: Record<string, number> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

function turn(
  event: KeyboardEvent,
  options: RingOptions,
  put: (handle: Handle, value: number) => void,
): void {
  const handle = options.handle();
  if (handle === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const by = STEPS[event.key];
  const to =
    by !== undefined
      ? stepped(handle, by)
      : { Home: handle.min, End: handle.max }[event.key as "Home" | "End"];
  if (to === undefined) return;
  event.preventDefault();
  put(handle, to);
}
