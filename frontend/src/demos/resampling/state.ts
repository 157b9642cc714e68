/** The state of the demo: what is possible, and what follows from it. */

import { equal } from "../../core/equal.ts";
import { PHOTOGRAPHS, type PhotographName } from "../../data/photographs.ts";
import {
  checkFlag,
  checkNumber,
  checkNumbers,
  checkOwn,
  checkRows,
  checkWhole,
  checkWord,
  type Limits,
} from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";
import { PATTERNS, type Pattern } from "./inputs.ts";
import { extraOf, firstOutput, outputLength, SIDES, shapeOf, stampCount } from "./shapes.ts";

export const VIEWS = ["down", "up", "stamps", "checkerboard"] as const;
export const SOURCES = ["photograph", "pattern", "numbers", "drawing", "own"] as const;
export const SHOWS = ["output", "difference"] as const;

/** The three operations that each view of images sets side by side, and the trait that points at one. */
export const OPERATIONS = {
  down: ["every other", "max", "mean"],
  up: ["duplicate", "unpooling", "bilinear"],
  checkerboard: ["transposed", "stamps", "resized"],
} as const;

export type Down = (typeof OPERATIONS.down)[number];
export type Up = (typeof OPERATIONS.up)[number];
export type Spread = (typeof OPERATIONS.checkerboard)[number];
export type Operation = Down | Up | Spread;
export type ImageView = keyof typeof OPERATIONS;

/** The trait that says which operation a view points at. */
export const POINTERS = { down: "down", up: "up", checkerboard: "spread" } as const;

export interface State {
  view: (typeof VIEWS)[number];
  source: (typeof SOURCES)[number];
  photograph: PhotographName;
  pattern: Pattern;
  numbers: number[][];
  /** Chalk is 1; as an input it is 255, like a photograph's white. */
  drawing: number[][];
  /** The reader's own image, in grey; no rows where there is none. */
  own: number[][];
  /** Of a pooling's window. */
  size: number;
  /** Of a pooling and of a transposed convolution; the factor of what is enlarged. */
  stride: number;
  shift_down: number;
  shift_right: number;
  down: Down;
  up: Up;
  spread: Spread;
  /** The output that is pointed at, from 0. */
  row: number;
  column: number;
  show: (typeof SHOWS)[number];
  signal: number[];
  kernel: number[];
  padding: number;
  /** The newest stamp, from 0. */
  position: number;
  /** Whether the signal is convolved first, and its convolution is stamped. */
  round_trip: boolean;
  predict: boolean;
  guess: number | null;
}

export const KEYS = [
  "view",
  "source",
  "photograph",
  "pattern",
  "numbers",
  "drawing",
  "own",
  "size",
  "stride",
  "shift_down",
  "shift_right",
  "down",
  "up",
  "spread",
  "row",
  "column",
  "show",
  "signal",
  "kernel",
  "padding",
  "position",
  "round_trip",
  "predict",
  "guess",
] as const satisfies readonly (keyof State)[];

/** All but the reader's own image, which no link can hold. */
export const LINKABLE = KEYS.filter((key) => key !== "own");

export const LIMITS = {
  numbers: { least: 4, most: 8, low: -100, high: 100 },
  drawing: { least: SIDES.drawing, most: SIDES.drawing, low: 0, high: 1 },
  own: { least: SIDES.own, most: SIDES.own, low: 0, high: 255 },
  size: { min: 1, max: 4 },
  stride: { min: 1, max: 4 },
  shift: { min: -4, max: 4 },
  signal: { min: 1, max: 12 },
  kernel: { min: 1, max: 5 },
  value: { min: -100, max: 100 },
  padding: { min: 0, max: 2 },
  outputs: { min: 1, max: 24 },
  guess: { min: -1e7, max: 1e7 },
} as const;

/** The operation that is pointed at. */
export function operationOf(state: State): Operation {
  const { view } = state;
  return view === "stamps" ? "transposed" : state[POINTERS[view]];
}

/** Only numbers can be predicted, and only where an output follows from a few of them. */
export function predicting(state: State): boolean {
  if (state.view === "stamps") return state.predict && firstOutput(state) !== null;
  return state.predict && state.source === "numbers" && state.view !== "checkerboard";
}

/** Whether what the newest stamp makes of its outputs is still to be predicted. */
export const waiting = (state: State) =>
  state.view === "stamps" && predicting(state) && state.guess === null;

/** Whether an output of the operation that is pointed at is still to be predicted. */
export function hidden(state: State, row: number, column: number): boolean {
  if (state.view === "stamps" || !predicting(state)) return false;
  const after = row - state.row || column - state.column;
  return after > 0 || (after === 0 && state.guess === null);
}

/** What a guess is about: where any of it changes, the guess is forgotten. */
const ASKED = [
  ...(["view", "source", "numbers", "size", "stride", "shift_down", "shift_right"] as const),
  ...(["down", "up", "predict", "signal", "kernel", "padding", "round_trip"] as const),
];

/** Keep what is pointed at within what there is; a place that is asked for is not bent. */
export function settle(asked: State, before: { last: State; initial: State } | null): State {
  if (before === null) return asked;
  const { last, initial } = before;
  // A link cannot bring the image that its writer had.
  const lost = asked.source === "own" && asked.own.length === 0;
  const candidate = lost ? { ...asked, source: "photograph" as const } : asked;
  if (check({ ...candidate, row: 0, column: 0, position: 0, guess: null }) !== null) {
    return candidate;
  }
  const unchanged = ASKED.every((key) => equal(candidate[key], last[key]));
  const within = (key: "row" | "column" | "position", count: number) => {
    const wanted = candidate[key] !== last[key] && candidate[key] !== initial[key];
    return wanted ? candidate[key] : Math.min(candidate[key], count - 1);
  };
  if (candidate.view === "stamps") {
    const position = within("position", stampCount(candidate));
    const same = unchanged && position === last.position;
    return { ...candidate, position, guess: same ? candidate.guess : null };
  }
  const size = shapeOf(candidate, operationOf(candidate));
  const [row, column] = [within("row", size.rows), within("column", size.columns)];
  const same = unchanged && row === last.row && column === last.column;
  return { ...candidate, row, column, guess: same ? candidate.guess : null };
}

/** Why a state is impossible, in words, and which control can mend it. */
export function check(state: State): Problem | null {
  return (
    checkWord("view", "The view", state.view, VIEWS) ??
    checkWord("source", "The input", state.source, SOURCES) ??
    checkWord("photograph", "The photograph", state.photograph, PHOTOGRAPHS) ??
    checkWord("pattern", "The pattern", state.pattern, PATTERNS) ??
    checkRows("numbers", "The grid of numbers", state.numbers, LIMITS.numbers) ??
    checkRows("drawing", "The drawing", state.drawing, LIMITS.drawing) ??
    (state.own.length === 0 ? null : checkRows("own", "Your image", state.own, LIMITS.own)) ??
    checkOwn(state.source === "own", state.own) ??
    checkWhole("size", "The window", state.size, LIMITS.size) ??
    checkWhole("stride", "The stride", state.stride, LIMITS.stride) ??
    checkWhole("shift", "The shift down", state.shift_down, LIMITS.shift) ??
    checkWhole("shift", "The shift to the right", state.shift_right, LIMITS.shift) ??
    checkWord("down", "The operation", state.down, OPERATIONS.down) ??
    checkWord("up", "The operation", state.up, OPERATIONS.up) ??
    checkWord("spread", "The map", state.spread, OPERATIONS.checkerboard) ??
    checkWord("show", "What is shown", state.show, SHOWS) ??
    checkNumbers("signal", "The signal", state.signal, LIMITS.signal, LIMITS.value) ??
    checkNumbers("kernel", "The kernel", state.kernel, LIMITS.kernel, LIMITS.value) ??
    checkWhole("padding", "The padding", state.padding, LIMITS.padding) ??
    checkFlag("round_trip", "Convolve first", state.round_trip) ??
    checkFlag("predict", "Predict", state.predict) ??
    (state.guess === null ? null : checkNumber("guess", "The guess", state.guess, LIMITS.guess)) ??
    checkShape(state) ??
    checkPlaces(state)
  );
}

/** What a pooling, a convolution or a transposed convolution needs. */
function checkShape(state: State): Problem | null {
  const { view, kernel, padding, signal } = state;
  // Every window fits into every grid.
  if (view === "up" || view === "down") return null;
  if (view === "stamps" && state.round_trip && stampCount(state) < 1) {
    const message = `A kernel of ${kernel.length} does not fit into a signal of ${signal.length}: there is nothing to stamp.`;
    return { control: "kernel", message };
  }
  const count =
    view === "stamps" ? outputLength(state) : Math.min(...Object.values(shapeOf(state, "stamps")));
  if (count < 1) {
    const message = `A padding of ${padding} takes ${2 * padding} values off, and none is left.`;
    return { control: "stride", message };
  }
  if (view === "stamps" && count > LIMITS.outputs.max) {
    const message = `There would be ${count} outputs, and there is room for ${LIMITS.outputs.max}: take a smaller stride, or fewer values.`;
    return { control: "stride", message };
  }
  return null;
}

function checkPlaces(state: State): Problem | null {
  const range = (count: number): Limits => ({ min: 0, max: count - 1 });
  if (state.view === "stamps") {
    return (
      checkWhole("position", "The stamp", state.position, range(stampCount(state))) ??
      checkWhole("place", "The row", state.row, range(1000)) ??
      checkWhole("place", "The column", state.column, range(1000))
    );
  }
  const { rows, columns } = shapeOf(state, operationOf(state));
  return (
    checkWhole("place", "The row", state.row, range(rows)) ??
    checkWhole("place", "The column", state.column, range(columns)) ??
    checkWhole("position", "The stamp", state.position, range(LIMITS.signal.max))
  );
}

/** The settings of the transposed convolution; after a convolution its output is as long as the signal. */
export const stamping = (state: State) => ({
  stride: state.stride,
  padding: state.padding,
  extra: extraOf(state),
});
