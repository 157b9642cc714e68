/** The shapes of the picture, each drawn from an item that says all about it. */

import { set, svg, text } from "../../ui/dom.ts";

/** A value on its stem. */
export interface Stem {
  x: number;
  y: number;
  base: number;
  half: number;
  round: boolean;
  label: string;
  below: boolean;
  lying: boolean;
  kind: string;
  /** The input value that can be changed here. */
  index: number | null;
  pitch: number;
  /** Where the other way puts this value, or where it was before the ReLU. */
  other: number | null;
}

export const stem = () =>
  svg(
    "g",
    {},
    svg("line", { class: "stem" }),
    svg("rect", { class: "point" }),
    svg("circle", { class: "other", r: 8 }),
    svg("text", {}),
    svg("rect", { class: "hit", height: 44 }),
  );

export function drawStem(element: Element, item: Stem): void {
  const { x, y, base, half, round, kind, index, pitch, other } = item;
  const [line, point, ring, number, hit] = element.children;
  set(element, { class: kind, "data-index": index });
  set(line!, { x1: x, x2: x, y1: base, y2: y });
  set(point!, {
    x: x - half,
    y: y - half,
    width: 2 * half,
    height: 2 * half,
    rx: round ? half : Math.min(2, half / 2),
  });
  set(ring!, {
    cx: x,
    cy: other,
    r: Math.min(9, half + 4),
    display: other === null ? "none" : null,
  });
  text(number!, item.label);
  const away = other !== null && Math.abs(other - y) < 12 ? half + 10 : half + 7;
  const at = y + (item.below ? away + (item.lying ? 8 : 0) : -away);
  const turned = item.below ? "end" : "start";
  set(number!, {
    x: item.lying ? x : x + 4,
    y: at,
    "text-anchor": item.lying ? "middle" : turned,
    transform: item.lying ? null : `rotate(-90 ${x + 4} ${at})`,
  });
  const width = Math.min(40, pitch);
  set(hit!, index === null ? { display: "none" } : { x: x - width / 2, y: y - 22, width });
}

/** A weight: a number in a box. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  label: string;
  lying: boolean;
  index: number;
  kind: string;
}

export const box = () =>
  svg("g", {}, svg("rect", { class: "box", rx: 4 }), svg("text", { "text-anchor": "middle" }));

export function drawBox(element: Element, item: Box): void {
  const { x, y, width, height, index, kind, lying } = item;
  const [frame, number] = element.children;
  set(element, { "data-index": index, class: kind });
  set(frame!, { x: x - width / 2 + 1.5, y, width: width - 3, height });
  const middle = y + height / 2;
  text(number!, item.label);
  set(number!, {
    x,
    y: middle + 4,
    transform: lying ? null : `rotate(-90 ${x} ${middle})`,
  });
}

export interface Words {
  x: number;
  y: number;
  words: string;
  anchor: "start" | "middle";
  kind: string;
}

export const words = () => svg("text", {});

export function drawWords(element: Element, { x, y, words, anchor, kind }: Words): void {
  text(element, words);
  set(element, { x, y, "text-anchor": anchor, class: kind });
}
