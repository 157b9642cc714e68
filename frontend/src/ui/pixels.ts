/**
 * A picture of red, green and blue, one pixel a cell, scaled up without smoothing. Where nothing can
 * draw yet, while the book is built, it is an image element.
 */

import { pngOfColours } from "../core/png.ts";
import { html, set } from "./dom.ts";
import { interactive } from "./environment.ts";

/** @returns the element, and the function that draws into it: four bytes a pixel. */
export function pixels(size: number) {
  const element = interactive()
    ? html("canvas", { class: "course-pixels", width: size, height: size })
    : html("img", { class: "course-pixels", width: size, height: size, alt: "" });
  const draw = (rgba: Uint8ClampedArray<ArrayBuffer>) => {
    if (!interactive()) return set(element, { src: still(size, rgba) });
    const canvas = element as HTMLCanvasElement;
    canvas.getContext("2d")!.putImageData(new ImageData(rgba, size, size), 0, 0);
  };
  return { element, draw };
}

function still(size: number, rgba: Uint8ClampedArray): string {
  return pngOfColours(
    size,
    Uint8Array.from({ length: 3 * size * size }, (_, i) => rgba[i + Math.floor(i / 3)]!),
  );
}

/** Three planes of bytes as four bytes a pixel. */
export function rgbaOf(planes: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const area = planes.length / 3;
  const rgba = new Uint8ClampedArray(4 * area);
  for (let i = 0; i < area; i++) {
    rgba[4 * i] = planes[i]!;
    rgba[4 * i + 1] = planes[area + i]!;
    rgba[4 * i + 2] = planes[2 * area + i]!;
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}
