/** The state of the demo, what makes it impossible, and what follows from it. */

import { type Box, boxProblem } from "../../core/boxes.ts";
import { once } from "../../core/once.ts";
import {
  type CellLoss,
  cellLoss,
  type Encoding,
  encodeAll,
  type GridShape,
  LOSS_WEIGHTS,
  type LossTerms,
  TERMS,
  toldFrom,
  totalOf,
} from "../../core/yolo-grid.ts";
import { CLASSES, SCENES, type SceneName } from "../../data/detection-scenes.ts";
import { checkNumber, checkNumbers, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export const VIEWS = ["encode", "loss"] as const;

/** Pixels of each side of the image, as YOLO takes it. */
export const SIDE = 448;

export interface State {
  scene: SceneName;
  /** The objects: corners in pixels. */
  boxes: number[][];
  /** Their classes. */
  labels: number[];
  selected: number;
  cells: number;
  boxes_per_cell: number;
  class_count: number;
  view: (typeof VIEWS)[number];
  /** Three boxes that a network could say, of which the first B count. */
  predicted: number[][];
  confidences: number[];
  /** Which predicted box can be pulled at its corners, from 0; −1 is the object selected. */
  grabbed: number;
  /** What the cell gives the right class; the others share the rest. */
  probability: number;
  /** What every other box gives as its confidence. */
  background: number;
}

export const KEYS = [
  ...["scene", "boxes", "labels", "selected", "cells", "boxes_per_cell", "class_count", "view"],
  ...["predicted", "confidences", "grabbed", "probability", "background"],
] as (keyof State)[];

export const LIMITS = {
  objects: { min: 1, max: 6 },
  cells: { min: 2, max: 14 },
  boxesPerCell: { min: 1, max: 3 },
  classCount: { min: CLASSES.length, max: 1000 },
  unit: { min: 0, max: 1 },
  /** The smallest extent of a box, in pixels. */
  least: 4,
} as const;

export const gridOf = (state: State): GridShape => ({
  cells: state.cells,
  boxesPerCell: state.boxes_per_cell,
  classCount: state.class_count,
});

export const boxOf = (box: readonly number[]) => box as unknown as Box;

export interface Computed {
  encoding: Encoding;
  /** The object that holds the selected one's cell. */
  holder: number;
  /** What the cell of the selected object adds. */
  cell: CellLoss;
  /** The boxes besides, of which each gives `background`. */
  quiet: number;
  /** The whole image's. */
  loss: LossTerms;
  total: number;
}

function cellOf(encoding: Encoding, holder: number, state: State): CellLoss {
  const target = encoding.told[holder]!;
  const boxes = Array.from({ length: state.boxes_per_cell }, (_, j) => ({
    ...toldFrom(target, boxOf(state.predicted[j]!), SIDE, state.cells),
    confidence: state.confidences[j]!,
  }));
  const label = state.labels[holder]!;
  return cellLoss({ boxes, classes: classesOf(state, label) }, { ...target, label }, state.cells);
}

/** The probabilities that the cell gives. */
export function classesOf({ class_count, probability }: State, label: number): number[] {
  const rest = (1 - probability) / (class_count - 1);
  return Array.from({ length: class_count }, (_, c) => (c === label ? probability : rest));
}

/** All objects but the one in question are predicted without fault. */
export const computed = once((state: State): Computed => {
  const encoding = encodeAll(state.boxes.map(boxOf), SIDE, state.cells);
  const holder = encoding.holder[state.selected]!;
  const cell = cellOf(encoding, holder, state);
  const others = encoding.holder.filter((first, own) => first === own).length - 1;
  // In its own cell B boxes are told; another object's first box is faultless; the rest is quiet.
  const quiet = state.cells ** 2 * state.boxes_per_cell - state.boxes_per_cell - others;
  const loss: LossTerms = {
    ...cell,
    noObject: cell.noObject + LOSS_WEIGHTS.noObject * quiet * state.background ** 2,
  };
  return { encoding, holder, cell, quiet, loss, total: totalOf(loss) };
});

/** The traits that the page computes. */
export function derived(state: State) {
  const { encoding, loss } = computed(state);
  return {
    encoding: encoding.told.map(({ row, column, x, y, w, h }) => [row, column, x, y, w, h]),
    collisions: encoding.holder.flatMap((first, own) => (first === own ? [] : [[first, own]])),
    loss: TERMS.map((name) => loss[name]),
  };
}

/** What points at an object or a box that is gone points at the last. */
export function settle(candidate: State): State {
  if (!Array.isArray(candidate.boxes) || candidate.boxes.length === 0) return candidate;
  const last = candidate.boxes.length - 1;
  const selected = candidate.selected > last ? last : candidate.selected;
  const most = candidate.boxes_per_cell - 1;
  const grabbed = candidate.grabbed > most ? most : candidate.grabbed;
  if (selected === candidate.selected && grabbed === candidate.grabbed) return candidate;
  return { ...candidate, selected, grabbed };
}

export function check(state: State): Problem | null {
  return (
    checkWord("scene", "The picture", state.scene, SCENES) ??
    checkWord("view", "“Look at”", state.view, VIEWS) ??
    checkWhole("cells", "The number of cells", state.cells, LIMITS.cells) ??
    checkWhole("boxes_per_cell", "Boxes a cell", state.boxes_per_cell, LIMITS.boxesPerCell) ??
    checkWhole("class_count", "The number of classes", state.class_count, LIMITS.classCount) ??
    checkBoxes("boxes", "Object", state.boxes, LIMITS.objects) ??
    checkLabels(state) ??
    checkBoxes("boxes", "Predicted box", state.predicted, { min: 3, max: 3 }) ??
    checkNumbers(
      "confidences",
      "The confidences",
      state.confidences,
      { min: 3, max: 3 },
      LIMITS.unit,
    ) ??
    checkNumber("probability", "The probability", state.probability, LIMITS.unit) ??
    checkNumber("background", "The confidence", state.background, LIMITS.unit)
  );
}

function checkLabels({ boxes, labels, selected, grabbed, boxes_per_cell }: State): Problem | null {
  const count = boxes.length;
  if (!Array.isArray(labels) || labels.length !== count) {
    const message = `There are ${count} boxes, but ${labels?.length ?? "no"} classes for them.`;
    return { control: "boxes", message };
  }
  for (const label of labels) {
    const bad = checkWhole("boxes", "A class", label, { min: 0, max: CLASSES.length - 1 });
    if (bad) return bad;
  }
  return (
    checkWhole("boxes", "The object selected", selected, { min: 0, max: count - 1 }) ??
    checkWhole("boxes", "The predicted box", grabbed, { min: -1, max: boxes_per_cell - 1 })
  );
}

/** Boxes that lie in the image, are not inside out and have some extent. */
function checkBoxes(
  control: string,
  name: string,
  boxes: readonly (readonly number[])[],
  { min, max }: { min: number; max: number },
): Problem | null {
  if (!Array.isArray(boxes) || boxes.length < min || boxes.length > max) {
    return {
      control,
      message: `There are ${boxes?.length ?? "no"} boxes; it takes ${min} to ${max}.`,
    };
  }
  for (const [i, box] of boxes.entries()) {
    const bad = checkNumbers(
      control,
      `${name} ${i + 1}`,
      box,
      { min: 4, max: 4 },
      { min: 0, max: SIDE },
    );
    if (bad) return bad;
    const message = boxProblem(`${name} ${i + 1}`, boxOf(box)) ?? tooSmall(`${name} ${i + 1}`, box);
    if (message) return { control, message };
  }
  return null;
}

function tooSmall(name: string, [x1, y1, x2, y2]: readonly number[]): string | null {
  if (x2! - x1! >= LIMITS.least && y2! - y1! >= LIMITS.least) return null;
  return `${name} is smaller than ${LIMITS.least} pixels.`;
}
