/**
 * A small picture in colour, enlarged smoothly. Where nothing can draw yet, while the book is
 * built, the same picture is an image element in 216 colours.
 */

import { png, type Rgba } from "../core/png.ts";
import { html, set } from "./dom.ts";
import { interactive } from "./environment.ts";

/** @returns the element, and the function that draws red, green and blue of pixel after pixel. */
export function photo(side: number) {
  if (!interactive()) {
    const still = html("img", { class: "course-photo", alt: "", width: side, height: side });
    return {
      element: still as HTMLElement,
      draw: (values: Float64Array) => set(still, { src: picture(side, values) }),
    };
  }
  const canvas = html("canvas", { class: "course-photo", width: side, height: side });
  let data: ImageData | null = null;
  const draw = (values: Float64Array) => {
    const context = canvas.getContext("2d")!;
    data ??= context.createImageData(side, side);
    const bytes = data.data;
    for (let from = 0, to = 0; from < values.length; from += 3, to += 4) {
      bytes[to] = values[from]!;
      bytes[to + 1] = values[from + 1]!;
      bytes[to + 2] = values[from + 2]!;
      bytes[to + 3] = 255;
    }
    context.putImageData(data, 0, 0);
  };
  return { element: canvas as HTMLElement, draw };
}

const STEP = 51;

function picture(side: number, values: Float64Array): string {
  const index = (at: number) => Math.round(values[at]! / STEP);
  const indices = Uint8Array.from(
    { length: side * side },
    (_, i) => 36 * index(3 * i) + 6 * index(3 * i + 1) + index(3 * i + 2),
  );
  const colours = Array.from({ length: 216 }, (_, i): Rgba => {
    return [STEP * Math.floor(i / 36), STEP * (Math.floor(i / 6) % 6), STEP * (i % 6), 255];
  });
  return png(side, indices, colours);
}
