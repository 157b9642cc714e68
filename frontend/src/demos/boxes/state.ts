/** The state of the demo, what makes it impossible, and what follows from it. */

import {
  averagePrecision,
  type Box,
  boxProblem,
  type Detection,
  type Match,
  matches,
  overlapOf,
  type PrecisionRecall,
  precisionRecall,
  type Suppression,
  suppression,
  type Truth,
} from "../../core/boxes.ts";
import { once } from "../../core/once.ts";
import { CLASSES, SCENES, type SceneName, SIDE, truths } from "../../data/detection-scenes.ts";
import { checkFlag, checkNumber, checkNumbers, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export const VIEWS = ["overlap", "suppression", "precision and recall"] as const;

export { SIDE };

export interface State {
  scene: SceneName;
  /** What a detector says: corners in pixels. */
  boxes: number[][];
  scores: number[];
  labels: number[];
  /** The box in question, and the one that it is compared with. */
  selected: number;
  partner: number;
  view: (typeof VIEWS)[number];
  /** What scores less takes no part. */
  threshold: number;
  /** A survivor suppresses what overlaps it by more. */
  overlap: number;
  by_class: boolean;
  /** The IoU with an object that counts as found. */
  least: number;
  /** 0 is the threshold, then one survivor a step. */
  step: number;
  predict: boolean;
  /** The boxes that the reader says survive, in order. */
  guess: number[];
  revealed: boolean;
}

export const KEYS = [
  ...["scene", "boxes", "scores", "labels", "selected", "partner", "view", "threshold"],
  ...["overlap", "by_class", "least", "step", "predict", "guess", "revealed"],
] as (keyof State)[];

export const LIMITS = {
  boxes: { min: 2, max: 12 },
  unit: { min: 0, max: 1 },
  least: { min: 0.05, max: 1 },
} as const;

export const letterOf = (index: number) => "ABCDEFGHIJKL"[index]!;

export const detectionsOf = ({ boxes, scores, labels }: State): Detection[] =>
  boxes.map((box, i) => ({
    box: box as unknown as Box,
    score: scores[i]!,
    label: labels[i]!,
  }));

export interface Computed {
  detections: Detection[];
  truths: Truth[];
  suppression: Suppression;
  survivors: number[];
  /** What became of the survivors, by descending score. */
  matches: Match[];
  /** The class whose curve is shown: the selected box's. */
  label: number;
  /** Of its survivors the curve; and what it would be without a threshold. */
  curve: PrecisionRecall;
  whole: PrecisionRecall;
  /** Of each class; null where it has no object here. */
  averages: (number | null)[];
  /** The mean over the classes that have objects. */
  mean: number;
}

export const computed = once((state: State): Computed => {
  const { threshold, overlap, by_class: byClass, least } = state;
  const detections = detectionsOf(state);
  const objects = truths(state.scene);
  const found = suppression(detections, { threshold, overlap, byClass });
  const survivors = found.steps.map(({ keeper }) => keeper);
  const judged = judge(detections, survivors, objects, least);
  const label = state.labels[state.selected]!;
  // Boxes of low scores suppress no better ones: the curve only goes on where they are let in.
  const all = suppression(detections, { threshold: 0, overlap, byClass });
  const without = judge(
    detections,
    all.steps.map(({ keeper }) => keeper),
    objects,
    least,
  );
  const curveOf = (ones: Match[], c: number) =>
    precisionRecall(
      ones.filter(({ index }) => detections[index]!.label === c).map(({ right }) => right),
      objects.filter((object) => object.label === c).length,
    );
  const averages = CLASSES.map((_, c) => {
    const value = averagePrecision(curveOf(judged, c));
    return Number.isNaN(value) ? null : value;
  });
  const known = averages.filter((value) => value !== null);
  return {
    ...{ detections, truths: objects, suppression: found, survivors, label, averages },
    matches: judged,
    curve: curveOf(judged, label),
    whole: curveOf(without, label),
    mean: known.reduce((sum, value) => sum + value, 0) / known.length,
  };
});

/** What became of some detections, by descending score, under their own indices. */
function judge(all: Detection[], which: number[], objects: Truth[], least: number): Match[] {
  const some = which.map((index) => all[index]!);
  return matches(some, objects, least).map((m) => ({ ...m, index: which[m.index]! }));
}

/** The overlap of the two boxes in question. */
export const pairOf = (state: State) => {
  const { detections } = computed(state);
  return overlapOf(detections[state.selected]!.box, detections[state.partner]!.box);
};

/** Whether what survives is still the reader's to say. */
export const hidden = (state: State) =>
  state.view === "suppression" && state.predict && !state.revealed;

/** The traits that the page computes. */
export function derived(state: State) {
  const { survivors, curve, averages } = computed(state);
  return {
    iou: pairOf(state).iou,
    // A guess is no guess where the answer can be read.
    survivors: hidden(state) ? [] : survivors,
    precision: curve.precision,
    recall: curve.objects > 0 ? curve.recall : [],
    average_precision: averages,
  };
}

/** What points at a box that is gone points at the last, and a step beyond the last is the last. */
export function settle(candidate: State): State {
  if (!Array.isArray(candidate.boxes) || candidate.boxes.length < 2) return candidate;
  const last = candidate.boxes.length - 1;
  const next = { ...candidate, step: 0 };
  next.selected = Math.min(candidate.selected, last);
  next.partner = Math.min(candidate.partner, last);
  if (next.partner === next.selected) next.partner = next.selected === 0 ? 1 : 0;
  if (Array.isArray(next.guess)) next.guess = next.guess.filter((i) => !(i > last));
  const steps = check(next) === null ? computed(next).suppression.steps.length : 0;
  next.step = candidate.step > steps ? steps : candidate.step;
  return next;
}

/** A change to what is asked: what the reader said of it is taken back, the end stays the end. */
export function asked(state: State, change: Partial<State>): Partial<State> {
  const atEnd = state.step > 0 && state.step === computed(state).suppression.steps.length;
  const step = atEnd ? LIMITS.boxes.max : state.step;
  return { step, guess: [], revealed: false, ...change };
}

export function check(state: State): Problem | null {
  const count = state.boxes?.length ?? 0;
  return (
    checkWord("scene", "The picture", state.scene, SCENES) ??
    checkWord("view", "“Look at”", state.view, VIEWS) ??
    checkBoxes(state) ??
    checkNumbers("boxes", "The scores", state.scores, { min: count, max: count }, LIMITS.unit) ??
    checkLabels(state) ??
    checkWhole("boxes", "The box selected", state.selected, { min: 0, max: count - 1 }) ??
    checkWhole("boxes", "Its partner", state.partner, { min: 0, max: count - 1 }) ??
    checkNumber("threshold", "The threshold", state.threshold, LIMITS.unit) ??
    checkNumber("overlap", "The overlap", state.overlap, LIMITS.unit) ??
    checkNumber("least", "The IoU that counts", state.least, LIMITS.least) ??
    checkFlag("by_class", "Within each class only", state.by_class) ??
    checkFlag("predict", "Predict", state.predict) ??
    checkFlag("predict", "Revealed", state.revealed) ??
    checkWhole("step", "The step", state.step, {
      min: 0,
      max: computed(state).suppression.steps.length,
    }) ??
    checkGuess(state)
  );
}

function checkBoxes({ boxes }: State): Problem | null {
  const control = "boxes";
  const { min, max } = LIMITS.boxes;
  if (!Array.isArray(boxes) || boxes.length < min || boxes.length > max) {
    const message = `There are ${boxes?.length ?? "no"} boxes; it takes ${min} to ${max}.`;
    return { control, message };
  }
  const range = { min: 0, max: SIDE };
  for (const [i, box] of boxes.entries()) {
    const name = `Box ${letterOf(i)}`;
    const bad = checkNumbers(control, name, box, { min: 4, max: 4 }, range);
    if (bad) return bad;
    const message = boxProblem(name, box as unknown as Box);
    if (message) return { control, message };
  }
  return null;
}

function checkLabels({ boxes, labels }: State): Problem | null {
  if (!Array.isArray(labels) || labels.length !== boxes.length) {
    const message = `There are ${boxes.length} boxes, but ${labels?.length ?? "no"} classes for them.`;
    return { control: "boxes", message };
  }
  for (const label of labels) {
    const bad = checkWhole("boxes", "A class", label, { min: 0, max: CLASSES.length - 1 });
    if (bad) return bad;
  }
  return null;
}

function checkGuess({ boxes, guess }: State): Problem | null {
  const fine =
    Array.isArray(guess) &&
    guess.every((i) => Number.isInteger(i) && i >= 0 && i < boxes.length) &&
    new Set(guess).size === guess.length;
  if (fine) return null;
  return {
    control: "predict",
    message: "The prediction names a box twice, or one that is not there.",
  };
}
