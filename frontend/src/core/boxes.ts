/**
 * Boxes: how well two agree, which of many survive, which found an object, and how good that is.
 *
 * As `course_lib.detection`: a box is its left-top and its right-bottom corner, coordinates are
 * continuous, and a box that covers columns 3 to 5 reaches from 3 to 6.
 */

/** x1, y1, x2, y2. */
export type Box = readonly [number, number, number, number];

export interface Detection {
  box: Box;
  /** Higher is surer. */
  score: number;
  /** The class, an index from 0. */
  label: number;
}

export interface Truth {
  box: Box;
  label: number;
}

export const boxArea = ([x1, y1, x2, y2]: Box) => (x2 - x1) * (y2 - y1);

/** Why four numbers are no box, in one sentence; null where they are one. */
export function boxProblem(name: string, [x1, y1, x2, y2]: Box): string | null {
  if (![x1, y1, x2, y2].every(Number.isFinite)) return `${name} has a corner that is no number.`;
  if (x2 < x1) return `${name} is inside out: its right edge, ${x2}, lies left of ${x1}.`;
  if (y2 < y1) return `${name} is inside out: its lower edge, ${y2}, lies above ${y1}.`;
  return null;
}

/** The corners in order, whichever way a box was drawn. */
export function inOrder([x1, y1, x2, y2]: Box): Box {
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

/** What two boxes share; null where they only touch, or do not. */
export function intersectionOf(a: Box, b: Box): Box | null {
  const shared: Box = [
    Math.max(a[0], b[0]),
    Math.max(a[1], b[1]),
    Math.min(a[2], b[2]),
    Math.min(a[3], b[3]),
  ];
  return shared[2] > shared[0] && shared[3] > shared[1] ? shared : null;
}

export interface Overlap {
  /** Areas. */
  intersection: number;
  union: number;
  /** Their ratio, from 0 to 1; 0 for two boxes of which neither has an area. */
  iou: number;
}

export function overlapOf(a: Box, b: Box): Overlap {
  const shared = intersectionOf(a, b);
  const intersection = shared ? boxArea(shared) : 0;
  const union = boxArea(a) + boxArea(b) - intersection;
  return { intersection, union, iou: union > 0 ? intersection / union : 0 };
}

/** Intersection over union. */
export const iou = (a: Box, b: Box) => overlapOf(a, b).iou;

/** The indices by descending score; of equal scores the lower index goes first. */
export function byScore(detections: readonly { score: number }[]): number[] {
  return detections.map((_, i) => i).sort((i, j) => detections[j]!.score - detections[i]!.score);
}

export interface SuppressionOptions {
  /** What scores below it neither survives nor suppresses. */
  threshold: number;
  /** A survivor suppresses what overlaps it by *more* than this. */
  overlap: number;
  /** Whether boxes of different classes leave each other alone. */
  byClass?: boolean;
}

export interface SuppressionStep {
  /** The survivor. */
  keeper: number;
  /** What it compares itself with, by descending score; `gone` says what it suppresses. */
  rivals: { index: number; iou: number; gone: boolean }[];
}

export interface Suppression {
  /** Indices that score too little, by descending score. */
  below: number[];
  /** One a survivor, by descending score. */
  steps: SuppressionStep[];
}

/** Threshold, then non-maximum suppression, step by step. */
export function suppression(
  detections: readonly Detection[],
  { threshold, overlap, byClass = true }: SuppressionOptions,
): Suppression {
  const order = byScore(detections);
  const below = order.filter((i) => detections[i]!.score < threshold);
  let left = order.filter((i) => detections[i]!.score >= threshold);
  const steps: SuppressionStep[] = [];
  while (left.length > 0) {
    const [keeper, ...others] = left as [number, ...number[]];
    const kept = detections[keeper]!;
    const rivals = others
      .filter((i) => !byClass || detections[i]!.label === kept.label)
      .map((index) => {
        const value = iou(kept.box, detections[index]!.box);
        return { index, iou: value, gone: value > overlap };
      });
    const gone = new Set(rivals.filter((rival) => rival.gone).map((rival) => rival.index));
    steps.push({ keeper, rivals });
    left = others.filter((i) => !gone.has(i));
  }
  return { below, steps };
}

/** The indices that survive, by descending score. */
export const nonMaxSuppression = (
  detections: readonly Detection[],
  options: SuppressionOptions,
): number[] => suppression(detections, options).steps.map(({ keeper }) => keeper);

export interface Match {
  /** The index of the detection. */
  index: number;
  /** The object of its class that it overlaps most, and by how much; null where there is none. */
  truth: number | null;
  iou: number;
  /** Whether it is the first to reach that object by at least the overlap that counts. */
  right: boolean;
}

/**
 * What became of each detection, by descending score: the rule of Pascal VOC.
 *
 * A detection looks at the object of its class that it overlaps most. A second that reaches the
 * same object is wrong.
 */
export function matches(
  detections: readonly Detection[],
  truths: readonly Truth[],
  least = 0.5,
): Match[] {
  const found = new Set<number>();
  return byScore(detections).map((index) => {
    const { box, label } = detections[index]!;
    let truth: number | null = null;
    let best = -1;
    for (const [t, one] of truths.entries()) {
      const value = one.label === label ? iou(box, one.box) : -1;
      if (value > best) [truth, best] = [t, value];
    }
    const right = truth !== null && best >= least && !found.has(truth);
    if (right) found.add(truth!);
    return { index, truth, iou: Math.max(0, best), right };
  });
}

export interface PrecisionRecall {
  /** After each detection, by descending score. */
  precision: number[];
  recall: number[];
  /** The highest precision at each recall or beyond. */
  envelope: number[];
  objects: number;
}

/** Precision and recall after each detection, given whether each was right, by descending score. */
export function precisionRecall(right: readonly boolean[], objects: number): PrecisionRecall {
  let hits = 0;
  const precision: number[] = [];
  const recall: number[] = [];
  for (const [k, one] of right.entries()) {
    hits += Number(one);
    precision.push(hits / (k + 1));
    recall.push(hits / (objects || Number.NaN));
  }
  const envelope = [...precision];
  for (let k = envelope.length - 2; k >= 0; k--) {
    envelope[k] = Math.max(envelope[k]!, envelope[k + 1]!);
  }
  return { precision, recall, envelope, objects };
}

/** The area under the envelope; NaN where there is nothing to find. */
export function averagePrecision({ recall, envelope, objects }: PrecisionRecall): number {
  if (objects === 0) return Number.NaN;
  return envelope.reduce((sum, p, k) => sum + (recall[k]! - (recall[k - 1] ?? 0)) * p, 0);
}
