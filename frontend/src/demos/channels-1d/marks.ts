/**
 * The shapes of the picture. Each is made once and then drawn from an item that says all about it,
 * so that an item that has not changed costs nothing.
 */

import { set, svg, text } from "../../ui/dom.ts";

interface Labelled {
  x: number;
  y: number;
  base: number;
  label: string;
  /** Whether the label hangs below its point, and whether it lies or stands upright. */
  below: boolean;
  lying: boolean;
}

/** An input: a circle on a stem, with what the outputs say it is beside it. */
export interface Input extends Labelled {
  index: number;
  read: boolean;
  pitch: number;
  /** From the point to its number: past the ring that it is rebuilt as, where that is near. */
  gap: number;
}

export function input(): SVGGElement {
  return svg(
    "g",
    {},
    svg("line", { class: "stem" }),
    svg("circle", { class: "point", r: 5 }),
    svg("text", { class: "number" }),
    svg("rect", { class: "hit", height: 40 }),
  );
}

export function drawInput(element: Element, item: Input): void {
  const { x, y, base, index, read, pitch } = item;
  const [stem, point, number, hit] = element.children;
  set(element, { "data-index": index, class: read ? "value read" : "value" });
  set(stem!, { x1: x, x2: x, y1: base, y2: y });
  set(point!, { cx: x, cy: y });
  label(number!, item, item.gap);
  const width = Math.min(40, pitch);
  set(hit!, { x: x - width / 2, y: y - 20, width });
}

/** A zero beyond an end. */
export function pad(): SVGCircleElement {
  return svg("circle", { r: 4.5 });
}

export function drawPad(element: Element, { x, y }: { x: number; y: number }): void {
  set(element, { cx: x, cy: y });
}

/** What an input is rebuilt as: a dashed ring, joined to the true value. */
export interface Ghost {
  x: number;
  y: number;
  truth: number;
}

export function ghost(): SVGGElement {
  return svg("g", {}, svg("line"), svg("circle", { r: 8 }));
}

export function drawGhost(element: Element, { x, y, truth }: Ghost): void {
  set(element.children[0]!, { x1: x, x2: x, y1: truth, y2: y });
  set(element.children[1]!, { cx: x, cy: y });
}

/** A result: a square on a stem; a slice's part is a diamond, a sum is hollow. */
export interface Result extends Labelled {
  kind: "part" | "sum" | "output";
  channel: number;
  position: number;
  now: boolean;
  /** Whether the ring of the output pointed at is round it. */
  ringed: boolean;
  muted: boolean;
  side: number;
  pitch: number;
}

export function result(): SVGGElement {
  return svg(
    "g",
    {},
    svg("line", { class: "stem" }),
    svg("rect", { class: "square", rx: 1.5 }),
    svg("text", { class: "number" }),
    svg("rect", { class: "hit", height: 32 }),
  );
}

export function drawResult(element: Element, item: Result): void {
  const { x, y, base, kind, side, now, muted, pitch } = item;
  const [stem, square, number, hit] = element.children;
  set(element, {
    class: [kind, now ? "now" : "", muted ? "muted" : ""].filter(Boolean).join(" "),
    "data-channel": item.channel,
    "data-position": item.position,
  });
  set(stem!, { x1: x, x2: x, y1: base, y2: y });
  set(square!, {
    ...{ x: x - side / 2, y: y - side / 2, width: side, height: side },
    transform: kind === "part" ? `rotate(45 ${x} ${y})` : null,
  });
  label(number!, item, item.ringed ? 15 : 11);
  const width = Math.min(40, pitch);
  set(hit!, { x: x - width / 2, y: y - 16, width });
}

/** A row's line of zero and its name. */
export interface Axis {
  y: number;
  name: string;
  top: number;
  width: number;
  kind: string;
}

export function axis(): SVGGElement {
  return svg("g", {}, svg("line", { x1: 0 }), svg("text", { x: 0 }));
}

export function drawAxis(element: Element, { y, name, top, width, kind }: Axis): void {
  set(element, { class: kind });
  set(element.children[0]!, { x2: width, y1: y, y2: y });
  set(element.children[1]!, { y: top + 12 });
  text(element.children[1]!, name);
}

/** A number beyond the end of a stem. */
function label(element: Element, item: Labelled, gap: number): void {
  const { label: words, below, lying, x, y } = item;
  text(element, words);
  const end = below ? y + gap : y - gap;
  if (lying) {
    set(element, {
      ...{ x, y: below ? end + 8 : end, "text-anchor": "middle", transform: null },
    });
  } else {
    set(element, {
      ...{ x: x + 4, y: end, "text-anchor": below ? "end" : "start" },
      transform: `rotate(-90 ${x + 4} ${end})`,
    });
  }
}
