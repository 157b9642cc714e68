/**
 * The shapes of the picture. Each is made once and then drawn from an item that says all about it,
 * so that an item that has not changed costs nothing.
 */

import { set, svg, text } from "../../ui/dom.ts";
import type { Box } from "../../ui/weight-box.ts";

/** The radius of the ring round the present output. */
export const RING = 13;

interface Labelled {
  label: string;
  /** Whether the label hangs below its point. */
  below: boolean;
  /** Whether it lies, or stands upright where there is no room to lie down. */
  lying: boolean;
}

/** A value: a circle on a stem. */
export interface Stemmed extends Labelled {
  x: number;
  y: number;
  base: number;
  /** The input value that stands here; null where something has been put. */
  index: number | null;
  /** Whether a weight reads it now. */
  read: boolean;
  pitch: number;
}

export function stemmed(): SVGGElement {
  return svg(
    "g",
    {},
    svg("line", { class: "stem" }),
    svg("circle", { class: "point", r: 6 }),
    svg("text", { class: "number" }),
    svg("rect", { class: "hit", height: 44 }),
  );
}

export function drawStemmed(element: Element, item: Stemmed): void {
  const { x, y, base, index, read, pitch } = item;
  const [stem, point, number, hit] = element.children;
  const kind = index === null ? "vacant" : "value";
  set(element, { "data-index": index, class: read ? `${kind} read` : kind });
  set(stem!, { x1: x, x2: x, y1: base, y2: y });
  set(point!, { cx: x, cy: y });
  label(number!, item, x, y, 14);
  // A generous place to take hold of, though never wider than its column.
  const width = Math.min(40, pitch);
  set(hit!, { x: x - width / 2, y: y - 22, width });
}

/** The path from a box to the place where all weights meet. */
export function ray({ x, y, height }: Box, meetingX: number, meetingY: number): string {
  const from = y + height;
  return `M${x} ${from}C${x} ${from + 28} ${meetingX} ${from + 12} ${meetingX} ${meetingY}`;
}

/** An output: a square on a stem. */
export interface Output extends Labelled {
  x: number;
  y: number;
  base: number;
  side: number;
  /** "past": shown with its number; "now"; "next": an outline; "hidden": to be predicted. */
  reveal: "past" | "now" | "next" | "hidden";
  /** Where it would be if the output had been shifted instead of the input. */
  moved: number | null;
}

export function output(index: number): SVGGElement {
  return svg(
    "g",
    { "data-output": index },
    svg("line", { class: "stem" }),
    svg("rect", { class: "square", rx: 2 }),
    svg("text", { class: "number" }),
    svg("circle", { r: 10 }),
  );
}

export function drawOutput(element: Element, item: Output): void {
  const { x, y, base, side, reveal, moved } = item;
  const [stem, square, number, ghost] = element.children;
  set(element, { class: reveal });
  set(stem!, { x1: x, x2: x, y1: base, y2: y });
  set(square!, { x: x - side / 2, y: y - side / 2, width: side, height: side });
  label(number!, item, x, y, reveal === "now" ? RING + 6 : 14);
  set(ghost!, { class: moved === null ? "none" : "moved", cx: x, cy: moved ?? base });
}

/** The reader's guess. */
export function guess(): SVGGElement {
  return svg("g", {}, svg("circle", { r: 8 }), svg("text", {}, "guess"));
}

export function drawGuess(element: Element, { x, y }: { x: number; y: number }): void {
  set(element.children[0]!, { cx: x, cy: y });
  set(element.children[1]!, { x: x + 14, y: y + 4 });
}

interface Axis {
  y: number;
  name: string;
  top: number;
  width: number;
}

export function axis(): SVGGElement {
  return svg("g", {}, svg("line", { x1: 0 }), svg("text", { x: 0 }));
}

export function drawAxis(element: Element, { y, name, top, width }: Axis): void {
  set(element.children[0]!, { x2: width, y1: y, y2: y });
  set(element.children[1]!, { y: top });
  text(element.children[1]!, name);
}

/** A number beyond the end of a stem. */
function label(
  element: Element,
  { label: words, below, lying }: Labelled,
  x: number,
  y: number,
  gap: number,
): void {
  text(element, words);
  if (lying) {
    set(element, {
      x,
      y: below ? y + gap + 9 : y - gap,
      "text-anchor": "middle",
      transform: null,
    });
  } else {
    const end = below ? y + gap : y - gap;
    set(element, {
      x: x + 4,
      y: end,
      "text-anchor": below ? "end" : "start",
      transform: `rotate(-90 ${x + 4} ${end})`,
    });
  }
}
