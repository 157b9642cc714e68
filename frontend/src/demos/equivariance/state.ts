/** The state of the demo, and what is possible. */

import {
  FUNCTIONS,
  type FunctionName,
  type GridKernel,
  HEADS,
  type Head,
  KERNEL_NAMES,
} from "../../core/equivariance.ts";
import { BORDERS, type Border, type Grid } from "../../core/grid.ts";
import type { Problem } from "../../ui/problems.ts";

export const TRANSFORMS = ["translate", "rotate", "scale", "permute"] as const;

export type TransformName = (typeof TRANSFORMS)[number];

export interface State {
  /** 1: the signal is what is moved; 2: the image. */
  dimensions: number;
  signal: number[];
  /** Row by row, as many rows as columns; grey levels from 0 to 9. */
  image: number[];
  transform: TransformName;
  /** Places to the right, and (of an image) down. */
  shift: number;
  down: number;
  /** Degrees, anticlockwise. */
  angle: number;
  /** Per cent. */
  scale: number;
  /** Which of the permutations; each is the same for every input. */
  permutation: number;
  function: FunctionName;
  kernel: GridKernel;
  /** The reader's own weights, row by row; none where the named kernel's hold. */
  weights: number[];
  head: Head;
  border: Border;
  /** The place of the output whose numbers are shown, from 0. */
  place: number | null;
}

export const KEYS = [
  "dimensions",
  "signal",
  "image",
  "transform",
  "shift",
  "down",
  "angle",
  "scale",
  "permutation",
  "function",
  "kernel",
  "weights",
  "head",
  "border",
  "place",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  length: { min: 8, max: 32 },
  value: { min: -100, max: 100 },
  level: { min: 0, max: 9 },
  shift: { min: -16, max: 16 },
  down: { min: -16, max: 16 },
  angle: { min: -180, max: 180 },
  scale: { min: 50, max: 200 },
  permutation: { min: 1, max: 99 },
} as const;

const CHOICES = {
  transform: TRANSFORMS,
  function: FUNCTIONS,
  kernel: KERNEL_NAMES,
  head: HEADS,
  border: BORDERS,
} as const;

/** x, as a grid of one row or as a square. */
export function inputGrid({ dimensions, signal, image }: State): Grid {
  if (dimensions === 1) return { rows: 1, columns: signal.length, values: signal };
  const side = Math.sqrt(image.length);
  return { rows: side, columns: side, values: image };
}

/** A signal can be turned over, but not by an angle. */
export function unavailable({ dimensions }: State): TransformName[] {
  return dimensions === 1 ? ["rotate"] : [];
}

/** Why a state is impossible, in words, and which control can mend it. */
export function check(state: State): Problem | null {
  if (state.dimensions !== 1 && state.dimensions !== 2) {
    return problem("dimensions", `The number of dimensions is ${state.dimensions}; it is 1 or 2.`);
  }
  for (const [name, values] of Object.entries(CHOICES)) {
    const value = state[name as keyof typeof CHOICES];
    if (!(values as readonly unknown[]).includes(value)) {
      return problem(name, `The ${name} is ${value}; it is one of ${values.join(", ")}.`);
    }
  }
  if (state.dimensions === 1 && state.transform === "rotate") {
    return problem("transform", "A signal has one axis and cannot be rotated: choose another.");
  }
  for (const name of ["shift", "down", "angle", "scale", "permutation"] as const) {
    const { min, max } = LIMITS[name];
    const value: unknown = state[name];
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
      const words = `The ${name} is ${value}; it is a whole number from ${min} to ${max}.`;
      return problem(name, words);
    }
  }
  return (
    checkSignal(state.signal) ?? checkImage(state.image) ?? checkWeights(state) ?? checkPlace(state)
  );
}

function checkSignal(signal: unknown): Problem | null {
  const list = Array.isArray(signal) ? signal : [];
  const { min, max } = LIMITS.length;
  if (list.length < min || list.length > max || list.length % 2 !== 0) {
    const words = `The signal has ${list.length} values; it takes an even number from ${min} to ${max}.`;
    return problem("signal", words);
  }
  return checkValues("signal", "The signal", list, LIMITS.value);
}

function checkImage(image: unknown): Problem | null {
  const list = Array.isArray(image) ? image : [];
  const { min, max } = LIMITS.length;
  const side = Math.sqrt(list.length);
  if (!Number.isInteger(side) || side < min || side > max || side % 2 !== 0) {
    const words = `The image has ${list.length} values; it is a square whose side is an even number from ${min} to ${max}.`;
    return problem("image", words);
  }
  return checkValues("image", "The image", list, LIMITS.level);
}

function checkWeights({ weights, dimensions }: State): Problem | null {
  const count = dimensions === 1 ? 3 : 9;
  if (!Array.isArray(weights) || (weights.length !== 0 && weights.length !== count)) {
    const held = Array.isArray(weights) ? weights.length : weights;
    const words = `The kernel has ${held} weights; it takes ${count}, or none for the named one.`;
    return problem("weights", words);
  }
  return checkValues("weights", "The kernel", weights, LIMITS.value);
}

function checkValues(
  control: string,
  name: string,
  list: readonly unknown[],
  { min, max }: { min: number; max: number },
): Problem | null {
  const bad = list.findIndex((v) => typeof v !== "number" || !(v >= min && v <= max));
  if (bad < 0) return null;
  const words = `${name} holds ${list[bad]}; each value is a number from ${min} to ${max}.`;
  return problem(control, words);
}

function checkPlace({ place }: State): Problem | null {
  if (place === null || (Number.isInteger(place) && place >= 0 && place < LIMITS.length.max ** 2)) {
    return null;
  }
  return problem("place", `The place is ${place}; it is a whole number from 0, or null.`);
}

const problem = (control: string, message: string): Problem => ({ control, message });
