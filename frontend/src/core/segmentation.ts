/** Scores of a map of classes: as `course_lib.segmentation.confusion`. */

/** The class of the highest score at each pixel; of several, the first. */
export function classMap(scores: ArrayLike<number>, classes: number): Uint8Array {
  const area = scores.length / classes;
  const map = new Uint8Array(area);
  for (let i = 0; i < area; i++) {
    let [best, most] = [0, scores[i]!];
    for (let c = 1; c < classes; c++) {
      const score = scores[c * area + i]!;
      if (score > most) [best, most] = [c, score];
    }
    map[i] = best;
  }
  return map;
}

/** How often each class (row) was called what (column), row by row. */
export function confusion(
  predicted: ArrayLike<number>,
  truth: ArrayLike<number>,
  classes: number,
): Int32Array {
  const counts = new Int32Array(classes * classes);
  for (let i = 0; i < truth.length; i++) counts[truth[i]! * classes + predicted[i]!]! += 1;
  return counts;
}

export interface Scores {
  /** Of each class; null for one that neither is there nor was predicted. */
  iou: (number | null)[];
  /** Over the classes that have one. */
  meanIou: number;
  /** The part of the pixels that are right. */
  accuracy: number;
}

export function scoresOf(counts: Int32Array, classes: number): Scores {
  const iou: (number | null)[] = [];
  let [right, all] = [0, 0];
  for (let c = 0; c < classes; c++) {
    let [row, column] = [0, 0];
    for (let k = 0; k < classes; k++) {
      row += counts[c * classes + k]!;
      column += counts[k * classes + c]!;
    }
    const hit = counts[c * classes + c]!;
    right += hit;
    all += row;
    const union = row + column - hit;
    iou.push(union > 0 ? hit / union : null);
  }
  const known = iou.filter((value) => value !== null);
  return {
    iou,
    meanIou: known.reduce((sum, value) => sum + value, 0) / known.length,
    accuracy: right / all,
  };
}

/** The probabilities of the classes at one pixel: the softmax of its scores. */
export function probabilitiesAt(
  scores: ArrayLike<number>,
  classes: number,
  pixel: number,
): number[] {
  const area = scores.length / classes;
  const own = Array.from({ length: classes }, (_, c) => scores[c * area + pixel]!);
  const most = Math.max(...own);
  const powers = own.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
