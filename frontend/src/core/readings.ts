/** Reading a convolution off its weight matrix: which settings make this very pattern? */

import { type Geometry, outputLength, problem } from "./geometry.ts";
import { PADDINGS, type Padding } from "./padding.ts";
import { weightPlaces } from "./pattern.ts";
import { mulberry32 } from "./random.ts";

/** The settings of a convolution that its weight matrix may give away. */
export interface Reading {
  size: number;
  stride: number;
  dilation: number;
  padding: Padding;
}

export const READING_LIMITS = {
  size: { min: 1, max: 5 },
  stride: { min: 1, max: 4 },
  dilation: { min: 1, max: 4 },
} as const;

export function readingGeometry(length: number, reading: Reading): Geometry {
  const { size, stride, dilation, padding } = reading;
  return { length, kernelSize: size, stride, dilation, padding };
}

/**
 * What two readings have in common exactly if no one can tell their matrices apart.
 *
 * A matrix shows where each weight stands, not how we have numbered it, and a weight that stands
 * nowhere is not seen: so a pattern is its number of rows and the set of places of each weight.
 * Null where there is no such convolution.
 */
export function signature(length: number, reading: Reading): string | null {
  const g = readingGeometry(length, reading);
  if (problem(g) !== null) return null;
  const seen = weightPlaces(g)
    .filter((places) => places.length > 0)
    .map((places) => places.join(" "))
    .sort();
  return `${outputLength(g)}: ${seen.join(", ")}`;
}

/** Every reading within the limits, in the order of size, stride, dilation and padding. */
export function candidates(): Reading[] {
  const found: Reading[] = [];
  const { size, stride, dilation } = READING_LIMITS;
  for (let k = size.min; k <= size.max; k++) {
    for (let s = stride.min; s <= stride.max; s++) {
      for (let d = dilation.min; d <= dilation.max; d++) {
        for (const padding of PADDINGS) found.push({ size: k, stride: s, dilation: d, padding });
      }
    }
  }
  return found;
}

/** All candidates whose matrix is the one of `reading`, itself among them: brute force decides. */
export function readings(length: number, reading: Reading): Reading[] {
  const wanted = signature(length, reading);
  return candidates().filter((candidate) => signature(length, candidate) === wanted);
}

/** The target of a puzzle: the same for the same seed, at least two weights, each of them in sight. */
export function drawReading(length: number, seed: number): Reading {
  const random = mulberry32(seed);
  const draw = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  while (true) {
    const reading: Reading = {
      size: draw(2, READING_LIMITS.size.max),
      stride: draw(1, 3),
      dilation: draw(1, 3),
      padding: PADDINGS[draw(0, PADDINGS.length - 1)]!,
    };
    const g = readingGeometry(length, reading);
    if (problem(g) !== null || outputLength(g) < 2) continue;
    if (weightPlaces(g).every((places) => places.length > 0)) return reading;
  }
}
