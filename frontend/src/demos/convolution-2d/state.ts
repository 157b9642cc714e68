/** The state of the demo: what is possible, and what follows from it. */

import {
  type Axes,
  axes,
  convolve2d,
  outputSize,
  problem2d,
  rectified,
  rowsOf,
  type Volume,
  volumeOf,
} from "../../core/convolution2d.ts";
import { equal } from "../../core/equal.ts";
import { PADDINGS, type Padding } from "../../core/padding.ts";
import { greyPhotograph, PHOTOGRAPHS, type PhotographName } from "../../data/photographs.ts";
import {
  checkNumber,
  checkOwn,
  checkRows,
  checkWhole,
  checkWord,
  type Limits,
} from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export const SOURCES = ["photograph", "drawing", "numbers", "own"] as const;
export const ACTIVATIONS = ["none", "ReLU"] as const;
export const VIEWS = ["signed", "grey"] as const;

type Rows = readonly (readonly number[])[];

export interface State {
  /** Which of the four below is the input. */
  source: (typeof SOURCES)[number];
  photograph: PhotographName;
  drawing: number[][];
  numbers: number[][];
  /** The reader's own image; no rows where there is none. */
  own: number[][];
  kernel: number[][];
  bias: number;
  activation: (typeof ACTIVATIONS)[number];
  stride: number;
  dilation: number;
  padding: Padding;
  /** The output that the window stands at, from 0. */
  row: number;
  column: number;
  /** Whether the output is drawn with its signs, or as grey levels that have none. */
  view: (typeof VIEWS)[number];
  /** Whether outputs of numbers are hidden until the reader has guessed them. */
  predict: boolean;
  guess: number | null;
}

export const KEYS = [
  "source",
  "photograph",
  "drawing",
  "numbers",
  "own",
  "kernel",
  "bias",
  "activation",
  "stride",
  "dilation",
  "padding",
  "row",
  "column",
  "view",
  "predict",
  "guess",
] as const satisfies readonly (keyof State)[];

/** All but the reader's own image, which no link can hold. */
export const LINKABLE = KEYS.filter((key) => key !== "own");

export const LIMITS = {
  drawing: { most: 32, low: 0, high: 1 },
  numbers: { most: 10, low: -100, high: 100 },
  own: { most: 64, low: 0, high: 255 },
  kernel: { most: 7, low: -100, high: 100 },
  bias: { min: -1000, max: 1000 },
  stride: { min: 1, max: 4 },
  dilation: { min: 1, max: 4 },
  guess: { min: -1e7, max: 1e7 },
} as const;

/** The value that a picture's white stands for. */
export function white({ source }: State): number {
  return source === "drawing" ? 1 : 255;
}

const volumes = new WeakMap<Rows, Volume>();

function asVolume(rows: Rows): Volume {
  const known = volumes.get(rows) ?? volumeOf(rows);
  volumes.set(rows, known);
  return known;
}

/** The image that is convolved. */
export function input(state: State): Volume {
  if (state.source === "photograph") return greyPhotograph(state.photograph);
  return asVolume(state[state.source]);
}

export function geometry(state: State): Axes {
  const size =
    state.source === "own" && state.own.length === 0 ? { rows: 1, columns: 1 } : input(state);
  const side = { rows: state.kernel.length, columns: state.kernel.length };
  return axes(size, side, state);
}

export interface Result {
  /** Before the activation. */
  sums: Volume;
  output: Volume;
  rows: number[][];
}

let last: { key: readonly unknown[]; result: Result } | null = null;

/** The trait `output` and how it came about; computed once for what it depends on. */
export function computed(state: State): Result {
  const { kernel, bias, activation, stride, dilation, padding } = state;
  const image = input(state);
  const key = [image, kernel, bias, activation, stride, dilation, padding];
  if (last && key.every((part, i) => part === last!.key[i])) return last.result;
  const weight = { ...volumeOf(kernel), outChannels: 1, inChannels: 1 };
  const sums = convolve2d(image, weight, { stride, dilation, padding, groups: 1, bias: [bias] });
  const output = activation === "ReLU" ? rectified(sums) : sums;
  const result = { sums, output, rows: rowsOf(output) };
  last = { key, result };
  return result;
}

/** Whether an output is still to be predicted. */
export function hidden(state: State, row: number, column: number): boolean {
  if (!predicting(state)) return false;
  const after = row - state.row || column - state.column;
  return after > 0 || (after === 0 && state.guess === null);
}

/** Only outputs of numbers can be predicted. */
export const predicting = (state: State) => state.predict && state.source === "numbers";

/**
 * Keep the window on an output when there are fewer than before, and forget a guess it has left.
 *
 * A place that is neither the present one nor the author's has been asked for, and is not bent.
 */
export function settle(candidate: State, before: { last: State; initial: State } | null): State {
  if (before === null) return candidate;
  const { last, initial } = before;
  // A link cannot bring the image that its writer had.
  const lost = candidate.source === "own" && candidate.own.length === 0;
  const state = lost ? { ...candidate, source: "photograph" as const } : candidate;
  if (check({ ...state, row: 0, column: 0, guess: null }) !== null) return state;
  const size = outputSize(geometry(state));
  const place = (key: "row" | "column", count: number) => {
    const asked = state[key] !== last[key] && state[key] !== initial[key];
    return asked ? state[key] : Math.min(state[key], count - 1);
  };
  const [row, column] = [place("row", size.rows), place("column", size.columns)];
  const asks = ["predict", "source", "numbers", "kernel", "bias", "activation"] as const;
  const shape = ["stride", "dilation", "padding"] as const;
  const same =
    row === last.row &&
    column === last.column &&
    [...asks, ...shape].every((key) => equal(state[key], last[key]));
  return { ...state, row, column, guess: same ? state.guess : null };
}

/** Why a state is impossible, in words, and which control can mend it. */
export function check(state: State): Problem | null {
  const own = state.own.length === 0 ? null : checkRows("own", "Your image", state.own, LIMITS.own);
  return (
    checkWord("source", "The input", state.source, SOURCES) ??
    checkWord("photograph", "The photograph", state.photograph, PHOTOGRAPHS) ??
    checkRows("drawing", "The drawing", state.drawing, LIMITS.drawing) ??
    checkRows("numbers", "The grid of numbers", state.numbers, LIMITS.numbers) ??
    own ??
    checkRows("kernel", "The kernel", state.kernel, LIMITS.kernel) ??
    checkSquare(state.kernel) ??
    checkNumber("bias", "The bias", state.bias, LIMITS.bias) ??
    checkWord("activation", "The activation", state.activation, ACTIVATIONS) ??
    checkWhole("stride", "The stride", state.stride, LIMITS.stride) ??
    checkWhole("dilation", "The dilation", state.dilation, LIMITS.dilation) ??
    checkWord("padding", "The padding", state.padding, PADDINGS) ??
    checkWord("view", "The view", state.view, VIEWS) ??
    checkOwn(state.source === "own", state.own) ??
    checkGeometry(state) ??
    checkPlace(state) ??
    checkPrediction(state)
  );
}

function checkSquare(kernel: Rows): Problem | null {
  const size = kernel.length;
  if (size % 2 === 1 && kernel[0]!.length === size) return null;
  const message = `The kernel is ${size}×${kernel[0]!.length}; it is 1×1, 3×3, 5×5 or 7×7.`;
  return { control: "kernel", message };
}

function checkGeometry(state: State): Problem | null {
  const message = problem2d(geometry(state));
  return message === null ? null : { control: "padding", message };
}

function checkPlace(state: State): Problem | null {
  const { rows, columns } = outputSize(geometry(state));
  const range = (count: number): Limits => ({ min: 0, max: count - 1 });
  return (
    checkWhole("place", "The row", state.row, range(rows)) ??
    checkWhole("place", "The column", state.column, range(columns))
  );
}

function checkPrediction({ predict, guess }: State): Problem | null {
  if (typeof predict !== "boolean") {
    return { control: "predict", message: `“Predict” is ${predict}; it is true or false.` };
  }
  const { min, max } = LIMITS.guess;
  if (guess === null || (typeof guess === "number" && guess >= min && guess <= max)) return null;
  return { control: "guess", message: `The guess is no number from ${min} to ${max}.` };
}
