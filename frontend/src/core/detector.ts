/** From the numbers of a detector's grid to boxes: course_lib.detection's `squash` and `decode_grid`. */

import type { Detection } from "./boxes.ts";
import { boxCount, decode, type GridShape } from "./yolo-grid.ts";

/** The smallest normal number of 32 bits: a sigmoid is never 0. */
const LEAST = 1.1754943508222875e-38;

const sigmoid = (x: number) => Math.max(LEAST, 1 / (1 + Math.exp(-x)));

/** A box with what made its score. */
export interface Candidate extends Detection {
  row: number;
  column: number;
  /** The box's own confidence, and its cell's probability of the class. */
  confidence: number;
  probability: number;
}

/**
 * All S · S · B boxes that a grid names, cell by cell, row by row; they may reach beyond the image.
 *
 * @param raw what the network gave: channel by channel, 5B + C of them, rows, columns.
 * @param side the image's, in pixels.
 */
export function decodeGrid(raw: ArrayLike<number>, side: number, grid: GridShape): Candidate[] {
  const { cells, boxesPerCell, classCount } = grid;
  const area = cells * cells;
  const found: Candidate[] = new Array(boxCount(grid));
  const classes = new Float64Array(classCount);
  let next = 0;
  for (let place = 0; place < area; place++) {
    const at = (channel: number) => raw[channel * area + place]!;
    const column = place % cells;
    const row = (place - column) / cells;
    let label = 0;
    for (let c = 0; c < classCount; c++) {
      classes[c] = at(5 * boxesPerCell + c);
      if (classes[c]! > classes[label]!) label = c;
    }
    let sum = 0;
    for (let c = 0; c < classCount; c++) sum += Math.exp(classes[c]! - classes[label]!);
    const probability = 1 / sum;
    for (let b = 0; b < boxesPerCell; b++) {
      const [x, y, w, h, confidence] = [0, 1, 2, 3, 4].map((i) => sigmoid(at(5 * b + i))) as [
        ...[number, number, number, number, number],
      ];
      const box = decode({ row, column, x, y, w, h }, side, cells);
      const score = confidence * probability;
      found[next++] = { box, score, label, row, column, confidence, probability };
    }
  }
  return found;
}
