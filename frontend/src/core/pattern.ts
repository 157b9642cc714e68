/** A convolution's weight matrix as a pattern: which weight stands where, whatever its value. */

import { type Geometry, outputLength, taps } from "./geometry.ts";

/**
 * For each output and each input, the indices of the weights that stand there.
 *
 * Most entries hold none or one; where a padding brings an input twice into a window, the weights
 * that read it add up, and the entry holds them all.
 *
 * @throws RangeError with the text of `problem` where no output exists.
 */
export function weightPattern(g: Geometry): number[][][] {
  return Array.from({ length: outputLength(g) }, (_, position) => {
    const row: number[][] = Array.from({ length: g.length }, () => []);
    for (const [k, { source }] of taps(g, position).entries()) {
      if (source !== null) row[source]!.push(k);
    }
    return row;
  });
}

/** For each weight, the places where it stands, each as row · length + column. */
export function weightPlaces(g: Geometry): number[][] {
  const places: number[][] = Array.from({ length: g.kernelSize }, () => []);
  for (const [r, row] of weightPattern(g).entries()) {
    for (const [c, weights] of row.entries()) {
      for (const k of weights) places[k]!.push(r * g.length + c);
    }
  }
  return places;
}
