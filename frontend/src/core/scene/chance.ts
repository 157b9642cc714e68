/** Random numbers and rotations that come out the same, bit for bit, as Python's. */

import { mulberry32 } from "../random.ts";

/** The draws that a scene is made of. */
export class Chance {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = mulberry32(seed);
  }

  /** A number from `low` up to, but without, `high`. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * this.next();
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  choice<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

/** The nearest number of four decimals, halves upward. */
export function rounded(value: number): number {
  return Math.floor(value * 10_000 + 0.5) / 10_000;
}

const TAYLOR_TERMS = 9;

/** Cosine and sine of an angle in degrees; the engines' own differ in the last bit here and there. */
export function cosineSine(degrees: number): readonly [number, number] {
  const quarters = Math.floor(degrees / 90 + 0.5);
  const radians = (degrees - 90 * quarters) * 0.017453292519943295;
  const square = radians * radians;
  let [cosine, sine] = [1, 1];
  for (let k = TAYLOR_TERMS; k > 0; k--) {
    cosine = 1 - (cosine * square) / ((2 * k - 1) * (2 * k));
    sine = 1 - (sine * square) / (2 * k * (2 * k + 1));
  }
  sine *= radians;
  switch (((quarters % 4) + 4) % 4) {
    case 0:
      return [cosine, sine];
    case 1:
      return [-sine, cosine];
    case 2:
      return [-cosine, -sine];
    default:
      return [sine, -cosine];
  }
}
