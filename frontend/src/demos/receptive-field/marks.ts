/** The shapes of the picture, each drawn from an item that says all about it. */

import { set, svg, text } from "../../ui/dom.ts";

/** An input or a unit. Inputs are circles, units squares, as everywhere in the course. */
export interface Dot {
  x: number;
  y: number;
  radius: number;
  /** Whether it is an input. */
  round: boolean;
  kind: string;
}

export const dot = () => svg("rect", {});

export function drawDot(rect: Element, { x, y, radius, round, kind }: Dot): void {
  set(rect, {
    x: x - radius,
    y: y - radius,
    width: 2 * radius,
    height: 2 * radius,
    rx: round ? radius : Math.min(2, radius / 3),
    class: kind,
  });
}

export interface Words {
  x: number;
  y: number;
  words: string;
  anchor?: "start" | "middle" | "end";
  kind?: string;
}

export const words = () => svg("text", {});

export function drawWords(element: Element, { x, y, words, anchor, kind }: Words): void {
  text(element, words);
  set(element, { x, y, "text-anchor": anchor ?? "middle", class: kind ?? null });
}

export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
  kind: string;
}

export const bar = () => svg("rect", {});

export function drawBar(rect: Element, { x, y, width, height, kind }: Bar): void {
  set(rect, { x, y, width, height, class: kind });
}

/** Straight lines as one path. */
export function strokes(lines: readonly (readonly [number, number, number, number])[]): string {
  return lines.map(([x1, y1, x2, y2]) => `M${r(x1)} ${r(y1)}L${r(x2)} ${r(y2)}`).join("");
}

/** A circle as a piece of a path. */
export function circle(x: number, y: number, radius: number): string {
  const d = 2 * radius;
  return `M${r(x - radius)} ${r(y)}a${radius} ${radius} 0 1 0 ${d} 0a${radius} ${radius} 0 1 0 ${-d} 0`;
}

const r = (n: number) => Math.round(n * 100) / 100;
