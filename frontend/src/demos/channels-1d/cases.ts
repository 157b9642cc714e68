/** Layers that each show one point, and what a new channel begins with. */

import { namedKernel, resizeKernel } from "../../core/kernels.ts";
import type { State } from "./state.ts";

const LECTURE = [5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1];
/** A hum that a second sensor picks up alone, and the first one together with the lecture's signal. */
const HUM = [0, 2, 2, 0, -2, -2, 0, 2, 2, 0, -2, -2];
const WITH_HUM = LECTURE.map((value, i) => Number((value + HUM[i]!).toFixed(1)));
/** Red, green and blue along one row of a photograph: a grey wall, a red door, the blue sky. */
const RED = [5, 5, 5, 5, 9, 9, 9, 9, 2, 2, 2, 2];
const GREEN = [5, 5, 5, 5, 1, 1, 1, 1, 4, 4, 4, 4];
const BLUE = [5, 5, 5, 5, 1, 1, 1, 1, 9, 9, 9, 9];

const THIRD = 1 / 3;
const MEAN = [THIRD, THIRD, THIRD];
const RISE = [-0.5, 0, 0.5];
const FALL = [0.5, 0, -0.5];
const [ONE, MINUS, NONE] = [
  [0, 1, 0],
  [0, -1, 0],
  [0, 0, 0],
];
const NINTH = [1 / 9, 1 / 9, 1 / 9];

type Case = Pick<State, "signals" | "kernels" | "biases">;

export const CASES = [
  "two from one",
  "one from two",
  "both signs",
  "level and edges",
  "colours",
] as const;

export type CaseName = (typeof CASES)[number];

export function caseNamed(name: CaseName): Case {
  switch (name) {
    case "two from one":
      return { signals: [LECTURE], kernels: [[MEAN], [RISE]], biases: [0, 0] };
    case "one from two":
      return { signals: [WITH_HUM, HUM], kernels: [[ONE, MINUS]], biases: [0] };
    case "both signs":
      return { signals: [LECTURE], kernels: [[RISE], [FALL]], biases: [0, 0] };
    case "level and edges":
      return { signals: [LECTURE], kernels: [[MEAN], [RISE], [FALL]], biases: [0, 0, 0] };
    case "colours":
      // Brightness, its rises, red against green, and blue against the two.
      return {
        signals: [RED, GREEN, BLUE],
        kernels: [
          [NINTH, NINTH, NINTH],
          [RISE, RISE, RISE],
          [ONE, MINUS, NONE],
          [
            [0, -0.5, 0],
            [0, -0.5, 0],
            [0, 1, 0],
          ],
        ],
        biases: [0, 0, 0, 0],
      };
  }
}

/** What a new output channel looks for in the first input channel, one after the other. */
const LOOKS = ["mean", "derivative", "laplacian", "identity"] as const;

/** With another number of input channels: a new one is a wave, and no filter listens to it yet. */
export function withInputs(state: State, count: number): Partial<State> {
  const { length } = state.signals[0]!;
  const size = state.kernels[0]![0]!.length;
  const wave = (c: number) =>
    Array.from(
      { length },
      (_, i) => Number((4 * Math.sin((Math.PI * i) / (c + 2))).toFixed(1)) + 0,
    );
  const fill = <T>(list: readonly T[], make: (c: number) => T) =>
    Array.from({ length: count }, (_, c) => list[c] ?? make(c));
  return {
    signals: fill(state.signals, wave),
    kernels: state.kernels.map((filter) => fill(filter, () => new Array<number>(size).fill(0))),
  };
}

/** With another number of output channels: a new one looks at the first input. */
export function withOutputs(state: State, count: number): Partial<State> {
  const size = state.kernels[0]![0]!.length;
  const filter = (o: number) =>
    state.signals.map((_, c) => {
      const named = c === 0 ? namedKernel(LOOKS[o]!, size) : null;
      return named ?? new Array<number>(size).fill(0);
    });
  const kernels = Array.from({ length: count }, (_, o) => state.kernels[o] ?? filter(o));
  return { kernels, biases: kernels.map((_, o) => state.biases[o] ?? 0) };
}

/** With slices of another size. */
export function withSize(state: State, count: number): Partial<State> {
  const kernels = state.kernels.map((filter) =>
    filter.map((slice) =>
      slice.every((w) => w === 0) ? new Array<number>(count).fill(0) : resizeKernel(slice, count),
    ),
  );
  return { kernels };
}
