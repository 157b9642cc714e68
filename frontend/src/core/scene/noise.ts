/** Noise from an integer hash: the same at every size, with no table. */

/** A number in [0, 1) for a point of a lattice. */
export function hashed(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ seed;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** A slope from 0 to 1 that is level at both ends, multiplied in Python's order. */
export const smooth = (x: number) => x * (x * (3 - 2 * x));

/** Smooth noise in [0, 1): hashed values at whole numbers, blended between them. */
export function valueNoise(x: number, y: number, seed: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const across = smooth(x - left);
  const down = smooth(y - top);
  const a = hashed(left, top, seed);
  const c = hashed(left, top + 1, seed);
  const upper = a + (hashed(left + 1, top, seed) - a) * across;
  const lower = c + (hashed(left + 1, top + 1, seed) - c) * across;
  return upper + (lower - upper) * down;
}
