/** The pieces of the picture: a value, a level of the axis, and what makes the ring a slider. */

import { set, svg, text } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import type { Handle } from "./handles.ts";

/** Where the positions begin, and where zero lies, in pixels. */
export const LEFT = 44;
export const BASE = 132;

/** A value as it is drawn. */
export interface Dot {
  x: number;
  y: number;
  r: number;
  kind: string;
  /** Which value of the template it is, where it can be dragged. */
  index: number | null;
}

export function slider(turned: Handle | null) {
  if (turned === null || !interactive()) {
    return { role: null, tabindex: null, "aria-label": null, "aria-valuenow": null };
  }
  return {
    role: "slider",
    tabindex: 0,
    "aria-label": turned.label,
    "aria-orientation": turned.axis === "y" ? "vertical" : "horizontal",
    "aria-valuenow": Number(turned.value.toFixed(4)),
    "aria-valuemin": turned.min,
    "aria-valuemax": turned.max,
    "aria-valuetext": turned.says,
  };
}

export function createDot(): SVGGElement {
  return svg(
    "g",
    {},
    svg("line", { class: "stem", y1: BASE }),
    svg("circle", { class: "reach", r: 12 }),
    svg("circle", { class: "point" }),
  );
}

export function updateDot(group: SVGGElement, { x, y, r, kind, index }: Dot): void {
  const [line, reach, dot] = [...group.children] as [Element, Element, Element];
  set(group, { class: kind, "data-index": index });
  if (index !== null) set(reach, { cx: x, cy: y });
  set(line, { x1: x, x2: x, y2: y });
  set(dot, { cx: x, cy: y, r });
}

export function createLevel(): SVGGElement {
  return svg(
    "g",
    {},
    svg("line", { x1: LEFT }),
    svg("text", { x: LEFT - 8, "text-anchor": "end" }),
  );
}

export function updateLevel(
  group: SVGGElement,
  { y, words, end }: { y: number; words: string; end: number },
): void {
  const [line, number] = [...group.children] as [Element, Element];
  set(line, { x2: end, y1: y, y2: y });
  set(number, { y: y + 4 });
  text(number, words);
}
