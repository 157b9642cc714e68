/** Kernels and signals that each show one thing. */

import { randomKernel } from "../../core/kernels.ts";
import { mulberry32 } from "../../core/random.ts";
import type { State } from "./state.ts";

export const PAIRS = [
  "123 ⊗ 456",
  "mean twice",
  "mean three times",
  "smooth, then differ",
  "differ twice",
  "random",
] as const;

export type PairName = (typeof PAIRS)[number];

const third = 1 / 3;
const MEAN = [third, third, third];
const SMOOTH = [0.25, 0.5, 0.25];
const DIFFERENCE = [-0.5, 0, 0.5];

/** The kernels of a preset; only "random" depends on the seed. */
export function pairNamed(name: PairName, seed = 0): Pick<State, "first" | "second" | "third"> {
  switch (name) {
    case "123 ⊗ 456":
      return { first: [1, 2, 3], second: [4, 5, 6], third: [] };
    case "mean twice":
      return { first: MEAN, second: MEAN, third: [] };
    case "mean three times":
      return { first: MEAN, second: MEAN, third: MEAN };
    case "smooth, then differ":
      return { first: SMOOTH, second: DIFFERENCE, third: [] };
    case "differ twice":
      return { first: DIFFERENCE, second: DIFFERENCE, third: [] };
    case "random":
      return { first: randomKernel(3, 2 * seed), second: randomKernel(3, 2 * seed + 1), third: [] };
  }
}

export const SIGNALS = ["lecture", "impulse", "wave", "random"] as const;

export type SignalName = (typeof SIGNALS)[number];

const LENGTH = 12;

export function signalNamed(name: SignalName, seed = 0): number[] {
  const each = (value: (i: number) => number) => Array.from({ length: LENGTH }, (_, i) => value(i));
  switch (name) {
    case "lecture":
      return [5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1];
    case "impulse":
      return each((i) => (i === 5 ? 1 : 0));
    case "wave":
      return each((i) => Number((5 * Math.sin((2 * Math.PI * i) / 6)).toFixed(1)));
    case "random": {
      const random = mulberry32(seed);
      return each(() => Math.round(random() * 200 - 100) / 10);
    }
  }
}
