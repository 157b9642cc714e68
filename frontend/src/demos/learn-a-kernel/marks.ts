/**
 * The shapes of the pictures. Each is made once and then drawn from an item that says all about it,
 * so that an item that has not changed costs nothing.
 */

import { set, svg, text } from "../../ui/dom.ts";

interface Labelled {
  x: number;
  y: number;
  label: string;
  below: boolean;
}

/** An input: a circle on a stem. */
export interface Input extends Labelled {
  base: number;
  index: number;
  pitch: number;
}

export function input(): SVGGElement {
  return svg(
    "g",
    { class: "value" },
    svg("line", { class: "stem" }),
    svg("circle", { class: "point", r: 5 }),
    svg("text", { class: "number", "text-anchor": "middle" }),
    svg("rect", { class: "hit", height: 40 }),
  );
}

export function drawInput(element: Element, item: Input): void {
  const { x, y, base, index, pitch } = item;
  const [stem, point, number, hit] = element.children;
  set(element, { "data-index": index });
  set(stem!, { x1: x, x2: x, y1: base, y2: y });
  set(point!, { cx: x, cy: y });
  label(number!, item);
  const width = Math.min(40, pitch);
  set(hit!, { x: x - width / 2, y: y - 20, width });
}

/** A target and the output that should meet it, with what is between them. */
export interface Pair {
  x: number;
  target: number;
  output: number;
  side: number;
}

export function pair(): SVGGElement {
  return svg(
    "g",
    {},
    svg("line", { class: "error" }),
    svg("rect", { class: "target" }),
    svg("rect", { class: "square", rx: 1.5 }),
  );
}

export function drawPair(element: Element, { x, target, output, side }: Pair): void {
  const [error, goal, square] = element.children;
  set(error!, { x1: x, x2: x, y1: target, y2: output });
  const wide = side + 6;
  set(goal!, { x: x - wide / 2, y: target - wide / 2, width: wide, height: wide });
  set(square!, { x: x - side / 2, y: output - side / 2, width: side, height: side });
}

/** What a position adds: a bar that begins where the one before it ended. */
export interface Bar extends Labelled {
  from: number;
  to: number;
  width: number;
  /** Where the next bar begins; null for the last one. */
  next: number | null;
  kind: "positive" | "negative";
  total: boolean;
}

export function bar(): SVGGElement {
  return svg(
    "g",
    {},
    svg("rect", { class: "bar" }),
    svg("line", { class: "link" }),
    svg("text", { class: "number", "text-anchor": "middle" }),
  );
}

export function drawBar(element: Element, item: Bar): void {
  const { x, from, to, width, next, kind, total } = item;
  const [rect, link, number] = element.children;
  set(element, { class: total ? `${kind} total` : kind });
  set(rect!, {
    ...{ x: x - width / 2, y: Math.min(from, to), width },
    height: Math.max(1.5, Math.abs(to - from)),
  });
  set(link!, { x1: x + width / 2, x2: next ?? x + width / 2, y1: to, y2: to });
  label(number!, item);
}

/** A weight: an amber box on a stem, with the hidden one dashed, and the way of its next step. */
export interface Weight {
  x: number;
  y: number;
  base: number;
  goal: number;
  /** Whether the hidden weight must not be seen yet. */
  hidden: boolean;
  next: number | null;
  label: string;
  name: string;
  goalLabel: string;
  foot: number;
  top: number;
  width: number;
  index: number;
  current: boolean;
}

export function weight(): SVGGElement {
  return svg(
    "g",
    { class: "value" },
    svg("rect", { class: "column", rx: 6 }),
    svg("line", { class: "stem" }),
    svg("rect", { class: "goal", width: 46, height: 22, rx: 4 }),
    svg("path", { class: "step" }),
    svg("rect", { class: "box", width: 46, height: 22, rx: 4 }),
    svg("text", { class: "number", "text-anchor": "middle" }),
    svg("text", { class: "name", "text-anchor": "middle" }),
    svg("text", { class: "goal-name", "text-anchor": "middle" }),
  );
}

export function drawWeight(element: Element, item: Weight): void {
  const { x, y, base, goal, next, foot, top, width, index, current } = item;
  const [column, stem, aim, step, box, number, name, goalName] = element.children;
  set(element, { "data-index": index, class: current ? "value current" : "value" });
  set(column!, { x: x - width / 2, y: top, width, height: foot - top });
  set(stem!, { x1: x, x2: x, y1: base, y2: y });
  set(aim!, { x: x - 23, y: goal - 11, class: item.hidden ? "none" : "goal" });
  set(box!, { x: x - 23, y: y - 11 });
  set(number!, { x, y: y + 4 });
  text(number!, item.label);
  set(name!, { x, y: foot - 24 });
  text(name!, item.name);
  set(goalName!, { x, y: foot - 8 });
  text(goalName!, item.goalLabel);
  set(step!, { d: next === null ? "" : arrow(x + 29, y, next) });
}

/** An arrow up or down beside a box; a step too short to see still has its head. */
function arrow(x: number, from: number, to: number): string {
  const way = to < from ? -1 : 1;
  const end = Math.abs(to - from) < 7 ? from + 7 * way : to;
  return `M${x} ${from}V${end}m-4 ${-5 * way}l4 ${5 * way}l4 ${-5 * way}`;
}

/** A line of zero with its name. */
export interface Axis {
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
  set(element.children[1]!, { y: top + 12 });
  text(element.children[1]!, name);
}

function label(element: Element, { label: words, below, x, y }: Labelled): void {
  text(element, words);
  set(element, { x, y: below ? y + 19 : y - 11 });
}
