/**
 * MNIST-1D, made in the page: the published 5,000 samples (S. Greydanus and D. Kobak, "Scaling
 * down deep learning with MNIST-1D", ICML 2024; package `mnist1d`, Apache-2.0).
 */

import { RandomState } from "./mersenne.ts";
import { type Draws, draw, LENGTH, sample } from "./sampler.ts";

export { LENGTH };
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

const MEAN = -0.0055075064312771795;
const STANDARD_DEVIATION = 0.15467803420593054;

/** A value as the networks read it: less the published set's mean, in its standard deviations. */
export function standardised(value: number): number {
  return (value - MEAN) / STANDARD_DEVIATION;
}

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
  const made = Array.from({ length: count }, (_, i) => {
    const label = classOf(i);
    return { label, values: sample(digits[label]!, draw(random)) };
  });
  const order = random.permutation(count);
  const x = new Float32Array(count * LENGTH);
  const y = new Uint8Array(count);
  for (const [to, from] of order.entries()) {
    const { label, values } = made[from]!;
    for (const [t, value] of values.entries()) {
      x[to * LENGTH + t] = standardised(value);
    }
    y[to] = label;
  }
  return { x, y };
}

/** A place every so many draws from which the generator can go on. */
const STRIDE = 100;

let known: { order: number[]; places: RandomState[] } | null = null;

/** The class and the random numbers of one of the published samples: training first, then test. */
export function publishedDraw(index: number): { label: number; draws: Draws } {
  const count = TRAIN + TEST;
  if (known === null) {
    const random = new RandomState(SEED);
    const places: RandomState[] = [];
    for (let i = 0; i < count; i++) {
      if (i % STRIDE === 0) places.push(random.copy());
      draw(random);
    }
    known = { order: random.permutation(count), places };
  }
  const from = known.order[index]!;
  const random = known.places[Math.floor(from / STRIDE)]!.copy();
  for (let i = from - (from % STRIDE); i < from; i++) draw(random);
  return { label: classOf(from), draws: draw(random) };
}

/** The class and the random numbers of every published sample, in the order of `published`. */
export function publishedDraws(): { label: number; draws: Draws }[] {
  const random = new RandomState(SEED);
  const made = Array.from({ length: TRAIN + TEST }, (_, i) => ({
    label: classOf(i),
    draws: draw(random),
  }));
  return random.permutation(made.length).map((from) => made[from]!);
}

/** Samples are drawn class by class, then shuffled. */
const classOf = (drawn: number) => Math.floor((drawn * CLASSES) / (TRAIN + TEST));

/** Every sample's values in another order, the same for all. */
export function permuted(x: Float32Array, order: readonly number[]): Float32Array {
  return x.map((_, i) => x[i - (i % LENGTH) + order[i % LENGTH]!]!);
}
