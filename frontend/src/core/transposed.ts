/**
 * Transposed convolution: every input stamps the kernel, times itself, and overlaps add up.
 *
 * It is what the transpose of the convolution's matrix does; it undoes a convolution's shape only.
 */

import type { Volume } from "./convolution2d.ts";

export interface Stamping {
  stride: number;
  /** How many outputs are cut off at either end: the convolution's padding. */
  padding: number;
  /** Outputs added at the far end, where several lengths have as many stamps. */
  extra?: number;
}

/** How many outputs there are: (L − 1)·s + K − 2·P. */
export function transposedLength(length: number, size: number, options: Stamping): number {
  const { stride, padding, extra = 0 } = options;
  return (length - 1) * stride + size - 2 * padding + extra;
}

/** The weights of each input, one list an input: the rows of A, which are the columns of Aᵀ. */
export function stampRows(
  length: number,
  kernel: readonly number[],
  options: Stamping,
): number[][] {
  const outputs = transposedLength(length, kernel.length, options);
  return Array.from({ length }, (_, i) => {
    const row = new Array<number>(outputs).fill(0);
    for (const [k, weight] of kernel.entries()) {
      const place = i * options.stride + k - options.padding;
      if (place >= 0 && place < outputs) row[place] = weight;
    }
    return row;
  });
}

/** Aᵀ y: the stamps of the first `count` inputs added up, of all where it is not given. */
export function transposed(
  y: readonly number[],
  kernel: readonly number[],
  options: Stamping,
  count = y.length,
): number[] {
  const sums = new Array<number>(transposedLength(y.length, kernel.length, options)).fill(0);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < kernel.length; k++) {
      const place = i * options.stride + k - options.padding;
      if (place >= 0 && place < sums.length) sums[place]! += kernel[k]! * y[i]!;
    }
  }
  return sums;
}

/** A x: the convolution that Aᵀ belongs to, with a number of zeros at either end. */
export function convolved(
  x: readonly number[],
  kernel: readonly number[],
  { stride, padding }: Stamping,
): number[] {
  const count = Math.floor((x.length + 2 * padding - kernel.length) / stride) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) =>
    kernel.reduce((sum, weight, k) => sum + weight * (x[i * stride + k - padding] ?? 0), 0),
  );
}

/** How many stamps cover each output. */
export function coverage(length: number, size: number, options: Stamping): number[] {
  const ones = new Array<number>(Math.max(length, size)).fill(1);
  return transposed(ones.slice(0, length), ones.slice(0, size), options);
}

/** The same down and across: the kernel's weights are its column's times its row's. */
export function transposed2d(y: Volume, kernel: readonly number[], options: Stamping): Volume {
  const rows = transposedLength(y.rows, kernel.length, options);
  const columns = transposedLength(y.columns, kernel.length, options);
  const { stride, padding } = options;
  const values = new Float64Array(y.channels * rows * columns);
  for (let channel = 0, from = 0; channel < y.channels; channel++) {
    const plane = channel * rows * columns;
    for (let r = 0; r < y.rows; r++) {
      for (let c = 0; c < y.columns; c++, from++) {
        const value = y.values[from]!;
        for (let m = 0; m < kernel.length; m++) {
          const row = r * stride + m - padding;
          if (row < 0 || row >= rows) continue;
          const line = plane + row * columns;
          for (let n = 0; n < kernel.length; n++) {
            const column = c * stride + n - padding;
            if (column < 0 || column >= columns) continue;
            values[line + column]! += value * kernel[m]! * kernel[n]!;
          }
        }
      }
    }
  }
  return { channels: y.channels, rows, columns, values };
}

/** How many stamps cover each output of an image. */
export function coverage2d(
  size: { rows: number; columns: number },
  kernelSize: number,
  options: Stamping,
): Volume {
  const down = coverage(size.rows, kernelSize, options);
  const across = coverage(size.columns, kernelSize, options);
  const values = Float64Array.from(down.flatMap((d) => across.map((a) => d * a)));
  return { channels: 1, rows: down.length, columns: across.length, values };
}
