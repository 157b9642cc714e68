/** The shapes that the small classifier tells apart, drawn in the middle of a grid of any size. */

import { type Grid, gridOf } from "./grid.ts";

/** The brightest of ten grey levels. */
export const BRIGHT = 9;

export const SHAPES = { 1: ["bump", "box", "peaks"], 2: ["disc", "square", "cross"] } as const;

/**
 * The prototypes of the three classes.
 *
 * Twice the distance from the middle is a whole number, which keeps rounding out of the outlines.
 */
export function prototypes(rows: number, columns: number): Grid[] {
  if (rows === 1) {
    return [bump, box, peaks].map((height) =>
      gridOf(1, columns, (_, c) => height(Math.abs(2 * c - columns + 1))),
    );
  }
  const size = columns;
  return [disc, square, cross].map((inside) =>
    gridOf(rows, columns, (r, c) => {
      const y = Math.abs(2 * r - rows + 1);
      const x = Math.abs(2 * c - columns + 1);
      return inside(y, x, size) ? BRIGHT : 0;
    }),
  );
}

const bump = (d: number) => Math.max(0, BRIGHT - d);
const box = (d: number) => (d <= 5 ? BRIGHT : 0);
const peaks = (d: number) => Math.max(0, BRIGHT - 3 * Math.abs(d - 5));

const disc = (y: number, x: number, size: number) => y * y + x * x <= 0.19 * size * size;
const square = (y: number, x: number, size: number) => Math.max(y, x) <= 0.375 * size;
const cross = (y: number, x: number, size: number) =>
  Math.min(y, x) <= 0.14 * size && Math.max(y, x) <= 0.55 * size;
