/** A weight in a picture: drawn from an item that says all about it. */

import { set, svg, text } from "./dom.ts";

/** A weight: a number in a box. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  label: string;
  lying: boolean;
  index: number;
}

export function box(): SVGGElement {
  return svg(
    "g",
    { class: "value" },
    svg("rect", { class: "box", rx: 4 }),
    svg("text", { "text-anchor": "middle" }),
  );
}

export function drawBox(element: Element, { index, x, y, width, height, ...item }: Box): void {
  const [frame, number] = element.children;
  set(element, { "data-index": index });
  set(frame!, { x: x - width / 2, y, width, height });
  const middle = y + height / 2;
  text(number!, item.label);
  set(number!, {
    x,
    y: middle + 4,
    transform: item.lying ? null : `rotate(-90 ${x} ${middle})`,
  });
}
