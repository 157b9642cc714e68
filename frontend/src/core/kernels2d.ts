/** The kernels of images that have names. */

import { equal } from "./equal.ts";
import { randomKernel } from "./kernels.ts";

export const KERNELS_2D = [
  "identity",
  "box mean",
  "gaussian",
  "sobel x",
  "sobel y",
  "laplacian",
  "sharpen",
  "emboss",
] as const;

export type KernelName2d = (typeof KERNELS_2D)[number];

type Rows = readonly (readonly number[])[];

/** Those that are three by three, and no other size. */
const THREE: Partial<Record<KernelName2d, number[][]>> = {
  laplacian: [
    [0, 1, 0],
    [1, -4, 1],
    [0, 1, 0],
  ],
  sharpen: [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ],
  emboss: [
    [-2, -1, 0],
    [-1, 1, 1],
    [0, 1, 2],
  ],
};

/**
 * The rows of a named kernel, or null where `size`, an odd number, cannot hold it.
 *
 * - identity: a single 1 in the middle.
 * - box mean: equal weights that add up to 1.
 * - gaussian: the product of binomial coefficients down and across, over their sum.
 * - sobel x: smoothed down and differenced across; for size 3 the rows [−1, 0, 1], [−2, 0, 2] and
 *   [−1, 0, 1] of I. Sobel and G. Feldman. Sobel y is its transpose.
 * - laplacian, sharpen, emboss: 3×3 only.
 */
export function namedKernel2d(name: KernelName2d, size: number): number[][] | null {
  const three = THREE[name];
  if (three) return size === 3 ? three.map((row) => [...row]) : null;
  const middle = (size - 1) / 2;
  const smooth = binomials(size - 1);
  switch (name) {
    case "identity":
      return square(size, (m, n) => (m === middle && n === middle ? 1 : 0));
    case "box mean":
      return square(size, () => 1 / size ** 2);
    case "gaussian":
      return square(size, (m, n) => (smooth[m]! * smooth[n]!) / 4 ** (size - 1));
    default: {
      if (size < 3) return null;
      // [−1, 0, 1], smoothed: each difference of the row of Pascal's triangle two above.
      const less = binomials(size - 3);
      const slope = smooth.map((_, n) => (less[n - 2] ?? 0) - (less[n] ?? 0));
      return square(size, (m, n) =>
        name === "sobel x" ? smooth[m]! * slope[n]! : slope[m]! * smooth[n]!,
      );
    }
  }
}

/** Which named kernel these rows are, or null. */
export function kernelName2d(kernel: Rows): KernelName2d | null {
  return KERNELS_2D.find((name) => equal(namedKernel2d(name, kernel.length), kernel)) ?? null;
}

/** A kernel of another odd size: the same named one where it has that size, else cut or framed. */
export function resizeKernel2d(kernel: Rows, size: number): number[][] {
  const name = kernelName2d(kernel);
  const named = name && namedKernel2d(name, size);
  if (named) return named;
  const shift = (kernel.length - size) / 2;
  return square(size, (m, n) => kernel[m + shift]?.[n + shift] ?? 0);
}

/** Random weights on one decimal in [−1, 1], not all zero; the same for the same seed. */
export function randomKernel2d(size: number, seed: number): number[][] {
  const flat = randomKernel(size * size, seed);
  return square(size, (m, n) => flat[m * size + n]!);
}

function square(size: number, weight: (m: number, n: number) => number): number[][] {
  return Array.from({ length: size }, (_, m) =>
    Array.from({ length: size }, (__, n) => weight(m, n)),
  );
}

/** Row n of Pascal's triangle. */
function binomials(n: number): number[] {
  const row = [1];
  for (let k = 0; k < n; k++) row.push((row[k]! * (n - k)) / (k + 1));
  return row;
}
