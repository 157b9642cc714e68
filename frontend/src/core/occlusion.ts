/** A grey square that covers a part of an image, place after place: see networks/explanations.py. */

/** Pixels of each side of the square, and from one place to the next. */
export const PATCH = 24;
export const STEP = 8;

const GREY = 0.5;

/** How many places there are along a side. */
export const placesAlong = (side: number) => Math.floor((side - PATCH) / STEP) + 1;

/** The image with the square at a place, counted row by row. */
export function covered(image: Float32Array, side: number, place: number): Float32Array {
  const along = placesAlong(side);
  const top = STEP * Math.floor(place / along);
  const left = STEP * (place % along);
  const result = image.slice();
  for (let channel = 0; channel < 3; channel++) {
    for (let row = top; row < top + PATCH; row++) {
      const from = (channel * side + row) * side + left;
      result.fill(GREY, from, from + PATCH);
    }
  }
  return result;
}
