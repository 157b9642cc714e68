/** A part of a picture that is read out cell by cell: by pointing, or with the arrow keys. */

import type { Stage } from "../../ui/demo.ts";
import { set } from "../../ui/dom.ts";

export interface CursorOptions {
  label: string;
  element: SVGElement;
  /** How many cells there are. */
  count(): number;
  /** The cell after a step right or down (or left or up). */
  move(from: number, right: number, down: number): number;
  /** The cell at a pixel of the picture, or null. */
  at(x: number, y: number): number | null;
  /** The cell's numbers in words. */
  describe(cell: number): string;
  /** The cursor has come to a cell, or (null) left. */
  go(cell: number | null): void;
  /** Whether a cell must be pressed to go there, and stays chosen. */
  chosen?: boolean;
}

const STEPS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** @returns the function that shows where the cursor is: at a cell, or where it was. */
export function cursor<S>(stage: Stage<S>, options: CursorOptions) {
  const { element, label, count, move, at, describe, go, chosen = false } = options;
  const { signal } = stage;
  let cell = 0;
  set(element, {
    role: "slider",
    tabindex: 0,
    "aria-label": label,
    "aria-orientation": "horizontal",
    "aria-valuemin": 1,
  });
  const show = (to = cell) => {
    cell = to;
    set(element, {
      "aria-valuemax": Math.max(1, count()),
      "aria-valuenow": Math.min(count(), cell + 1),
      "aria-valuetext": describe(cell),
    });
  };
  const enter = (to: number) => {
    go(to);
    show(to);
  };
  const pointed = (event: PointerEvent): number | null => {
    const box = element.ownerSVGElement!.getBoundingClientRect();
    return at(event.clientX - box.left, event.clientY - box.top);
  };
  element.addEventListener(
    "keydown",
    (event) => {
      const by = STEPS[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      enter(Math.min(count() - 1, Math.max(0, move(cell, ...by))));
    },
    { signal },
  );
  const point = (event: PointerEvent) => {
    const to = pointed(event);
    if (to !== null && to !== cell) enter(to);
    else if (to !== null) go(to);
  };
  element.addEventListener("pointerdown", point, { signal });
  if (chosen) return { show };
  element.addEventListener("pointermove", point, { signal });
  element.addEventListener("pointerleave", () => go(null), { signal });
  element.addEventListener("focus", () => go(Math.min(cell, count() - 1)), { signal });
  element.addEventListener("blur", () => go(null), { signal });
  return { show };
}
