/** What follows from a state: the outputs of images, and the stamps of a signal. */

import { convolve2d, rowsOf, type Volume, volumeOf } from "../../core/convolution2d.ts";
import {
  bilinear,
  cropped,
  type Difference,
  difference,
  duplicate,
  less,
  maxPool2d,
  meanPool2d,
  type Pooled,
  rolled,
  subsample,
  unpool,
} from "../../core/resampling.ts";
import {
  convolved,
  coverage,
  coverage2d,
  stampRows,
  transposed,
  transposed2d,
} from "../../core/transposed.ts";
import { greyPhotograph } from "../../data/photographs.ts";
import { patternNamed } from "./inputs.ts";
import { inputShape, SMALL } from "./shapes.ts";
import {
  OPERATIONS,
  type Operation,
  operationOf,
  POINTERS,
  type State,
  stamping,
} from "./state.ts";

export interface Made {
  operation: Operation;
  output: Volume;
  /** What is compared with what: before the shift, or with the image that was made small. */
  off: Difference | null;
  /** The output less what it is compared with. */
  change: Volume | null;
}

export interface Images {
  /** The input, moved where it is moved. */
  input: Volume;
  /** Between the input and what is made large again: the largest of each window. */
  small: Pooled | null;
  made: readonly Made[];
}

const grids = new WeakMap<object, Volume>();

const white = (chalk: number) => 255 * chalk;

/** The input as it is given. */
export function given(state: State): Volume {
  if (state.source === "photograph") return greyPhotograph(state.photograph);
  if (state.source === "pattern") return patternNamed(state.pattern);
  const drawn = state.source === "drawing";
  const rows = state[state.source];
  const known = grids.get(rows) ?? volumeOf(drawn ? rows.map((row) => row.map(white)) : rows);
  grids.set(rows, known);
  return known;
}

/** Keep the last result for what it depends on. */
function remembered<R>(make: (state: State) => R, parts: (state: State) => readonly unknown[]) {
  let key: readonly unknown[] = [];
  let result: R | null = null;
  return (state: State): R => {
    const now = parts(state);
    if (result !== null && now.every((part, i) => part === key[i])) return result;
    key = now;
    result = make(state);
    return result;
  };
}

function compared(operation: Operation, output: Volume, other: Volume | null): Made {
  if (other === null) return { operation, output, off: null, change: null };
  return { operation, output, off: difference(output, other), change: less(output, other) };
}

function downs(state: State): Images {
  const { size, stride, shift_down, shift_right } = state;
  const x = given(state);
  const moved = rolled(x, shift_down, shift_right);
  const makers: Record<string, (image: Volume) => Volume> = {
    "every other": (image) => subsample(image, stride),
    max: (image) => maxPool2d(image, size, stride).pooled,
    mean: (image) => meanPool2d(image, size, stride),
  };
  const made = OPERATIONS.down.map((operation) => {
    const make = makers[operation]!;
    return compared(operation, make(moved), moved === x ? null : make(x));
  });
  return { input: moved, small: null, made };
}

function ups(state: State): Images {
  const { stride } = state;
  const shape = inputShape(state);
  const fits = (n: number) => Math.floor(n / stride) * stride;
  const input = cropped(given(state), fits(shape.rows), fits(shape.columns));
  const small = maxPool2d(input, stride, stride);
  const outputs = {
    duplicate: duplicate(small.pooled, stride),
    unpooling: unpool(small, input.rows, input.columns),
    bilinear: bilinear(small.pooled, stride),
  };
  const made = OPERATIONS.up.map((name) => compared(name, outputs[name], input));
  return { input, small, made };
}

function spreads(state: State): Images {
  const { kernel, stride, padding } = state;
  const x = given(state);
  const by = x.rows / SMALL;
  const input = state.source === "numbers" || by === 1 ? x : meanPool2d(x, by, by);
  const options = { stride, padding };
  const side = kernel.length;
  const square = Float64Array.from(kernel.flatMap((a) => kernel.map((b) => a * b)));
  const weight = { outChannels: 1, inChannels: 1, rows: side, columns: side, values: square };
  const plain = { stride: 1, dilation: 1, padding: "replicate", groups: 1 } as const;
  const outputs = {
    transposed: transposed2d(input, kernel, options),
    stamps: coverage2d(input, side, options),
    resized: convolve2d(duplicate(input, stride), weight, plain),
  };
  const made = OPERATIONS.checkerboard.map((name) => compared(name, outputs[name], null));
  return { input, small: null, made };
}

const source = (s: State) => [
  ...[s.source, s.photograph, s.pattern, s.numbers, s.drawing, s.own],
  s.stride,
];
const rememberedViews = {
  down: remembered(downs, (s) => [...source(s), s.size, s.shift_down, s.shift_right]),
  up: remembered(ups, source),
  checkerboard: remembered(spreads, (s) => [...source(s), s.kernel, s.padding]),
};

/** The three outputs of a view of images. */
export function images(state: State): Images {
  return rememberedViews[state.view === "stamps" ? "down" : state.view](state);
}

/** What the pointer is on. */
export function pointed(state: State): Made {
  const { made } = images(state);
  return made.find(({ operation }) => operation === operationOf(state))!;
}

export interface Stamps {
  /** The signal before the convolution, where there is one. */
  before: readonly number[] | null;
  /** What is stamped. */
  inputs: readonly number[];
  /** A: one row a stamp. */
  matrix: number[][];
  /** The sums up to the newest stamp, and of all stamps. */
  sums: number[];
  output: number[];
  /** How many stamps cover each output. */
  coverage: number[];
}

/** The stamps of the signal, up to the newest. */
export function stamps(state: State): Stamps {
  const { signal, kernel, position, round_trip } = state;
  const options = stamping(state);
  const inputs = round_trip ? convolved(signal, kernel, options) : signal;
  return {
    before: round_trip ? signal : null,
    inputs,
    matrix: stampRows(inputs.length, kernel, options),
    sums: transposed(inputs, kernel, options, position + 1),
    output: transposed(inputs, kernel, options),
    coverage: coverage(inputs.length, kernel.length, options),
  };
}

const rows = new WeakMap<Volume, number[][]>();

/** The trait `output`: of the operation that is pointed at; of stamps, one row. */
export function outputRows(state: State): number[][] {
  if (state.view === "stamps") return [stamps(state).output];
  const { output } = pointed(state);
  const known = rows.get(output) ?? rowsOf(output);
  rows.set(output, known);
  return known;
}

/** The change that points at an output of an operation. */
export function pointAt(state: State, operation: Operation, row: number, column: number) {
  const { view } = state;
  if (view === "stamps") return { row, column };
  return { [POINTERS[view]]: operation, row, column } as Partial<State>;
}
