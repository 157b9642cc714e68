/** A rectangle of pixels that a style sheet scales up; with room for marks above it. */

import { html, set, svg } from "../../ui/dom.ts";
import { interactive } from "../../ui/environment.ts";
import type { Rgb } from "../../ui/theme.ts";

/** @returns the element, its marks in units of pixels, and the function that draws four bytes a pixel. */
export function canvas(name: string) {
  const surface = interactive()
    ? html("canvas", { class: "inside-pixels", width: 1, height: 1 })
    : html("span", { class: "inside-pixels" });
  const marks = svg("svg", { class: "inside-marks" });
  const element = html("div", { class: `inside-canvas ${name}` }, surface, marks);
  let data: ImageData | null = null;
  /** Room for a picture of that size. */
  const size = (columns: number, rows: number) => {
    set(marks, { viewBox: `0 0 ${columns} ${rows}` });
    set(element, { style: `aspect-ratio: ${columns} / ${rows}` });
    if (!interactive() || (data?.width === columns && data.height === rows)) return;
    set(surface, { width: columns, height: rows });
    data = new ImageData(columns, rows);
  };
  /** One number for each pixel, as `word` makes them. */
  const draw = (paint: (words: Uint32Array, columns: number) => void) => {
    if (!data) return;
    paint(new Uint32Array(data.data.buffer), data.width);
    (surface as HTMLCanvasElement).getContext("2d")!.putImageData(data, 0, 0);
  };
  return { element, marks, size, draw };
}

/** A colour as the number that a canvas holds. */
export function word(red: number, green: number, blue: number): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Between two colours, in 256 steps. */
export function shades(from: Rgb, to: Rgb): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const mixed = (c: number) => Math.round(from[c]! + ((to[c]! - from[c]!) * i) / 255);
    return word(mixed(0), mixed(1), mixed(2));
  });
}

/** The largest of many values, or a little more than 0. */
export function largest(values: Float32Array): number {
  let most = 1e-12;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** A rectangle filled with one colour. */
export function fillRect(
  words: Uint32Array,
  width: number,
  [x, y, columns, rows]: readonly [number, number, number, number],
  colour: number,
): void {
  for (let row = y; row < y + rows; row++) {
    words.fill(colour, row * width + x, row * width + x + columns);
  }
}
