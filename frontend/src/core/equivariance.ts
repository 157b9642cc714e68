/**
 * Functions of a signal or an image whose behaviour under transformations is worth comparing.
 *
 * None is trained: each is given in full here, so that what it does can be checked by hand.
 */

import { type Border, convolveGrid, type Grid, maxPool, meanOf } from "./grid.ts";
import { mulberry32 } from "./random.ts";
import { prototypes } from "./shapes.ts";

export const FUNCTIONS = [
  "convolution",
  "stride-2",
  "max-pool",
  "fully-connected",
  "segmenter",
  "mean-pool",
  "classifier",
] as const;

export type FunctionName = (typeof FUNCTIONS)[number];

export const KERNEL_NAMES = ["gaussian", "mean", "derivative", "laplacian"] as const;

export type GridKernel = (typeof KERNEL_NAMES)[number];

/** What a classifier does with its feature maps before it decides. */
export const HEADS = ["flatten", "pool"] as const;

export type Head = (typeof HEADS)[number];

export interface Settings {
  kernel: GridKernel;
  /** The reader's own weights, row by row; none where those of `kernel` hold. */
  weights: readonly number[];
  head: Head;
  border: Border;
}

/** Whether a function gives an answer about the whole, which should then be invariant. */
export function answersOnce(name: FunctionName): boolean {
  return name === "mean-pool" || name === "classifier";
}

/** How many places of the input one place of the output stands for, along each axis. */
export function strideOf(name: FunctionName): number {
  return name === "stride-2" || name === "max-pool" ? 2 : 1;
}

/** f[x]. */
export function applyFunction(name: FunctionName, x: Grid, settings: Settings): Grid {
  const { head, border } = settings;
  const flat = x.rows === 1;
  switch (name) {
    case "convolution":
      return convolveGrid(x, weightsOf(settings, flat), { stride: 1, border });
    case "stride-2":
      return convolveGrid(x, weightsOf(settings, flat), { stride: 2, border });
    case "max-pool":
      return maxPool(x);
    case "fully-connected":
      return fullyConnected(x);
    case "segmenter":
      return segmented(x, border);
    case "mean-pool":
      return { rows: 1, columns: 1, values: [meanOf(x.values)] };
    case "classifier":
      return { rows: 1, columns: 3, values: probabilities(x, head, border) };
  }
}

/** The weights of the convolution, as rows. */
export function weightsOf(
  { kernel, weights }: Pick<Settings, "kernel" | "weights">,
  flat: boolean,
): number[][] {
  if (weights.length === 0) return kernelOf(kernel, flat);
  return Array.from({ length: weights.length / 3 }, (_, r) => weights.slice(3 * r, 3 * r + 3));
}

/** Three weights for a signal, three by three for an image. */
export function kernelOf(name: GridKernel, flat: boolean): number[][] {
  const third = 1 / 3;
  const ninth = 1 / 9;
  switch (name) {
    case "mean":
      return flat ? [[third, third, third]] : Array.from({ length: 3 }, () => Array(3).fill(ninth));
    case "gaussian":
      return flat ? [[0.25, 0.5, 0.25]] : outer([1, 2, 1], [1, 2, 1], 16);
    case "derivative":
      return flat ? [[-0.5, 0, 0.5]] : outer([1, 2, 1], [-1, 0, 1], 8);
    case "laplacian":
      return flat
        ? [[1, -2, 1]]
        : [
            [0, 1, 0],
            [1, -4, 1],
            [0, 1, 0],
          ];
  }
}

/** The seed of the weights that all fully connected layers here are drawn from. */
export const WEIGHT_SEED = 7;

let weights: Float64Array = new Float64Array(0);

/** A layer with a weight for each pair of places: random, of variance one over their number. */
function fullyConnected(x: Grid): Grid {
  const count = x.values.length;
  if (weights.length !== count * count) weights = randomWeights(count);
  const values = Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let j = 0, at = i * count; j < count; j++, at++) sum += weights[at]! * x.values[j]!;
    return sum;
  });
  return { ...x, values };
}

function randomWeights(count: number): Float64Array {
  const random = mulberry32(WEIGHT_SEED);
  const size = Math.sqrt(3 / count);
  return Float64Array.from({ length: count * count }, () => (2 * random() - 1) * size);
}

/** The brightness from which the segmenter calls a place part of an object. */
export const THRESHOLD = 3.3;

/** Two convolutions that smooth, and a threshold: 1 for "object", 0 for "background". */
function segmented(x: Grid, border: Border): Grid {
  const smoothing = kernelOf("gaussian", x.rows === 1);
  const once = convolveGrid(x, smoothing, { stride: 1, border });
  const twice = convolveGrid(once, smoothing, { stride: 1, border });
  return { ...twice, values: twice.values.map((v) => (v > THRESHOLD ? 1 : 0)) };
}

/** Kernels that answer to edges of several directions; the classifier's first layer. */
export function edgeKernels(flat: boolean): number[][][] {
  if (flat) return [[[-1, 0, 1]], [[1, 0, -1]], [[-1, 2, -1]]];
  return [
    outer([1, 2, 1], [-1, 0, 1], 1),
    outer([-1, 0, 1], [1, 2, 1], 1),
    [
      [0, 1, 2],
      [-1, 0, 1],
      [-2, -1, 0],
    ],
    [
      [2, 1, 0],
      [1, 0, -1],
      [0, -1, -2],
    ],
  ];
}

/**
 * Convolution, ReLU, then all features ("flatten") or the mean of each map ("pool"), then the
 * softmax of how near they are to those of each prototype: −|h − h_c|² / T.
 *
 * But for a term that all classes share that is a linear layer, with 2h_c/T as weights and −|h_c|²/T
 * as bias. T is an eighth of the mean squared distance between the prototypes' features.
 */
function probabilities(x: Grid, head: Head, border: Border): number[] {
  const { known, temperature } = memory(x.rows, x.columns, head);
  const h = features(x, head, border);
  const scores = known.map((c) => -distance(h, c) / temperature);
  const best = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - best));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}

function features(x: Grid, head: Head, border: Border): number[] {
  const maps = edgeKernels(x.rows === 1).map((kernel) =>
    convolveGrid(x, kernel, { stride: 1, border }).values.map((v) => Math.max(0, v)),
  );
  return head === "flatten" ? maps.flat() : maps.map(meanOf);
}

interface Memory {
  known: number[][];
  temperature: number;
}

const memories = new Map<string, Memory>();

function memory(rows: number, columns: number, head: Head): Memory {
  const key = `${rows} ${columns} ${head}`;
  const held = memories.get(key);
  if (held) return held;
  const known = prototypes(rows, columns).map((shape) => features(shape, head, "zeros"));
  const [a, b, c] = known as [number[], number[], number[]];
  const temperature = (distance(a, b) + distance(b, c) + distance(a, c)) / 24;
  const made = { known, temperature };
  memories.set(key, made);
  return made;
}

function distance(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

function outer(column: readonly number[], row: readonly number[], divisor: number): number[][] {
  return column.map((a) => row.map((b) => (a * b) / divisor));
}
