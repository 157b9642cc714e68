/** The state of the demo: what is possible, and what each network makes of every shift. */

import { argmax, scores, softmax } from "../../core/network.ts";
import { network } from "../../data/mnist1d.ts";
import { checkWhole } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";
import { type Chosen, checkChosen, original, SAMPLE_LIMITS } from "../mnist-1d/sample.ts";

export interface State extends Chosen {
  /** Positions to the right; the end value is repeated where nothing comes in. */
  shift: number;
}

export const KEYS = ["sample", "signal", "shift"] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  ...SAMPLE_LIMITS,
  shift: { min: -10, max: 10 },
} as const;

export const SHIFTS: readonly number[] = Array.from(
  { length: LIMITS.shift.max - LIMITS.shift.min + 1 },
  (_, i) => LIMITS.shift.min + i,
);

/** Values moved to the right, the end value repeated where nothing comes in. */
export function shifted(values: readonly number[], shift: number): number[] {
  const last = values.length - 1;
  return values.map((_, i) => values[Math.min(last, Math.max(0, i - shift))]!);
}

/** The trait `output`: ten probabilities of each network, the fully connected one first. */
export function output(state: State): number[][] {
  const { shift } = state;
  const { values } = original(state);
  if (last?.values !== values || last.shift !== shift) {
    last = { values, shift, said: both(shifted(values, shift)) };
  }
  return last.said;
}

/** The last answer: a state is asked for it more than once. */
let last: { values: readonly number[]; shift: number; said: number[][] } | null = null;

let known: { values: readonly number[]; digits: number[][] } | null = null;

/** What each network says at each of `SHIFTS`; computed once for a signal. */
export function digits(state: State): number[][] {
  const { values } = original(state);
  if (known?.values !== values) {
    const said = SHIFTS.map((shift) => both(shifted(values, shift)).map(argmax));
    known = { values, digits: [0, 1].map((which) => said.map((pair) => pair[which]!)) };
  }
  return known.digits;
}

/** What counts as kept: the class where it is known, else what is said of the unmoved signal. */
export function expected(state: State, said: readonly number[]): number {
  return original(state).label ?? said[SHIFTS.indexOf(0)]!;
}

function both(values: readonly number[]): number[][] {
  return [network("fullyConnected"), network("convolutional")].map((layers) =>
    softmax(scores(layers, values)),
  );
}

export function check(state: State): Problem | null {
  return checkChosen(state) ?? checkWhole("shift", "The shift", state.shift, LIMITS.shift);
}
