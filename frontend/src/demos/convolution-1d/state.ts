/** The state of the demo: what is possible, and what follows from it. */

import { convolve } from "../../core/convolution.ts";
import { type Geometry, outputLength, problem } from "../../core/geometry.ts";
import { PADDINGS, type Padding } from "../../core/padding.ts";
import { shiftOutput, shiftSignal } from "../../core/shift.ts";
import { checkFlag, checkNumbers, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export interface State {
  signal: number[];
  kernel: number[];
  stride: number;
  dilation: number;
  padding: Padding;
  /** The output that the window stands at, from 0. */
  position: number;
  /** How far the signal is moved to the right before it is convolved. */
  shift: number;
  /** Whether an output is hidden until the reader has guessed it. */
  predict: boolean;
  /** The reader's guess of the present output. */
  guess: number | null;
}

export const KEYS = [
  "signal",
  "kernel",
  "stride",
  "dilation",
  "padding",
  "position",
  "shift",
  "predict",
  "guess",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  signal: { min: 1, max: 64 },
  kernel: { min: 1, max: 9 },
  stride: { min: 1, max: 4 },
  dilation: { min: 1, max: 4 },
  shift: { min: -8, max: 8 },
  value: { min: -1000, max: 1000 },
  /** A weighted sum of nine values can exceed each of them, and each of the weights. */
  guess: { min: -1e7, max: 1e7 },
} as const;

export function geometry({ signal, kernel, stride, dilation, padding }: State): Geometry {
  return { length: signal.length, kernelSize: kernel.length, stride, dilation, padding };
}

/** The signal that is convolved: the given one, shifted. */
export function shifted({ signal, shift, padding }: State): number[] {
  return shift === 0 ? signal : shiftSignal(signal, shift, padding);
}

/** The trait `output`. */
export function output(state: State): number[] {
  return convolve(shifted(state), state.kernel, state);
}

/** What the output would be if it had been shifted instead of the input; null where nothing answers. */
export function expectedOutput(state: State): (number | null)[] | null {
  const unshifted = output({ ...state, shift: 0 });
  return shiftOutput(unshifted, { ...state, length: state.signal.length });
}

/**
 * Keep the window on an output when there are fewer than before, and forget a guess it has left.
 *
 * A position that is neither the present one nor the author's has been asked for, and is not bent.
 */
export function settle(candidate: State, before: { last: State; initial: State } | null): State {
  if (before === null || check({ ...candidate, position: 0, guess: null }) !== null)
    return candidate;
  const { last, initial } = before;
  const positions = outputLength(geometry(candidate));
  const asked = candidate.position !== last.position && candidate.position !== initial.position;
  const position = asked ? candidate.position : Math.min(candidate.position, positions - 1);
  const sameQuestion = position === last.position && candidate.predict === last.predict;
  return { ...candidate, position, guess: sameQuestion ? candidate.guess : null };
}

/** Why a state is impossible, in words, and which control can mend it. */
export function check(state: State): Problem | null {
  return (
    checkNumbers("signal", "The signal", state.signal, LIMITS.signal, LIMITS.value) ??
    checkNumbers("kernel", "The kernel", state.kernel, LIMITS.kernel, LIMITS.value) ??
    checkWhole("stride", "The stride", state.stride, LIMITS.stride) ??
    checkWhole("dilation", "The dilation", state.dilation, LIMITS.dilation) ??
    checkWord("padding", "The padding", state.padding, PADDINGS) ??
    checkWhole("shift", "The shift", state.shift, LIMITS.shift) ??
    checkGeometry(state) ??
    checkWhole("position", "The position", state.position, {
      min: 0,
      max: outputLength(geometry(state)) - 1,
    }) ??
    checkPrediction(state)
  );
}

function checkGeometry(state: State): Problem | null {
  const message = problem(geometry(state));
  return message === null ? null : { control: "padding", message };
}

function checkPrediction({ predict, guess }: State): Problem | null {
  const { min, max } = LIMITS.guess;
  const fits = guess === null || (typeof guess === "number" && guess >= min && guess <= max);
  const message = `The guess is no number from ${min} to ${max}.`;
  return checkFlag("predict", "Predict", predict) ?? (fits ? null : { control: "guess", message });
}
