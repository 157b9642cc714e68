/** The state of the demo: what is possible, and what the networks make of it. */

import { type Layer, permuteColumns, scores, softmax } from "../../core/network.ts";
import { inverse, permute } from "../../core/permutation.ts";
import { LENGTH, network, ORDER } from "../../data/mnist1d.ts";
import { checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";
import { type Chosen, checkChosen, original, SAMPLE_LIMITS } from "../mnist-1d/sample.ts";

export const VIEWS = ["plain", "permuted", "un-permuted"] as const;
export const TRAININGS = ["plain", "permuted"] as const;
export const GUESSES = ["both", "fully connected", "convolutional", "neither"] as const;

export type View = (typeof VIEWS)[number];
export type Training = (typeof TRAININGS)[number];
export type Guess = (typeof GUESSES)[number];

export interface State extends Chosen {
  /** What is done with the values before the networks read them. */
  view: View;
  /** The data that the networks were trained on. */
  training: Training;
  /** Which window of the first convolution is marked, from 0. */
  position: number;
  predict: boolean;
  guess: Guess | null;
}

export const KEYS = [
  "sample",
  "signal",
  "view",
  "training",
  "position",
  "predict",
  "guess",
] as const satisfies readonly (keyof State)[];

/** Of the first convolution: size 3, stride 2. */
export const KERNEL_SIZE = 3;
export const STRIDE = 2;

export const LIMITS = {
  ...SAMPLE_LIMITS,
  position: { min: 0, max: 18 },
} as const;

/** For each place that the networks read, the position that its value comes from. */
export function sources(view: View): readonly number[] {
  if (view === "permuted") return ORDER;
  // Permuted, and put back: computed, so that a mistake would show.
  if (view === "un-permuted") return permute(ORDER, inverse(ORDER));
  return Array.from({ length: LENGTH }, (_, i) => i);
}

/** The values as the networks read them. */
export function shown(state: State): number[] {
  return permute(original(state).values, sources(state.view));
}

let retrained: Layer[] | null = null;

/** The two networks of a training: fully connected, convolutional. */
export function networks(training: Training): [Layer[], Layer[]] {
  if (training === "plain") return [network("fullyConnected"), network("convolutional")];
  retrained ??= permuteColumns(network("fullyConnected"), ORDER);
  return [retrained, network("convolutionalPermuted")];
}

let last: { values: readonly number[]; view: View; training: Training; said: number[][] } | null =
  null;

/**
 * The trait `output`: ten probabilities of each network, the fully connected one first. They are
 * kept while only the window moves.
 */
export function output(state: State): number[][] {
  const { view, training } = state;
  const { values } = original(state);
  if (last?.values !== values || last.view !== view || last.training !== training) {
    const read = shown(state);
    const said = networks(training).map((layers) => softmax(scores(layers, read)));
    last = { values, view, training, said };
  }
  return last.said;
}

/** A guess is of one question: another sample or another setting asks another. */
export function settle(candidate: State, before: { last: State } | null): State {
  if (before === null || candidate.guess === null) return candidate;
  const { last } = before;
  const same =
    candidate.sample === last.sample &&
    candidate.view === last.view &&
    candidate.training === last.training &&
    candidate.predict === last.predict &&
    candidate.signal === last.signal;
  return same || candidate.guess !== last.guess ? candidate : { ...candidate, guess: null };
}

/** Whether the answers wait for a guess; nobody knows the class of a reader's own signal. */
export function hidden({ predict, guess, signal }: State): boolean {
  return predict && guess === null && signal.length === 0;
}

export function check(state: State): Problem | null {
  return (
    checkChosen(state) ??
    checkWord("view", "The order", state.view, VIEWS) ??
    checkWord("training", "The training", state.training, TRAININGS) ??
    checkWhole("position", "The window", state.position, LIMITS.position) ??
    checkPrediction(state)
  );
}

function checkPrediction({ predict, guess }: State): Problem | null {
  if (typeof predict !== "boolean") {
    return { control: "predict", message: `“Predict” is ${predict}; it is true or false.` };
  }
  return guess === null ? null : checkWord("guess", "The guess", guess, GUESSES);
}
