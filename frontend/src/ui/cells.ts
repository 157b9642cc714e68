/** Numbers in a grid of cells: the input's, the kernel's, the products', the output's. */

import { set, svg, text } from "./dom.ts";
import { CELL } from "./raster.ts";

export interface Cell {
  row: number;
  column: number;
  label: string;
  /** What it is: a class of the style sheet. */
  kind: "input" | "padding" | "kernel" | "product" | "output" | "waiting";
  /** How strongly it is filled, from −1 to 1: the sign chooses the colour. */
  strength: number;
  /** Whether the window stands on it, or it is the one that is spoken of. */
  here: boolean;
  /** The value's place in its list, where it can be changed. */
  index: number | null;
}

/** Cells narrow as they are, long numbers are set smaller. */
const LONG = 5;

export function cell(): SVGGElement {
  return svg(
    "g",
    {},
    svg("rect", { class: "fill", width: CELL, height: CELL }),
    svg("rect", { class: "edge", x: 1.5, y: 1.5, width: CELL - 3, height: CELL - 3, rx: 4 }),
    svg("text", { x: CELL / 2, y: CELL / 2 + 5, "text-anchor": "middle" }),
  );
}

export function drawCell(element: Element, item: Cell): void {
  const [fill, , number] = element.children;
  const { row, column, label, kind, strength, here, index } = item;
  set(element, {
    class: `cell ${kind}${here ? " here" : ""}${index === null ? "" : " value"}`,
    transform: `translate(${column * CELL} ${row * CELL})`,
    "data-index": index,
  });
  set(fill!, {
    class: strength < 0 ? "fill negative" : "fill positive",
    "fill-opacity": Math.min(1, Math.abs(strength)).toFixed(3),
  });
  text(number!, label);
  set(number!, { "data-long": label.length > LONG });
}
