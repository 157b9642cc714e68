/** Maps of classes and of errors, pixel by pixel. */

import { CLASSES } from "../../data/scenes.ts";
import { SIDE } from "../scene/state.ts";

export type Rgb = readonly [number, number, number];

/** A colour a class, of middling lightness so that it stands out from either theme's paper. */
export const COLOURS: readonly Rgb[] = [
  [47, 111, 222],
  [224, 138, 30],
  [209, 52, 127],
  [190, 40, 35],
  [138, 109, 59],
  [123, 82, 199],
  [20, 154, 159],
  [63, 155, 58],
  [96, 106, 122],
  [196, 172, 20],
];

/** The classes with the background before them. */
export const NAMES: readonly string[] = ["background", ...CLASSES];

const AREA = SIDE * SIDE;

export const css = (label: number) =>
  label === 0 ? "transparent" : `rgb(${COLOURS[label - 1]!.join(" ")})`;

/** How much of the class's colour lies on the grey of the image. */
const COVER = 0.72;

/** The classes' colours on the image in grey. */
export function classPicture(image: Uint8Array, classes: Uint8Array) {
  const rgba = palePicture(image);
  for (let i = 0; i < classes.length; i++) {
    const label = classes[i]!;
    if (label > 0) ink(rgba, i, COLOURS[label - 1]!, COVER, greyAt(image, i));
  }
  return rgba;
}

/**
 * What is wrong, on the image in grey: an object called background is whole, background called an
 * object is dotted, one class called another is striped.
 */
export function errorPicture(
  image: Uint8Array,
  classes: Uint8Array,
  truth: Uint8Array,
  wrong: Rgb,
) {
  const rgba = palePicture(image);
  for (let i = 0; i < classes.length; i++) {
    const [said, is] = [classes[i]!, truth[i]!];
    if (said === is) continue;
    const column = i % SIDE;
    const row = (i - column) / SIDE;
    const dotted = row % 2 === 0 && column % 2 === 0;
    const whole = said === 0 || (is === 0 ? dotted : (row + column) % 3 > 0);
    ink(rgba, i, wrong, whole ? 1 : 0.35, 255);
  }
  return rgba;
}

const greyAt = (image: Uint8Array, i: number) =>
  0.299 * image[i]! + 0.587 * image[AREA + i]! + 0.114 * image[2 * AREA + i]!;

/** The image in pale grey. */
function palePicture(image: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * AREA);
  for (let i = 0; i < AREA; i++) {
    const pale = 110 + 0.45 * greyAt(image, i);
    rgba[4 * i] = pale;
    rgba[4 * i + 1] = pale;
    rgba[4 * i + 2] = pale;
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}

/** Lay a share of a colour on a grey. */
function ink(rgba: Uint8ClampedArray, i: number, colour: Rgb, share: number, grey: number): void {
  for (let c = 0; c < 3; c++) rgba[4 * i + c] = colour[c]! * share + grey * (1 - share);
}

/** Where each class's name stands in a map: in the pixel nearest to the middle of its pixels. */
export function labelsOf(classes: Uint8Array): { label: number; row: number; column: number }[] {
  const sums = NAMES.map(() => ({ count: 0, row: 0, column: 0 }));
  for (let i = 0; i < classes.length; i++) {
    if (classes[i] === 0) continue;
    const sum = sums[classes[i]!]!;
    const column = i % SIDE;
    sum.count += 1;
    sum.row += (i - column) / SIDE;
    sum.column += column;
  }
  return sums.flatMap(({ count, row, column }, label) => {
    // Too few pixels to be named would only hide each other.
    if (label === 0 || count < 40) return [];
    return [{ label, row: row / count, column: column / count }];
  });
}
