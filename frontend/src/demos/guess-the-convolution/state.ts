/** The state of the puzzle: a target, a guess, and the score. */

import { problem } from "../../core/geometry.ts";
import { convolutionMatrix } from "../../core/matrix.ts";
import { PADDINGS, type Padding } from "../../core/padding.ts";
import {
  drawReading,
  READING_LIMITS,
  type Reading,
  readingGeometry,
  readings,
  signature,
} from "../../core/readings.ts";
import { checkFlag, checkNumbers, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export interface State extends Reading {
  /** The number of inputs. */
  length: number;
  /** Which of the endless puzzles: the same number gives the same target. */
  seed: number;
  /** Size, stride and dilation of a given target; empty where the seed draws one. */
  target: number[];
  target_padding: Padding;
  /** Whether the guess has been handed in. */
  checked: boolean;
  /** Puzzles solved, those solved at the first try, wrong guesses at this one, and if it is done. */
  solved: number;
  first_try: number;
  misses: number;
  done: boolean;
}

export const KEYS = [
  "length",
  "seed",
  "target",
  "target_padding",
  "size",
  "stride",
  "dilation",
  "padding",
  "checked",
  "solved",
  "first_try",
  "misses",
  "done",
] as const satisfies readonly (keyof State)[];

/** What a link may set: the puzzle and a guess at it, never the score. */
export const LINKABLE = [
  "length",
  "seed",
  "size",
  "stride",
  "dilation",
  "padding",
  "checked",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  ...READING_LIMITS,
  length: { min: 6, max: 10 },
  seed: { min: 1, max: 99_999 },
  score: { min: 0, max: 1_000_000 },
} as const;

export const isEndless = ({ target }: State) => target.length === 0;

/** What is to be read: the given target, or the one that the seed draws. */
export function targetOf(state: State): Reading {
  const { length, seed, target, target_padding: padding } = state;
  if (isEndless(state)) return drawReading(length, seed);
  const [size, stride, dilation] = target as [number, number, number];
  return { size, stride, dilation, padding };
}

export function guessOf({ size, stride, dilation, padding }: State): Reading {
  return { size, stride, dilation, padding };
}

let known: { key: string; all: Reading[] } | null = null;

/** Every reading of the target. */
export function answersOf(state: State): Reading[] {
  const target = targetOf(state);
  const key = JSON.stringify([state.length, target]);
  if (known?.key !== key) known = { key, all: readings(state.length, target) };
  return known.all;
}

/** Whether the guess makes the very matrix of the target. */
export function matches(state: State): boolean {
  const { length } = state;
  return signature(length, guessOf(state)) === signature(length, targetOf(state));
}

/** A reading in one word, as the trait `answers` lists it. */
export const spell = ({ size, stride, dilation, padding }: Reading) =>
  `${size}/${stride}/${dilation}/${padding}`;

/** The guess as a matrix whose weights are 1, 2, 3 …: the trait `output`. */
export function output(state: State): number[][] {
  const kernel = Array.from({ length: state.size }, (_, k) => k + 1);
  return convolutionMatrix(kernel, readingGeometry(state.length, guessOf(state)));
}

/** Hand the guess in: what follows for the score. */
export function handIn(state: State): Partial<State> {
  if (!matches(state)) {
    return { checked: true, misses: state.done ? state.misses : state.misses + 1 };
  }
  if (state.done) return { checked: true };
  const first = state.misses === 0 ? 1 : 0;
  const { solved, first_try } = state;
  return { checked: true, done: true, solved: solved + 1, first_try: first_try + first };
}

/** A new puzzle begins with no wrong guesses. */
export function settle(candidate: State, before: { last: State; initial: State } | null): State {
  if (before === null || candidate.seed === before.last.seed) return candidate;
  return { ...candidate, misses: 0, done: false };
}

/** Why a state is impossible, in words, and which control can mend it. */
export function check(state: State): Problem | null {
  return (
    checkWhole("length", "The number of inputs", state.length, LIMITS.length) ??
    checkWhole("seed", "The puzzle", state.seed, LIMITS.seed) ??
    checkTarget(state) ??
    checkWhole("size", "The kernel size", state.size, LIMITS.size) ??
    checkWhole("stride", "The stride", state.stride, LIMITS.stride) ??
    checkWhole("dilation", "The dilation", state.dilation, LIMITS.dilation) ??
    checkWord("padding", "The padding", state.padding, PADDINGS) ??
    checkPossible("padding", state, guessOf(state)) ??
    checkFlag("checked", "checked", state.checked) ??
    checkFlag("done", "done", state.done) ??
    checkWhole("score", "The score", state.solved, LIMITS.score) ??
    checkWhole("score", "The score", state.first_try, { min: 0, max: state.solved }) ??
    checkWhole("score", "The number of misses", state.misses, LIMITS.score)
  );
}

function checkTarget(state: State): Problem | null {
  const { target } = state;
  if (Array.isArray(target) && target.length === 0) return null;
  return (
    checkNumbers("target", "The target", target, { min: 3, max: 3 }, { min: 1, max: 5 }) ??
    checkWhole("target", "The target's size", target[0], LIMITS.size) ??
    checkWhole("target", "The target's stride", target[1], LIMITS.stride) ??
    checkWhole("target", "The target's dilation", target[2], LIMITS.dilation) ??
    checkWord("target", "The target's padding", state.target_padding, PADDINGS) ??
    checkPossible("target", state, targetOf(state))
  );
}

function checkPossible(control: string, { length }: State, reading: Reading): Problem | null {
  const message = problem(readingGeometry(length, reading));
  return message === null ? null : { control, message };
}
