/**
 * A stack of layers of one width, with and without skips: what goes forward and what comes back.
 *
 * Layer l is h + f[h], or plainly f[h], where f normalises over the batch if wanted, activates and
 * convolves, kernel 3 between zeros. `course_lib.networks.residual_stack` is the same in Python,
 * and draws the same weights.
 *
 * A map lies channel after channel, a channel position after position, and at each position stand
 * the examples: so a tap of a convolution is a run of numbers.
 */

import { RandomState } from "./mersenne.ts";

export const INITIALISATIONS = ["He", "Glorot", "PyTorch"] as const;
export const STACK_ACTIVATIONS = ["ReLU", "tanh", "none"] as const;

export interface Stack {
  depth: number;
  width: number;
  skip: boolean;
  batchNorm: boolean;
  initialisation: (typeof INITIALISATIONS)[number];
  activation: (typeof STACK_ACTIVATIONS)[number];
  seed: number;
  /** A layer, from 1, that hands on what it is given; 0 for none. */
  removed: number;
}

export interface Batch {
  /** Example after example. */
  values: Float64Array;
  labels: readonly number[];
}

export interface Sizes {
  /** Root mean square of what comes out of the stem and of each layer. */
  activations: number[];
  /** Root mean square of the derivatives of the loss by those values. */
  gradients: number[];
  loss: number;
  /** Ten of each example. */
  scores: Float64Array;
}

/** Values that the stem puts together. */
const PATCH = 4;
const CLASSES = 10;
const TAPS = 3;
const EPSILON = 1e-5;
/** Variance of a weight times the number of values that one output reads. */
const VARIANCES = { He: 2, Glorot: 1, PyTorch: 1 / 3 } as const;

/** Normal numbers of a seed, drawn as far as they are needed. */
class Normals {
  #random: RandomState;
  #drawn: number[] = [];
  readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
    this.#random = new RandomState(seed);
  }

  take(from: number, count: number, variance: number): Float64Array {
    while (this.#drawn.length < from + count) this.#drawn.push(this.#random.normal());
    const deviation = Math.sqrt(variance);
    return Float64Array.from({ length: count }, (_, i) => this.#drawn[from + i]! * deviation);
  }
}

let normals = new Normals(0);

interface Weights {
  key: string;
  stem: Float64Array;
  head: Float64Array;
  kernels: Float64Array[];
}

let newest: Weights | null = null;

function weightsOf({ depth, width, initialisation, seed }: Stack): Weights {
  const key = `${width} ${initialisation} ${seed}`;
  if (normals.seed !== seed) normals = new Normals(seed);
  if (newest?.key !== key) {
    newest = {
      key,
      stem: normals.take(0, width * PATCH, 1 / PATCH),
      head: normals.take(width * PATCH, CLASSES * width, 1 / width),
      kernels: [],
    };
  }
  const { kernels } = newest;
  const size = width * width * TAPS;
  const first = width * (PATCH + CLASSES);
  const variance = VARIANCES[initialisation] / (TAPS * width);
  for (let l = kernels.length; l < depth; l++) {
    kernels.push(normals.take(first + l * size, size, variance));
  }
  return newest;
}

/** Send a batch forward and its gradient back. */
export function stackSizes(stack: Stack, { values, labels }: Batch): Sizes {
  const { depth, width, skip, removed } = stack;
  const { stem, head, kernels } = weightsOf(stack);
  const examples = labels.length;
  const positions = values.length / examples / PATCH;
  const run = positions * examples;

  const forward = [stemmed(stem, values, width, positions, examples)];
  const read: (Activated | null)[] = [];
  for (let l = 1; l <= depth; l++) {
    const h = forward[l - 1]!;
    if (l === removed) {
      read.push(null);
      forward.push(h);
      continue;
    }
    const u = activated(stack, h, run, examples);
    const z = skip ? h.slice() : new Float64Array(h.length);
    convolve(kernels[l - 1]!, u.values, z, width, run, examples);
    read.push(u);
    forward.push(z);
  }
  const last = activated(stack, forward[depth]!, run, examples);
  const scores = scored(head, last.values, width, positions, examples);
  const { loss, gradient } = crossEntropy(scores, labels);

  let back = intoActivated(stack, last, unscored(head, gradient, width, positions, examples), run);
  const gradients = [size(back)];
  for (let l = depth; l >= 1; l--) {
    const u = read[l - 1]!;
    if (u !== null) {
      const below = new Float64Array(back.length + 2 * width * examples);
      convolveBack(kernels[l - 1]!, back, below, width, run, examples);
      const through = intoActivated(stack, u, below, run);
      if (skip) for (let i = 0; i < through.length; i++) through[i]! += back[i]!;
      back = through;
    }
    gradients.push(size(back));
  }
  return { activations: forward.map(size), gradients: gradients.reverse(), loss, scores };
}

function stemmed(
  stem: Float64Array,
  values: Float64Array,
  width: number,
  positions: number,
  examples: number,
): Float64Array {
  const h = new Float64Array(width * positions * examples);
  for (let c = 0, at = 0; c < width; c++) {
    for (let p = 0; p < positions; p++) {
      for (let n = 0; n < examples; n++, at++) {
        const from = (n * positions + p) * PATCH;
        let sum = 0;
        for (let k = 0; k < PATCH; k++) sum += stem[c * PATCH + k]! * values[from + k]!;
        h[at] = sum;
      }
    }
  }
  return h;
}

/** What a convolution reads, and what the way back through it needs. */
interface Activated {
  /** A position of zeros stands before each channel and after it. */
  values: Float64Array;
  /** Before the activation. */
  sums: Float64Array;
  /** One over the standard deviation of each channel; without normalisation there is none. */
  scales: Float64Array | null;
  pad: number;
}

function activated(
  { activation, batchNorm }: Stack,
  h: Float64Array,
  run: number,
  pad: number,
): Activated {
  const width = h.length / run;
  const scales = batchNorm ? new Float64Array(width) : null;
  const sums = scales ? new Float64Array(h.length) : h;
  if (scales) {
    for (let c = 0; c < width; c++) {
      const [from, to] = [c * run, (c + 1) * run];
      let mean = 0;
      for (let i = from; i < to; i++) mean += h[i]!;
      mean /= run;
      let variance = 0;
      for (let i = from; i < to; i++) variance += (h[i]! - mean) ** 2;
      const scale = 1 / Math.sqrt(variance / run + EPSILON);
      for (let i = from; i < to; i++) sums[i] = (h[i]! - mean) * scale;
      scales[c] = scale;
    }
  }
  const wide = run + 2 * pad;
  const values = new Float64Array(width * wide);
  for (let c = 0; c < width; c++) {
    const to = c * wide + pad;
    const from = c * run;
    if (activation === "ReLU") {
      for (let i = 0; i < run; i++) values[to + i] = sums[from + i]! > 0 ? sums[from + i]! : 0;
    } else if (activation === "tanh") {
      for (let i = 0; i < run; i++) values[to + i] = Math.tanh(sums[from + i]!);
    } else {
      for (let i = 0; i < run; i++) values[to + i] = sums[from + i]!;
    }
  }
  return { values, sums, scales, pad };
}

/** From the gradient by what a convolution reads, padded, to that by what was activated. */
function intoActivated(
  { activation }: Stack,
  { values, sums, scales, pad }: Activated,
  above: Float64Array,
  run: number,
): Float64Array<ArrayBuffer> {
  const below = new Float64Array(sums.length);
  const wide = run + 2 * pad;
  for (let c = 0, at = 0; c * run < sums.length; c++) {
    for (let i = c * wide + pad; i < (c + 1) * wide - pad; i++, at++) {
      const g = above[i]!;
      if (activation === "ReLU") below[at] = sums[at]! > 0 ? g : 0;
      else below[at] = activation === "tanh" ? g * (1 - values[i]! ** 2) : g;
    }
  }
  if (scales === null) return below;
  for (const [c, scale] of scales.entries()) {
    const [from, to] = [c * run, (c + 1) * run];
    let mean = 0;
    let along = 0;
    for (let i = from; i < to; i++) {
      mean += below[i]!;
      along += below[i]! * sums[i]!;
    }
    mean /= run;
    along /= run;
    for (let i = from; i < to; i++) below[i] = scale * (below[i]! - mean - along * sums[i]!);
  }
  return below;
}

/** Add a convolution of `u`, which is padded, to `z`. */
function convolve(
  kernel: Float64Array,
  u: Float64Array,
  z: Float64Array,
  width: number,
  run: number,
  pad: number,
): void {
  for (let o = 0; o < width; o++) {
    for (let c = 0; c < width; c += 2) {
      const w = (o * width + c) * TAPS;
      const [a0, a1, a2] = [kernel[w]!, kernel[w + 1]!, kernel[w + 2]!];
      if (c + 1 === width) addOne(z, o * run, u, c, a0, a1, a2, run, pad);
      else {
        const [b0, b1, b2] = [kernel[w + 3]!, kernel[w + 4]!, kernel[w + 5]!];
        addTwo(z, o * run, u, c, a0, a1, a2, b0, b1, b2, run, pad);
      }
    }
  }
}

/** The transpose of `convolve`: add to the gradient by `u`, which is padded. */
function convolveBack(
  kernel: Float64Array,
  above: Float64Array,
  below: Float64Array,
  width: number,
  run: number,
  pad: number,
): void {
  const wide = run + 2 * pad;
  // The gradient by z between zeros, so that each value below is one sum.
  const g = new Float64Array(width * wide);
  for (let o = 0; o < width; o++) g.set(above.subarray(o * run, (o + 1) * run), o * wide + pad);
  for (let c = 0; c < width; c++) {
    for (let o = 0; o < width; o += 2) {
      const w = (o * width + c) * TAPS;
      const [a0, a1, a2] = [kernel[w]!, kernel[w + 1]!, kernel[w + 2]!];
      const to = c * wide + pad;
      if (o + 1 === width) addOne(below, to, g, o, a2, a1, a0, run, pad);
      else {
        const next = w + width * TAPS;
        const [b0, b1, b2] = [kernel[next]!, kernel[next + 1]!, kernel[next + 2]!];
        addTwo(below, to, g, o, a2, a1, a0, b2, b1, b0, run, pad);
      }
    }
  }
}

/** Add three taps over a padded channel to a run of sums. */
function addOne(
  sums: Float64Array,
  to: number,
  padded: Float64Array,
  channel: number,
  left: number,
  middle: number,
  right: number,
  run: number,
  pad: number,
): void {
  let from = channel * (run + 2 * pad);
  for (let i = to; i < to + run; i++, from++) {
    sums[i]! +=
      left * padded[from]! + middle * padded[from + pad]! + right * padded[from + 2 * pad]!;
  }
}

/** The same over two channels at once: a sum is read and written half as often. */
function addTwo(
  sums: Float64Array,
  to: number,
  padded: Float64Array,
  channel: number,
  a0: number,
  a1: number,
  a2: number,
  b0: number,
  b1: number,
  b2: number,
  run: number,
  pad: number,
): void {
  const wide = run + 2 * pad;
  let from = channel * wide;
  for (let i = to; i < to + run; i++, from++) {
    const next = from + wide;
    sums[i]! +=
      a0 * padded[from]! +
      a1 * padded[from + pad]! +
      a2 * padded[from + 2 * pad]! +
      (b0 * padded[next]! + b1 * padded[next + pad]! + b2 * padded[next + 2 * pad]!);
  }
}

/** The mean over positions of each channel, and the ten scores of each example from these. */
function scored(
  head: Float64Array,
  u: Float64Array,
  width: number,
  positions: number,
  examples: number,
): Float64Array {
  const scores = new Float64Array(examples * CLASSES);
  const wide = (positions + 2) * examples;
  for (let c = 0; c < width; c++) {
    for (let n = 0; n < examples; n++) {
      let mean = 0;
      for (let p = 1; p <= positions; p++) mean += u[c * wide + p * examples + n]!;
      mean /= positions;
      for (let k = 0; k < CLASSES; k++) scores[n * CLASSES + k]! += head[k * width + c]! * mean;
    }
  }
  return scores;
}

/** The transpose of `scored`; padded. */
function unscored(
  head: Float64Array,
  gradient: Float64Array,
  width: number,
  positions: number,
  examples: number,
): Float64Array {
  const wide = (positions + 2) * examples;
  const below = new Float64Array(width * wide);
  for (let c = 0; c < width; c++) {
    for (let n = 0; n < examples; n++) {
      let g = 0;
      for (let k = 0; k < CLASSES; k++) g += head[k * width + c]! * gradient[n * CLASSES + k]!;
      for (let p = 1; p <= positions; p++) below[c * wide + p * examples + n] = g / positions;
    }
  }
  return below;
}

/** The mean loss, and its gradient by the scores. */
function crossEntropy(scores: Float64Array, labels: readonly number[]) {
  const gradient = new Float64Array(scores.length);
  let loss = 0;
  for (const [n, label] of labels.entries()) {
    const row = scores.subarray(n * CLASSES, (n + 1) * CLASSES);
    const largest = Math.max(...row);
    let sum = 0;
    for (const score of row) sum += Math.exp(score - largest);
    loss += Math.log(sum) + largest - row[label]!;
    for (const [k, score] of row.entries()) {
      const share = Math.exp(score - largest) / sum;
      gradient[n * CLASSES + k] = (share - (k === label ? 1 : 0)) / labels.length;
    }
  }
  return { loss: loss / labels.length, gradient };
}

/** Root mean square; scaled, for squares may be too small to hold. */
function size(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! / largest) ** 2;
  return largest * Math.sqrt(sum / values.length);
}

/** How far scores moved, against their size before. */
export function relativeChange(before: Float64Array, after: Float64Array): number {
  const whole = size(before);
  return whole === 0 ? 0 : size(after.map((score, i) => score - before[i]!)) / whole;
}

/** How many examples get another answer. */
export function changedAnswers(before: Float64Array, after: Float64Array): number {
  let count = 0;
  for (let at = 0; at < before.length; at += CLASSES) {
    const [was, is] = [before, after].map((scores) => best(scores.subarray(at, at + CLASSES)));
    if (was !== is) count += 1;
  }
  return count;
}

function best(scores: Float64Array): number {
  return scores.indexOf(Math.max(...scores));
}
