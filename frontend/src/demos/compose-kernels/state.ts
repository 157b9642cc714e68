/** The state of the demo: what is possible, and what follows from it. */

import {
  addedZeros,
  composeKernels,
  type StagePadding,
  throughOne,
  throughStages,
} from "../../core/composition.ts";
import { once } from "../../core/once.ts";
import { checkFlag, checkNumbers, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export const STAGE_PADDINGS = ["valid", "zeros"] as const satisfies readonly StagePadding[];
export const STAGES = ["first", "second", "third"] as const;

export type StageName = (typeof STAGES)[number];

export interface State {
  signal: number[];
  /** The kernel of each stage; the third is empty where there are two. */
  first: number[];
  second: number[];
  third: number[];
  padding: StagePadding;
  /** Whether a ReLU stands between the stages. */
  relu: boolean;
  /** The output that is looked at, from 0. */
  position: number;
  /** The weight of the composed kernel whose making is written out, from 0. */
  tap: number;
}

export const KEYS = [
  "signal",
  "first",
  "second",
  "third",
  "padding",
  "relu",
  "position",
  "tap",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  signal: { min: 1, max: 32 },
  first: { min: 1, max: 5 },
  second: { min: 1, max: 5 },
  third: { min: 0, max: 5 },
  value: { min: -1000, max: 1000 },
} as const;

/** Differences below this are rounding, not failure. */
const SAME = 1e-9;

export function kernelsOf({ first, second, third }: State): number[][] {
  return third.length === 0 ? [first, second] : [first, second, third];
}

/** The traits that the page computes. */
export const derived = once((state: State) => {
  const kernels = kernelsOf(state);
  return {
    composed: composeKernels(kernels),
    output: stageResults(state).at(-1)!,
    direct: throughOne(state.signal, kernels, state.padding),
  };
});

/** What each stage makes, before the ReLU that may follow it. */
export const stageResults = once((state: State): number[][] => {
  return throughStages(state.signal, kernelsOf(state), state);
});

/** Stages less one kernel, for each output; rounding counts as nothing. */
export function differences({ output, direct }: { output: number[]; direct: number[] }): number[] {
  const size = Math.max(1, ...direct.map(Math.abs), ...output.map(Math.abs));
  return output.map((value, i) => {
    const difference = value - direct[i]!;
    return Math.abs(difference) <= SAME * size ? 0 : difference;
  });
}

/** Why stages and one kernel part at an output. */
export function causes(state: State): { relu: boolean; padding: boolean } {
  const { position } = state;
  const linear = { ...state, relu: false };
  const without = derived(linear);
  const changed = derived(state).output[position]! - without.output[position]!;
  return {
    relu: state.relu && Math.abs(changed) > SAME,
    padding: differences(without)[position] !== 0,
  };
}

export function outputLength(state: State): number {
  const kernels = kernelsOf(state);
  const { left, right } = addedZeros(kernels, state.padding);
  const spread = kernels.reduce((sum, { length }) => sum + length - 1, 0);
  return state.signal.length + left + right - spread;
}

export function taps(state: State): number {
  return kernelsOf(state).reduce((sum, { length }) => sum + length - 1, 1);
}

/** Keep the output and the tap that are looked at on ones that exist; what was asked for stays. */
export function settle(candidate: State, before: { last: State; initial: State } | null): State {
  if (before === null || check({ ...candidate, position: 0, tap: 0 }) !== null) return candidate;
  const settled = { ...candidate };
  const counts = { position: outputLength(candidate), tap: taps(candidate) };
  for (const key of ["position", "tap"] as const) {
    const asked = candidate[key] !== before.last[key] && candidate[key] !== before.initial[key];
    if (!asked) settled[key] = Math.min(candidate[key], counts[key] - 1);
  }
  return settled;
}

/** Why a state is impossible, in words, and which control can mend it. */
export function check(state: State): Problem | null {
  return (
    checkNumbers("signal", "The signal", state.signal, LIMITS.signal, LIMITS.value) ??
    checkNumbers("first", "The first kernel", state.first, LIMITS.first, LIMITS.value) ??
    checkNumbers("second", "The second kernel", state.second, LIMITS.second, LIMITS.value) ??
    checkNumbers("third", "The third kernel", state.third, LIMITS.third, LIMITS.value) ??
    checkWord("padding", "The padding", state.padding, STAGE_PADDINGS) ??
    checkFlag("relu", "ReLU", state.relu) ??
    checkRoom(state) ??
    checkWhole("position", "The position", state.position, {
      min: 0,
      max: outputLength(state) - 1,
    }) ??
    checkWhole("tap", "The tap", state.tap, { min: 0, max: taps(state) - 1 })
  );
}

function checkRoom(state: State): Problem | null {
  if (outputLength(state) >= 1) return null;
  return {
    control: "signal",
    message: `Together the kernels span ${taps(state)} values, but the signal has only ${state.signal.length} and “valid” adds none: shorten a kernel, or choose zeros.`,
  };
}
