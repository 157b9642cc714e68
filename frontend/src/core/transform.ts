/** Transformations of a grid: move it, turn it, stretch it, or shuffle its places. */

import { type Border, type Grid, gridOf, valueAt } from "./grid.ts";
import { mulberry32 } from "./random.ts";

/** Move every value; what moves in is what stands beyond the edge. */
export function translate(grid: Grid, right: number, down: number, border: Border): Grid {
  return gridOf(grid.rows, grid.columns, (r, c) => valueAt(grid, r - down, c - right, border));
}

/** Turn a grid about its middle, anticlockwise, with bilinear interpolation. */
export function rotate(grid: Grid, degrees: number, border: Border): Grid {
  const exactly = degrees % 90 === 0;
  const radians = (degrees * Math.PI) / 180;
  // A quarter turn reads whole places: no last digit of π may come between.
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)].map((v) =>
    exactly ? Math.round(v) : v,
  ) as [number, number];
  return sampled(grid, border, (dy, dx) => [sin * dx + cos * dy, cos * dx - sin * dy]);
}

/** Stretch a grid about its middle to so many per cent, with bilinear interpolation. */
export function scale(grid: Grid, percent: number, border: Border): Grid {
  return sampled(grid, border, (dy, dx) => [(dy * 100) / percent, (dx * 100) / percent]);
}

/** Put the values in an order that is the same for every grid of this size. */
export function permute(grid: Grid, seed: number): Grid {
  const from = permutation(grid.values.length, seed);
  return { ...grid, values: from.map((i) => grid.values[i]!) };
}

/** Which place each place takes its value from: the places in the order of random numbers. */
export function permutation(count: number, seed: number): number[] {
  const random = mulberry32(seed);
  const keys = Array.from({ length: count }, random);
  return [...keys.keys()].sort((a, b) => keys[a]! - keys[b]!);
}

/** Each place takes the value that stands where `source` says, as offsets from the middle. */
function sampled(
  grid: Grid,
  border: Border,
  source: (dy: number, dx: number) => [number, number],
): Grid {
  const middleRow = (grid.rows - 1) / 2;
  const middleColumn = (grid.columns - 1) / 2;
  return gridOf(grid.rows, grid.columns, (r, c) => {
    const [dy, dx] = source(r - middleRow, c - middleColumn);
    return interpolated(grid, middleRow + dy, middleColumn + dx, border);
  });
}

/** The value between places: the four around it, each weighted by how near it is. */
function interpolated(grid: Grid, y: number, x: number, border: Border): number {
  const r = Math.floor(y);
  const c = Math.floor(x);
  let sum = 0;
  for (const [dr, tall] of [1 - (y - r), y - r].entries()) {
    for (const [dc, wide] of [1 - (x - c), x - c].entries()) {
      const weight = tall * wide;
      if (weight !== 0) sum += weight * valueAt(grid, r + dr, c + dc, border);
    }
  }
  return sum;
}
