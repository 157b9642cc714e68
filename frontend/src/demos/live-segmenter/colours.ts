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

export const css = (label: number) =>
  label === 0 ? "transparent" : `rgb(${COLOURS[label - 1]!.join(" ")})`;

/** How much of the class's colour lies on the grey of the image. */
const COVER = 0.72;

/** The classes' colours on the image in grey. */
export function classPicture(image: Uint8Array, classes: Uint8Array) {
  return paint(image, (grey, at) => {
    const label = classes[at]!;
    if (label === 0) return null;
    const colour = COLOURS[label - 1]!;
    return colour.map((c) => c * COVER + grey * (1 - COVER)) as unknown as Rgb;
  });
}

export const ERRORS = ["missed", "invented", "mixed up"] as const;

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
  return paint(image, (_, at) => {
    const [said, is] = [classes[at]!, truth[at]!];
    if (said === is) return null;
    const column = at % SIDE;
    const row = (at - column) / SIDE;
    const inked =
      said === 0 || (is === 0 ? row % 2 === 0 && column % 2 === 0 : (row + column) % 3 > 0);
    return inked ? wrong : (wrong.map((c) => 0.35 * c + 0.65 * 255) as unknown as Rgb);
  });
}

/** The image in pale grey, with colours where a function gives one. */
function paint(image: Uint8Array, colour: (grey: number, at: number) => Rgb | null) {
  const area = SIDE * SIDE;
  const rgba = new Uint8ClampedArray(4 * area);
  for (let i = 0; i < area; i++) {
    const grey = 0.299 * image[i]! + 0.587 * image[area + i]! + 0.114 * image[2 * area + i]!;
    const own = colour(grey, i);
    const pale = 110 + 0.45 * grey;
    rgba[4 * i] = own ? own[0] : pale;
    rgba[4 * i + 1] = own ? own[1] : pale;
    rgba[4 * i + 2] = own ? own[2] : pale;
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}

/** Where each class's name stands in a map: in the pixel nearest to the middle of its pixels. */
export function labelsOf(classes: Uint8Array): { label: number; row: number; column: number }[] {
  const sums = NAMES.map(() => ({ count: 0, row: 0, column: 0 }));
  for (let i = 0; i < classes.length; i++) {
    const sum = sums[classes[i]!]!;
    sum.count += 1;
    sum.row += Math.floor(i / SIDE);
    sum.column += i % SIDE;
  }
  return sums.flatMap(({ count, row, column }, label) => {
    // Too few pixels to be named would only hide each other.
    if (label === 0 || count < 40) return [];
    return [{ label, row: row / count, column: column / count }];
  });
}
