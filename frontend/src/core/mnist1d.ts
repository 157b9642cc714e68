/**
 * MNIST-1D, made in the page: the published 5,000 samples (S. Greydanus and D. Kobak, "Scaling
 * down deep learning with MNIST-1D", ICML 2024; package `mnist1d`, Apache-2.0).
 */

import { RandomState } from "./mersenne.ts";

export const LENGTH = 40;
export const CLASSES = 10;
export const TRAIN = 4000;
export const TEST = 1000;
const SEED = 42;

/** Read from top to bottom, the value is how far right the pen stands. */
const STROKES = [
  [5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5],
  [5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5],
  [5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5],
  [5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5],
  [5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5],
  [5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5],
  [5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5],
  [5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5],
  [5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5],
  [5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5],
];

const GRID = 72;
const FEWEST_ZEROS = 36;
const MOST_ZEROS = 60;
const MEAN = -0.0055075064312771795;
const STANDARD_DEVIATION = 0.15467803420593054;
/** Lifts the template's own zeros off zero, so that only the padding counts as empty. */
const LIFT = 1e-8;

/** The ten digits as signals of twelve values. */
export function templates(): number[][] {
  return STROKES.map((stroke) => {
    const mean = stroke.reduce((sum, v) => sum + v, 0) / stroke.length;
    const variance = stroke.reduce((sum, v) => sum + (v - mean) ** 2, 0) / stroke.length;
    const whitened = stroke.map((v) => (v - mean) / Math.sqrt(variance));
    return whitened.map((v) => (v - whitened[0]!) / 6);
  });
}

export interface Samples {
  /** One sample of `LENGTH` values after the other. */
  x: Float32Array;
  y: Uint8Array;
}

/** All samples: the first `TRAIN` to learn from, the rest to test with. */
export function published(): Samples {
  const random = new RandomState(SEED);
  const digits = templates();
  const count = TRAIN + TEST;
  // Drawn class by class, then shuffled.
  const made = Array.from({ length: count }, (_, i) => {
    const label = Math.floor((i * CLASSES) / count);
    return { label, values: sample(digits[label]!, random) };
  });
  const order = random.permutation(count);
  const x = new Float32Array(count * LENGTH);
  const y = new Uint8Array(count);
  for (const [to, from] of order.entries()) {
    const { label, values } = made[from]!;
    for (const [t, value] of values.entries()) {
      x[to * LENGTH + t] = (value - MEAN) / STANDARD_DEVIATION;
    }
    y[to] = label;
  }
  return { x, y };
}

/** One sample from a template: the draws come in the order in which the data set was published. */
function sample(template: readonly number[], random: RandomState): Float64Array {
  const zeros = FEWEST_ZEROS + Math.floor(random.uniform() * (MOST_ZEROS - FEWEST_ZEROS + 1));
  const factor = 1 + 0.4 * (random.uniform() - 0.5);
  const shift = random.whole(47);
  const correlated = new Float64Array(GRID);
  for (let i = 0; i < GRID; i++) correlated[i] = 0.25 * random.normal();
  const background = mirrored(correlated);
  const white = new Float64Array(GRID);
  for (let i = 0; i < GRID; i++) white[i] = 0.02 * random.normal();
  const slope = 0.75 * (random.uniform() - 0.5);
  const padded = new Float64Array(template.length + zeros);
  for (const [i, value] of template.entries()) padded[i] = value + LIFT;
  const stretched = resample(padded, GRID);
  const noisy = new Float64Array(GRID);
  for (let i = 0; i < GRID; i++) {
    const value = stretched[(i - shift + GRID) % GRID]! * factor;
    const filled = value === 0 ? smoothed(background, i) : value;
    noisy[i] = filled + white[i]! - slope * (i / (GRID - 1) - 0.5);
  }
  return resample(noisy, LENGTH);
}

/** Read at evenly spaced places from the first value to the last, linearly between neighbours. */
function resample(x: Float64Array, length: number): Float64Array {
  const read = new Float64Array(length);
  for (let j = 0; j < length; j++) {
    const place = j * (x.length - 1);
    // By whole numbers, so that no rounding puts a place on the wrong side of a value.
    const rest = place % (length - 1);
    const left = (place - rest) / (length - 1);
    const below = x[left]!;
    const above = x[Math.min(left + 1, x.length - 1)]!;
    read[j] = below + (rest / (length - 1)) * (above - below);
  }
  return read;
}

const RADIUS = 8;
const bell = Float64Array.from({ length: 2 * RADIUS + 1 }, (_, k) =>
  Math.exp(-0.5 * ((k - RADIUS) / 2) ** 2),
);
const total = bell.reduce((sum, weight) => sum + weight, 0);

/** The signal with what a Gaussian reads beyond its ends: a mirror that repeats the last value. */
function mirrored(x: Float64Array): Float64Array {
  const { length } = x;
  const long = new Float64Array(length + 2 * RADIUS);
  long.set(x, RADIUS);
  for (let k = 0; k < RADIUS; k++) {
    long[RADIUS - 1 - k] = x[k]!;
    long[RADIUS + length + k] = x[length - 1 - k]!;
  }
  return long;
}

/** One value of a mirrored signal convolved with a Gaussian two positions wide. */
function smoothed(long: Float64Array, i: number): number {
  let sum = 0;
  for (let k = 0; k <= 2 * RADIUS; k++) sum += (bell[k]! / total) * long[i + k]!;
  return sum;
}

/** Every sample's values in another order, the same for all. */
export function permuted(x: Float32Array, order: readonly number[]): Float32Array {
  return x.map((_, i) => x[i - (i % LENGTH) + order[i % LENGTH]!]!);
}
