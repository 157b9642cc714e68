/** How large each output is, without computing it. */

import { windowCount } from "../../core/resampling.ts";
import { transposedLength } from "../../core/transposed.ts";
import type { Operation, State } from "./state.ts";

type Shape = { rows: number; columns: number };

/** Pixels of the square images. */
export const SIDES = { photograph: 64, pattern: 32, drawing: 16, own: 64 };
/** What a transposed convolution enlarges has this side, so that its result can be told apart. */
export const SMALL = 16;

/** The size of the input. */
export function inputShape({ source, numbers }: State): Shape {
  if (source === "numbers") return { rows: numbers.length, columns: numbers[0]!.length };
  return { rows: SIDES[source], columns: SIDES[source] };
}

/** The size of what an operation makes. */
export function shapeOf(state: State, operation: Operation): Shape {
  const { size, stride, kernel, padding } = state;
  const along = (count: (length: number) => number, { rows, columns }: Shape) => ({
    rows: count(rows),
    columns: count(columns),
  });
  const whole = inputShape(state);
  switch (operation) {
    case "every other":
      return along((n) => Math.ceil(n / stride), whole);
    case "max":
    case "mean":
      return along((n) => windowCount(n, size, stride), whole);
    case "duplicate":
    case "unpooling":
    case "bilinear":
      return along((n) => Math.floor(n / stride) * stride, whole);
    default: {
      const small = state.source === "numbers" ? whole : { rows: SMALL, columns: SMALL };
      const length = (n: number) => transposedLength(n, kernel.length, { stride, padding });
      return along(operation === "resized" ? (n) => n * stride : length, small);
    }
  }
}

/** How many inputs are stamped. */
export function stampCount({ signal, kernel, stride, padding, round_trip }: State): number {
  if (!round_trip) return signal.length;
  return windowCount(signal.length + 2 * padding, kernel.length, stride);
}

/** What the last windows of a convolution left over: its transpose adds it at the end. */
export function extraOf(state: State): number {
  if (!state.round_trip) return 0;
  const { signal, kernel, stride, padding } = state;
  return signal.length - transposedLength(stampCount(state), kernel.length, { stride, padding });
}

/** The first output that the newest stamp reaches, if it reaches any: there it meets older ones. */
export function firstOutput(state: State): number | null {
  const { kernel, stride, padding, position } = state;
  const begins = position * stride - padding;
  const first = Math.max(0, begins);
  return first < begins + kernel.length && first < outputLength(state) ? first : null;
}

/** How many outputs the stamps of a signal make. */
export function outputLength(state: State): number {
  const { signal, kernel, stride, padding } = state;
  if (state.round_trip) return signal.length;
  return transposedLength(signal.length, kernel.length, { stride, padding });
}
