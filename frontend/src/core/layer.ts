/** One layer of hidden units, h = a[β + W x]: its weight matrix may be of any kind. */

import { type Activation, activate } from "./activation.ts";

/** β + W x, a row of W and a bias for each unit. */
export function preActivations(
  matrix: readonly (readonly number[])[],
  biases: readonly number[],
  signal: readonly number[],
): number[] {
  return matrix.map((row, i) => row.reduce((sum, w, j) => sum + w * signal[j]!, 0) + biases[i]!);
}

export function activated(activation: Activation, sums: readonly number[]): number[] {
  return sums.map((sum) => activate(activation, sum));
}

/**
 * A weight of the fully connected layer that a demo starts with: −1 to 1 in tenths, never 0, and
 * the same wherever it is asked for.
 */
export function denseWeight(row: number, column: number): number {
  const mixed = 73 * row + 151 * column + 29 * row * column + 17 * (row + 1) * (column + 3);
  const step = (mixed * (row + 2 * column + 1)) % 20;
  return (step < 10 ? step - 10 : step - 9) / 10;
}

/** The weights of `rows` units with `columns` inputs, a row after the other. */
export function denseWeights(rows: number, columns: number): number[] {
  return Array.from({ length: rows * columns }, (_, i) =>
    denseWeight(Math.floor(i / columns), i % columns),
  );
}

/** The biases of `rows` units: what would stand in a further column. */
export function denseBiases(rows: number): number[] {
  return Array.from({ length: rows }, (_, i) => denseWeight(i, 12));
}
