/**
 * YOLO's grid: from a box to the numbers of the cell that answers for it, and back; and its loss.
 *
 * As `course_lib.detection`: a centre is told in parts of its cell, an extent in parts of the image.
 */

import { type Box, iou } from "./boxes.ts";

export interface GridShape {
  /** Along each side: S. */
  cells: number;
  /** B. */
  boxesPerCell: number;
  /** C. */
  classCount: number;
}

/** The numbers of one cell. */
export const depthOf = ({ boxesPerCell, classCount }: GridShape) => 5 * boxesPerCell + classCount;

/** The boxes of one image. */
export const boxCount = ({ cells, boxesPerCell }: GridShape) => cells ** 2 * boxesPerCell;

/** The numbers of one image. */
export const numberCount = (grid: GridShape) => grid.cells ** 2 * depthOf(grid);

/** Where a cell stands, from the left-top one, counted from 0. */
export interface Place {
  row: number;
  column: number;
}

/** A box as a cell tells it. */
export interface Told {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** The cell that answers for a box, and what it says; the centre must lie in the image. */
export function encode([x1, y1, x2, y2]: Box, side: number, cells: number): Place & Told {
  // In this order a centre on the line between two cells stays on it.
  const across = (((x1 + x2) / 2) * cells) / side;
  const down = (((y1 + y2) / 2) * cells) / side;
  const [column, row] = [Math.floor(across), Math.floor(down)];
  const [w, h] = [(x2 - x1) / side, (y2 - y1) / side];
  return { row, column, x: across - column, y: down - row, w, h };
}

/** What a cell other than the one in which a box has its centre would have to say of it. */
export function toldFrom({ row, column }: Place, box: Box, side: number, cells: number): Told {
  const own = encode(box, side, cells);
  return { x: own.x + own.column - column, y: own.y + own.row - row, w: own.w, h: own.h };
}

/** The box that a cell tells. */
export function decode({ row, column, x, y, w, h }: Place & Told, side: number, cells: number) {
  const [cx, cy] = [((column + x) / cells) * side, ((row + y) / cells) * side];
  const [wide, high] = [w * side, h * side];
  return [cx - wide / 2, cy - high / 2, cx + wide / 2, cy + high / 2] as Box;
}

export interface Encoding {
  /** Of each box its cell, and what the cell says if it is the box's own. */
  told: (Place & Told)[];
  /** Of each box the one that holds its cell: itself, or the first listed with its centre there. */
  holder: number[];
}

export function encodeAll(boxes: readonly Box[], side: number, cells: number): Encoding {
  const told = boxes.map((box) => encode(box, side, cells));
  const holder = told.map(({ row, column }) =>
    told.findIndex((other) => other.row === row && other.column === column),
  );
  return { told, holder };
}

export interface CellPrediction {
  boxes: readonly (Told & { confidence: number })[];
  /** The probability of each class. */
  classes: readonly number[];
}

export interface CellTarget extends Told {
  label: number;
}

export interface LossWeights {
  coordinates: number;
  noObject: number;
}

/** As in the paper. */
export const LOSS_WEIGHTS: LossWeights = { coordinates: 5, noObject: 0.5 };

export const TERMS = ["centre", "size", "object", "noObject", "classes"] as const;

/** The five terms, weighted. */
export type LossTerms = Record<(typeof TERMS)[number], number>;

export interface CellLoss extends LossTerms {
  /** Of each of the cell's boxes its IoU with the object; 0 where there is none. */
  ious: number[];
  /** The box that is responsible, or −1 where there is no object. */
  responsible: number;
}

const square = (value: number) => value * value;

/** What one cell adds to the loss. */
export function cellLoss(
  { boxes, classes }: CellPrediction,
  target: CellTarget | null,
  cells: number,
  { coordinates, noObject }: LossWeights = LOSS_WEIGHTS,
): CellLoss {
  const corners = (told: Told) => decode({ ...told, row: 0, column: 0 }, 1, cells);
  const ious = boxes.map((box) => (target ? iou(corners(box), corners(target)) : 0));
  const responsible = target ? ious.indexOf(Math.max(...ious)) : -1;
  const silent = boxes.reduce((s, b, j) => (j === responsible ? s : s + square(b.confidence)), 0);
  const terms = { centre: 0, size: 0, object: 0, noObject: noObject * silent, classes: 0 };
  const box = boxes[responsible];
  if (target && box) {
    terms.centre = coordinates * (square(box.x - target.x) + square(box.y - target.y));
    const root = (a: number, b: number) => square(Math.sqrt(a) - Math.sqrt(b));
    terms.size = coordinates * (root(box.w, target.w) + root(box.h, target.h));
    terms.object = square(box.confidence - ious[responsible]!);
    terms.classes = classes.reduce((s, p, c) => s + square(p - Number(c === target.label)), 0);
  }
  return { ...terms, ious, responsible };
}

export const totalOf = (terms: LossTerms) => TERMS.reduce((sum, name) => sum + terms[name], 0);
