/** The state of the demo: what is possible, and what goes forward and comes back. */

import { equal } from "../../core/equal.ts";
import {
  type Batch,
  changedAnswers,
  INITIALISATIONS,
  relativeChange,
  type Sizes,
  STACK_ACTIVATIONS,
  type Stack,
  stackSizes,
} from "../../core/residual-stack.ts";
import { samples } from "../../data/mnist1d.ts";
import { checkFlag, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export const GUESSES = ["shrinks", "keeps its size", "grows"] as const;

export type Guess = (typeof GUESSES)[number];

export interface State {
  depth: number;
  width: number;
  skip: boolean;
  batch_norm: boolean;
  initialisation: Stack["initialisation"];
  activation: Stack["activation"];
  seed: number;
  /** The layer that is read off: 0 is the stem. */
  layer: number;
  /** The layer that is taken out; 0 for none. */
  removed: number;
  /** Whether the same weights are drawn with the skips switched, too. */
  compare: boolean;
  predict: boolean;
  /** What becomes of the gradient on its way to the stem, according to the reader. */
  guess: Guess | null;
}

export const KEYS = [
  "depth",
  "width",
  "skip",
  "batch_norm",
  "initialisation",
  "activation",
  "seed",
  "layer",
  "removed",
  "compare",
  "predict",
  "guess",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  depth: { min: 1, max: 50 },
  width: { min: 2, max: 12 },
  seed: { min: 0, max: 999 },
} as const;

/** Up to this factor, either way, the gradient counts as one that keeps its size. */
export const KEPT = 10;

let batch: Batch | null = null;

/** The first of the page's test samples of each class. */
export function tenSamples(): Batch {
  if (batch === null) {
    const ten = samples().filter((_, i) => i % 2 === 0);
    batch = {
      values: Float64Array.from(ten.flatMap(({ values }) => values)),
      labels: ten.map(({ label }) => label),
    };
  }
  return batch;
}

export function stackOf(state: State): Stack {
  const { depth, width, skip, initialisation, activation, seed, removed } = state;
  const batchNorm = state.batch_norm;
  return { depth, width, skip, batchNorm, initialisation, activation, seed, removed };
}

/** The stack with its skips switched, or made whole. */
export const switched = (stack: Stack): Stack => ({ ...stack, skip: !stack.skip });
const whole = (stack: Stack): Stack => ({ ...stack, removed: 0 });

/** The newest answers: whoever switches a skip on and off waits for neither. */
const MOST = 6;
let known: { stack: Stack; sizes: Sizes }[] = [];

export function sizesOf(stack: Stack): Sizes {
  const found = known.find((one) => equal(one.stack, stack));
  if (found) return found.sizes;
  const sizes = stackSizes(stack, tenSamples());
  known = [{ stack, sizes }, ...known.slice(0, MOST - 1)];
  return sizes;
}

/** What the layer that is out did to the scores: their change, relative to their size. */
export function change(state: State): number | null {
  if (state.removed === 0) return null;
  const stack = stackOf(state);
  return relativeChange(sizesOf(whole(stack)).scores, sizesOf(stack).scores);
}

/** How many of the ten samples get another answer without the layer. */
export function changed(state: State): number {
  const stack = stackOf(state);
  return changedAnswers(sizesOf(whole(stack)).scores, sizesOf(stack).scores);
}

/** The gradient at the stem, against that at the last layer; null where the last is zero. */
export function passed({ gradients }: Sizes): number | null {
  const last = gradients.at(-1)!;
  return last === 0 ? null : gradients[0]! / last;
}

export function fate(sizes: Sizes): Guess {
  const ratio = passed(sizes);
  if (ratio === null || ratio < 1 / KEPT) return "shrinks";
  return ratio > KEPT ? "grows" : "keeps its size";
}

/** Whether the gradient waits for a guess. */
export function hidden({ predict, guess }: State): boolean {
  return predict && guess === null;
}

/** A layer that is no longer there is neither read nor out; a guess is of one network. */
export function settle(candidate: State, before: { last: State } | null): State {
  if (before === null) return candidate;
  const { last } = before;
  const fitting = { ...candidate };
  if (fitting.depth < last.depth) {
    if (fitting.layer === last.layer) fitting.layer = Math.min(last.layer, fitting.depth);
    if (fitting.removed === last.removed && last.removed > fitting.depth) fitting.removed = 0;
  }
  if (fitting.guess === null) return fitting;
  const same = QUESTION.every((key) => fitting[key] === last[key]);
  return same || fitting.guess !== last.guess ? fitting : { ...fitting, guess: null };
}

const QUESTION = KEYS.filter((key) => !["layer", "compare", "guess"].includes(key));

export function check(state: State): Problem | null {
  const { depth } = state;
  return (
    checkWhole("depth", "The depth", depth, LIMITS.depth) ??
    checkWhole("width", "The number of channels", state.width, LIMITS.width) ??
    checkFlag("skip", "Skips", state.skip) ??
    checkFlag("batch_norm", "Batch normalisation", state.batch_norm) ??
    checkWord("initialisation", "The start", state.initialisation, INITIALISATIONS) ??
    checkWord("activation", "The activation", state.activation, STACK_ACTIVATIONS) ??
    checkWhole("seed", "The seed", state.seed, LIMITS.seed) ??
    checkWhole("layer", "The layer", state.layer, { min: 0, max: depth }) ??
    checkWhole("removed", "The layer that is out", state.removed, { min: 0, max: depth }) ??
    checkFlag("compare", "Compare", state.compare) ??
    checkFlag("predict", "Predict", state.predict) ??
    (state.guess === null ? null : checkWord("guess", "The guess", state.guess, GUESSES))
  );
}
