/** What the page and its two workers tell each other. */

import type { NetworkName } from "../../core/networks.ts";
import type { Recipe } from "../../core/trainer.ts";

/** What a run is made of: another start is another run. */
export interface Start {
  network: NetworkName;
  seed: number;
  batchSize: number;
  permuted: boolean;
}

export type Order =
  | { type: "start"; run: number; start: Start; recipe: Recipe; sample: number }
  | { type: "recipe"; recipe: Recipe }
  /** Which test sample goes through the network for the reader to see. */
  | { type: "look"; sample: number }
  /** Train up to this many steps. */
  | { type: "train"; until: number }
  | { type: "step" }
  | { type: "pause" };

/** A point of the curves. */
export interface Point {
  step: number;
  trainError: number;
  testError: number;
  trainLoss: number;
  testLoss: number;
}

/** First-layer kernels, and weights of each. */
export const KERNELS = 15;
export const TAPS = 3;

/**
 * The convolutional network's first kernels in its last step: ω = ω before − η v, where
 * v = μ v before + g. Lists of 45, kernel by kernel.
 */
export interface LastStep {
  rate: number;
  before: number[];
  after: number[];
  gradient: number[];
  velocity: number[];
  /** What each position of the kernel adds to each gradient. */
  contributions: number[][];
}

export interface News {
  run: number;
  network: NetworkName;
  step: number;
  training: boolean;
  /** Points that are new since the last news. */
  points: Point[];
  /** Mean loss of the last batch; null before the first step. */
  loss: number | null;
  /** Steps a second since training began or went on; null where there is nothing to tell. */
  speed: number | null;
  /** Outputs of each layer for the sample, channel by channel; the last are the scores. */
  layers: number[][];
  /** The sample as the network gets it, and its class. */
  input: number[];
  label: number;
  /** The convolutional network's first kernels; none of the other. */
  kernels: number[];
  lastStep: LastStep | null;
}

/** Whether a step is worth a point: often at first, where most happens. */
export function due(step: number): boolean {
  const gap = step < 100 ? 10 : step < 1000 ? 50 : step < 4000 ? 200 : step < 20_000 ? 500 : 2000;
  return step % gap === 0;
}
