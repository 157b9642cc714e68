/** The state of the demo: what is possible, and what follows from it. */

import type { Recipe } from "../../core/trainer.ts";
import { checkFlag, checkNumber, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";
import { KERNELS, TAPS } from "./protocol.ts";

export const GUESSES = ["convolutional", "fully connected", "about equal"] as const;
export const BATCH_SIZES = [10, 25, 100, 400] as const;
export const CURVES = ["error", "loss"] as const;

export interface State {
  learning_rate: number;
  momentum: number;
  batch_size: number;
  /** The learning rate halves after each so many steps; 0: never. */
  halve_every: number;
  /** Training ends after so many. */
  steps: number;
  seed: number;
  /** Whether the values of every sample stand in another order, the same for all. */
  permuted: boolean;
  /** Whether the networks are being trained. */
  training: boolean;
  /** Whether training goes on while the demo is out of sight. */
  background: boolean;
  /** Which network the reader thinks will err less on the test set; "" before it is said. */
  guess: "" | (typeof GUESSES)[number];
  curve: (typeof CURVES)[number];
  /** The test sample that is shown on its way through the networks. */
  sample: number;
  /** The first-layer weight whose gradient is shown. */
  kernel: number;
  tap: number;
}

export const KEYS = [
  "learning_rate",
  "momentum",
  "batch_size",
  "halve_every",
  "steps",
  "seed",
  "permuted",
  "training",
  "background",
  "guess",
  "curve",
  "sample",
  "kernel",
  "tap",
] as const satisfies readonly (keyof State)[];

/** What a link may set: not whether training goes on, which is the reader's to begin. */
export const LINKABLE: readonly (keyof State)[] = KEYS.filter(
  (key) => key !== "training" && key !== "background",
);

export const LIMITS = {
  learning_rate: { min: 0, max: 10 },
  momentum: { min: 0, max: 0.999 },
  halve_every: { min: 0, max: 100_000 },
  steps: { min: 1, max: 100_000 },
  seed: { min: 0, max: 999 },
  sample: { min: 0, max: 999 },
  kernel: { min: 0, max: KERNELS - 1 },
  tap: { min: 0, max: TAPS - 1 },
} as const;

export function recipe({ learning_rate, momentum, halve_every }: State): Recipe {
  return { learningRate: learning_rate, momentum, halveEvery: halve_every };
}

/** Recipes worth trying. */
export const RECIPES = {
  "4,000 steps with momentum": {
    learning_rate: 0.05,
    momentum: 0.9,
    batch_size: 100,
    halve_every: 800,
    steps: 4000,
  },
  "100,000 plain steps": {
    learning_rate: 0.01,
    momentum: 0,
    batch_size: 100,
    halve_every: 0,
    steps: 100_000,
  },
  "steps too large": {
    learning_rate: 1,
    momentum: 0.9,
    batch_size: 100,
    halve_every: 0,
    steps: 1000,
  },
  "ten samples a step": {
    learning_rate: 0.02,
    momentum: 0,
    batch_size: 10,
    halve_every: 0,
    steps: 10_000,
  },
} as const satisfies Record<string, Partial<State>>;

/** Why a state is impossible, in words, and which control can mend it. */
export function check(state: State): Problem | null {
  return (
    checkNumber("learning_rate", "The learning rate", state.learning_rate, LIMITS.learning_rate) ??
    checkNumber("momentum", "The momentum", state.momentum, LIMITS.momentum) ??
    checkWord("batch_size", "The batch size", state.batch_size, BATCH_SIZES) ??
    checkWhole("halve_every", "The steps to a halving", state.halve_every, LIMITS.halve_every) ??
    checkWhole("steps", "The number of steps", state.steps, LIMITS.steps) ??
    checkWhole("seed", "The seed", state.seed, LIMITS.seed) ??
    checkFlag("permuted", "Permute the values", state.permuted) ??
    checkFlag("training", "Training", state.training) ??
    checkFlag("background", "Go on out of sight", state.background) ??
    (state.guess === "" ? null : checkWord("guess", "The guess", state.guess, GUESSES)) ??
    checkWord("curve", "The curve", state.curve, CURVES) ??
    checkWhole("sample", "The sample", state.sample, LIMITS.sample) ??
    checkWhole("kernel", "The kernel", state.kernel, LIMITS.kernel) ??
    checkWhole("tap", "The weight", state.tap, LIMITS.tap)
  );
}
