/**
 * Grids of numbers, one signal or one image alike: a signal is a grid of one row.
 *
 * What a convolution, a pooling and a wrap-around do is the same in one dimension and in two, so it
 * is written once.
 */

export interface Grid {
  rows: number;
  columns: number;
  /** Row by row. */
  values: readonly number[];
}

/** What stands beyond an edge: zeros, or the grid again, as on a ring. */
export const BORDERS = ["zeros", "circular"] as const;

export type Border = (typeof BORDERS)[number];

/** The value at a place, also beyond an edge. */
export function valueAt(
  { rows, columns, values }: Grid,
  r: number,
  c: number,
  border: Border,
): number {
  if (r >= 0 && r < rows && c >= 0 && c < columns) return values[r * columns + c]!;
  if (border === "zeros") return 0;
  return values[modulo(r, rows) * columns + modulo(c, columns)]!;
}

/** A grid from a function of row and column. */
export function gridOf(
  rows: number,
  columns: number,
  value: (r: number, c: number) => number,
): Grid {
  const values = new Array<number>(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) values[r * columns + c] = value(r, c);
  }
  return { rows, columns, values };
}

/**
 * The weighted sum of neighbours around every stride-th place (the kernel is not reversed).
 *
 * The kernel has an odd number of rows and of columns, and its middle stands on the place. Taps are
 * added in the same order everywhere, so equal windows give equal sums, to the last bit.
 */
export function convolveGrid(
  grid: Grid,
  kernel: readonly (readonly number[])[],
  { stride, border }: { stride: number; border: Border },
): Grid {
  const up = (kernel.length - 1) / 2;
  const left = (kernel[0]!.length - 1) / 2;
  const count = (n: number) => Math.floor((n - 1) / stride) + 1;
  return gridOf(count(grid.rows), count(grid.columns), (r, c) => {
    let sum = 0;
    for (let m = 0; m < kernel.length; m++) {
      const row = kernel[m]!;
      for (let n = 0; n < row.length; n++) {
        sum += row[n]! * valueAt(grid, r * stride + m - up, c * stride + n - left, border);
      }
    }
    return sum;
  });
}

/** The largest of each two neighbours, or of each two by two. */
export function maxPool(grid: Grid): Grid {
  const tall = grid.rows > 1 ? 2 : 1;
  return gridOf(Math.floor(grid.rows / tall), Math.floor(grid.columns / 2), (r, c) => {
    let largest = Number.NEGATIVE_INFINITY;
    for (let m = 0; m < tall; m++) {
      for (let n = 0; n < 2; n++) {
        largest = Math.max(largest, grid.values[(tall * r + m) * grid.columns + 2 * c + n]!);
      }
    }
    return largest;
  });
}

/** The mean of all values. */
export function meanOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The remainder that is never negative, which `%` is not. */
export function modulo(a: number, n: number): number {
  return ((a % n) + n) % n;
}
