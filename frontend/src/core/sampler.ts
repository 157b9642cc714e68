/** How a template becomes a sample of MNIST-1D, stage by stage, and the random numbers it takes. */

import type { RandomState } from "./mersenne.ts";

export const STAGES = [
  "template",
  "pad",
  "stretch",
  "scale",
  "shift",
  "correlated noise",
  "white noise",
  "shear",
  "resample",
] as const;

/** Values of a template, positions on which all stages but the first and the last work, values of a sample. */
export const TEMPLATE_LENGTH = 12;
export const GRID = 72;
export const LENGTH = 40;

/** Every random number of one sample. */
export interface Draws {
  /** Zeros put after the template. */
  padding: number;
  scale: number;
  /** Positions to the right, coming in again on the left. */
  shift: number;
  /** Standard normal numbers, one a position. */
  correlated: Float64Array;
  white: Float64Array;
  /** What the slope takes away from the first value to the last. */
  shear: number;
}

/** Standard deviations of the noise; of the correlated one, before it is smoothed. */
export interface Strengths {
  correlated: number;
  white: number;
}

/** What the data set was published with: the ranges of its draws, and its noise. */
export const DATA_SET = {
  padding: { min: 36, max: 60 },
  scale: { min: 0.8, max: 1.2 },
  shift: { min: 0, max: 47 },
  shear: { min: -0.375, max: 0.375 },
  strengths: { correlated: 0.25, white: 0.02 },
} as const;

/** Lifts the template's own zeros off zero, so that only the padding counts as empty. */
const LIFT = 1e-8;

/** The random numbers of the next sample, in the order in which the data set was published. */
export function draw(random: RandomState): Draws {
  const { min, max } = DATA_SET.padding;
  const padding = min + Math.floor(random.uniform() * (max - min + 1));
  const scale = 1 + 0.4 * (random.uniform() - 0.5);
  const shift = random.whole(DATA_SET.shift.max);
  const correlated = normals(random);
  const white = normals(random);
  const shear = 0.75 * (random.uniform() - 0.5);
  return { padding, scale, shift, correlated, white, shear };
}

/** Standard normal numbers, one a position. */
export function normals(random: RandomState): Float64Array {
  const drawn = new Float64Array(GRID);
  for (let i = 0; i < GRID; i++) drawn[i] = random.normal();
  return drawn;
}

/** The signal after each of `STAGES`. */
export function stages(
  template: ArrayLike<number>,
  draws: Draws,
  strengths: Strengths,
): Float64Array[] {
  const shape = Float64Array.from(template);
  const padded = new Float64Array(shape.length + draws.padding);
  for (const [i, value] of shape.entries()) padded[i] = value + LIFT;
  const stretched = resample(padded, GRID);
  const scaled = stretched.map((value) => value * draws.scale);
  const shifted = scaled.map((_, i) => scaled[(i - draws.shift + GRID) % GRID]!);
  const background = mirrored(draws.correlated.map((value) => strengths.correlated * value));
  const filled = shifted.map((value, i) => (value === 0 ? smoothed(background, i) : value));
  const noisy = filled.map((value, i) => value + strengths.white * draws.white[i]!);
  const sheared = noisy.map((value, i) => value - draws.shear * (i / (GRID - 1) - 0.5));
  return [
    shape,
    padded,
    stretched,
    scaled,
    shifted,
    filled,
    noisy,
    sheared,
    resample(sheared, LENGTH),
  ];
}

/** The last of the stages: forty values, not yet standardised. */
export function sample(
  template: ArrayLike<number>,
  draws: Draws,
  strengths: Strengths = DATA_SET.strengths,
): Float64Array {
  return stages(template, draws, strengths).at(-1)!;
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
const weights = bell.map((weight) => weight / total);

/** What smoothing leaves of the standard deviation of independent numbers. */
export const SMOOTHED = Math.sqrt(weights.reduce((sum, weight) => sum + weight ** 2, 0));

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
  for (let k = 0; k <= 2 * RADIUS; k++) sum += weights[k]! * long[i + k]!;
  return sum;
}
