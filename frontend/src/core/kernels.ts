/** The kernels that have names, at every size that can hold them. */

import { equal } from "./equal.ts";
import { mulberry32 } from "./random.ts";

export const KERNELS = ["identity", "mean", "gaussian", "derivative", "laplacian"] as const;

export type KernelName = (typeof KERNELS)[number];

/**
 * The weights of a named kernel, or null where `size` cannot hold it.
 *
 * - identity: a single 1 at tap ⌊(size − 1)/2⌋, where our padding leaves the signal in place.
 * - mean: equal weights.
 * - gaussian: binomial coefficients over their sum.
 * - derivative: the slope of the least-squares line; [−½, 0, ½] for size 3. Needs two weights.
 * - laplacian: the second derivative of the least-squares parabola; [1, −2, 1] for size 3. Needs
 *   three.
 *
 * The last two are the filters of A. Savitzky and M. J. E. Golay, "Smoothing and differentiation of
 * data by simplified least squares procedures", Analytical Chemistry 36(8), 1964, at the centre of
 * the kernel.
 */
export function namedKernel(name: KernelName, size: number): number[] | null {
  if (!Number.isSafeInteger(size) || size < 1) return null;
  const centre = (size - 1) / 2;
  const offsets = Array.from({ length: size }, (_, k) => k - centre);
  switch (name) {
    case "identity":
      return offsets.map((_, k) => (k === Math.floor(centre) ? 1 : 0));
    case "mean":
      return offsets.map(() => 1 / size);
    case "gaussian":
      return binomials(size - 1).map((b) => b / 2 ** (size - 1));
    case "derivative":
      return size < 2 ? null : coefficientOf(offsets);
    case "laplacian": {
      if (size < 3) return null;
      const squares = offsets.map((t) => t * t);
      const total = sum(squares);
      // t² less its mean is orthogonal to constants and lines; twice t²'s coefficient is the
      // second derivative. Times the size all is whole, so that [1, −2, 1] comes out exactly.
      return coefficientOf(
        squares.map((s) => size * s - total),
        2 * size,
      );
    }
    default:
      return null;
  }
}

/** Which named kernel these weights are, or null. */
export function kernelName(kernel: readonly number[]): KernelName | null {
  return KERNELS.find((name) => equal(namedKernel(name, kernel.length), kernel)) ?? null;
}

/** A kernel of another size: the same named one where it has that size, else with zeros at the ends. */
export function resizeKernel(kernel: readonly number[], count: number): number[] {
  const name = kernelName(kernel);
  const named = name && namedKernel(name, count);
  if (named) return named;
  const resized = [...kernel];
  while (resized.length < count) {
    if (resized.length % 2 === 1) resized.push(0);
    else resized.unshift(0);
  }
  while (resized.length > count) {
    if (resized.length % 2 === 0) resized.pop();
    else resized.shift();
  }
  return resized;
}

/** Random weights on one decimal in [−1, 1], not all zero; the same for the same seed. */
export function randomKernel(size: number, seed: number): number[] {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`A kernel needs a whole number of weights from 1, not ${size}.`);
  }
  const random = mulberry32(seed);
  while (true) {
    const weights = Array.from({ length: size }, () => (Math.floor(random() * 21) - 10) / 10);
    if (weights.some((w) => w !== 0)) return weights;
  }
}

/** The weights that read `times` the least-squares coefficient of `basis`, orthogonal to the rest. */
function coefficientOf(basis: number[], times = 1): number[] {
  const norm = sum(basis.map((b) => b * b));
  return basis.map((b) => (times * b) / norm);
}

/** Row n of Pascal's triangle. */
function binomials(n: number): number[] {
  const row = [1];
  for (let k = 0; k < n; k++) row.push((row[k]! * (n - k)) / (k + 1));
  return row;
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
