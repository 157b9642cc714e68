/** The state of the demo: what is possible, and what follows from it. */

import { equal } from "../../core/equal.ts";
import {
  contributions,
  descend,
  largestRate,
  loss,
  predicted,
  scatter,
  type Task,
} from "../../core/learning.ts";
import { checkFlag, checkNumber, checkNumbers, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export interface State {
  signal: number[];
  /** The kernel that made the target. */
  hidden: number[];
  /** The weights before the first step. */
  start: number[];
  rate: number;
  noise: boolean;
  seed: number;
  /** How many steps have been taken. */
  step: number;
  /** The weight whose gradient is shown. */
  weight: number;
  /** Whether the gradient stays hidden until the reader has said which way the weight will go. */
  predict: boolean;
  guess: "" | "raise" | "lower";
}

export const KEYS = [
  "signal",
  "hidden",
  "start",
  "rate",
  "noise",
  "seed",
  "step",
  "weight",
  "predict",
  "guess",
] as const satisfies readonly (keyof State)[];

const GUESSES = ["raise", "lower"] as const;

export const LIMITS = {
  length: { min: 3, max: 24 },
  size: { min: 1, max: 5 },
  value: { min: -100, max: 100 },
  rate: { min: 1e-4, max: 2 },
  seed: { min: 0, max: 9999 },
  step: { min: 0, max: 200 },
} as const;

/** The standard deviation of the noise. */
export const NOISE = 0.3;

/** All that follows from a state; pointing and stepping leave most of it as it is. */
export interface Lesson {
  task: Task;
  /** The kernels before the first step, after it, and so on. */
  path: number[][];
  losses: number[];
  /** The rate at which descent stops to converge. */
  limit: number;
}

const known: { from: unknown; lesson: Lesson | null } = { from: null, lesson: null };

export function lesson({ signal, hidden, start, rate, noise, seed }: State): Lesson {
  const from = { signal, hidden, start, rate, noise, seed };
  if (known.lesson && equal(known.from, from)) return known.lesson;
  const exact = predicted(signal, hidden);
  const added = noise ? scatter(signal.length, seed) : null;
  const task = { signal, target: added ? exact.map((t, i) => t + NOISE * added[i]!) : exact };
  const path = descend(task, start, rate, LIMITS.step.max);
  const losses = path.map((kernel) => loss(task, kernel));
  known.from = from;
  known.lesson = { task, path, losses, limit: largestRate(signal, hidden.length) };
  return known.lesson;
}

/** What holds at the present step. */
export interface Moment {
  kernel: number[];
  output: number[];
  loss: number;
  /** What each position adds to each weight's gradient: [kernelSize][length]. */
  parts: number[][];
  gradient: number[];
}

export function moment(state: State): Moment {
  const { task, path, losses } = lesson(state);
  const kernel = path[state.step]!;
  const parts = contributions(task, kernel);
  return {
    kernel,
    output: predicted(task.signal, kernel),
    loss: losses[state.step]!,
    parts,
    gradient: parts.map((row) => row.reduce((a, b) => a + b, 0)),
  };
}

/** Whether the gradient must not be seen yet. */
export const hides = ({ predict, guess }: State) => predict && guess === "";

/** Keep the step and the weight on the last where there are fewer, and forget a guess left behind. */
export function settle(candidate: State, before: { last: State; initial: State } | null): State {
  const free = { ...candidate, step: 0, weight: 0 };
  if (before === null || check(free) !== null) return candidate;
  const { last, initial } = before;
  const kept = (key: "step" | "weight", most: number) => {
    const asked = candidate[key] !== last[key] && candidate[key] !== initial[key];
    return asked ? candidate[key] : Math.min(candidate[key], most);
  };
  const step = kept("step", lesson(candidate).path.length - 1);
  const weight = kept("weight", candidate.hidden.length - 1);
  const same = step === last.step && weight === last.weight && candidate.predict === last.predict;
  const asked = candidate.guess !== last.guess;
  return { ...candidate, step, weight, guess: same || asked ? candidate.guess : "" };
}

/** Why a state is impossible, in words, and which control can mend it. */
export function check(state: State): Problem | null {
  const { hidden, start } = state;
  return (
    checkNumbers("signal", "The signal", state.signal, LIMITS.length, LIMITS.value) ??
    checkNumbers("hidden", "The hidden kernel", hidden, LIMITS.size, LIMITS.value) ??
    checkNumbers("start", "The start", start, LIMITS.size, LIMITS.value) ??
    (hidden.length === start.length
      ? null
      : {
          control: "start",
          message: `The hidden kernel has ${hidden.length} weights and the start ${start.length}; both have as many.`,
        }) ??
    checkNumber("rate", "The rate", state.rate, LIMITS.rate) ??
    checkWhole("seed", "The seed", state.seed, LIMITS.seed) ??
    checkWhole("step", "The step", state.step, LIMITS.step) ??
    checkFlag("noise", "Noise on the target", state.noise) ??
    checkFlag("predict", "Predict", state.predict) ??
    (state.guess === "" ? null : checkWord("guess", "The guess", state.guess, GUESSES)) ??
    checkWhole("step", "The step", state.step, { min: 0, max: lesson(state).path.length - 1 }) ??
    checkWhole("weight", "The weight", state.weight, { min: 0, max: hidden.length - 1 })
  );
}
