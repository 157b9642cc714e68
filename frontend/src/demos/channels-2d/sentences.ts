/** The result in words and numbers. */

import { window2d } from "../../core/convolution2d.ts";
import { compact, grouped, short, subscript } from "../../core/format.ts";
import type { Piece } from "../../ui/pieces.ts";
import { COLOURS, featureMap, geometry, inputs, type State, sizeOf } from "./state.ts";

export interface Product {
  weight: number;
  value: number;
  padded: boolean;
}

/** What each weight of one slice meets at the pixel that is pointed at, row by row. */
export function products(state: State, input: number): Product[] {
  const { values } = inputs(state)[input]!;
  const weights = state.filters[state.channel]![input]!.flat();
  return window2d(geometry(state), state.row, state.column).map(({ source, padded }, k) => ({
    weight: weights[k]!,
    value: source === null ? 0 : values[source]!,
    padded,
  }));
}

/** What each slice adds at the pixel; nothing where its channel is muted. */
export function contributions(state: State): number[] {
  return COLOURS.map((_, c) =>
    state.muted.includes(c)
      ? 0
      : products(state, c).reduce((sum, { weight, value }) => sum + weight * value, 0),
  );
}

const bracketed = (value: number) => (value < 0 ? `(${short(value)})` : short(value));

/** A line for each slice with its products, and one in which they are added up. */
export function equation(state: State): Piece[][] {
  const sums = contributions(state);
  const lines = COLOURS.map((name, c): Piece[] => {
    if (state.muted.includes(c)) {
      return [{ words: `${name}: ` }, { words: "muted, counts as 0", role: "padding" }];
    }
    const terms = products(state, c).flatMap(({ weight, value, padded }, k): Piece[] => [
      { words: k === 0 ? "" : " + " },
      { words: bracketed(weight), role: "kernel-text" },
      { words: "·" },
      { words: short(value), role: padded ? "padding" : "input" },
    ]);
    return [{ words: `${name}: ` }, ...terms, { words: ` = ${compact(sums[c]!)}` }];
  });
  const { output } = featureMap(state, state.channel);
  const value = output.values[state.row * output.columns + state.column]!;
  const bias = state.biases[state.channel]!;
  const place = `(${state.row + 1}, ${state.column + 1})`;
  const total: Piece[] = [
    { words: `h${subscript(state.channel + 1)}${place}`, role: "output" },
    { words: state.relu ? " = max(0, " : " = " },
    { words: sums.map((sum) => bracketed(Number(sum.toFixed(2)))).join(" + ") },
    { words: ` + ${bracketed(bias)}`, role: "kernel-text" },
    { words: state.relu ? ") = " : " = " },
    { words: compact(value), role: "output" },
  ];
  return [...lines, total];
}

/** The pixel for a screen reader. */
export function spoken(state: State): string {
  const { output } = featureMap(state, state.channel);
  const value = output.values[state.row * output.columns + state.column]!;
  return `Output ${state.channel + 1}, row ${state.row + 1}, column ${state.column + 1} is ${compact(value)}`;
}

/** 3 × 2 × 3 × 3 weights + 2 biases = 56 parameters. */
export function parameters(state: State): string {
  const [count, size] = [state.filters.length, sizeOf(state)];
  const weights = 3 * count * size * size;
  const biases = count === 1 ? "1 bias" : `${count} biases`;
  return `Ci × Co × K × K + Co = 3 × ${count} × ${size} × ${size} weights + ${biases} = ${grouped(weights + count)} parameters; one filter has 3 × ${size} × ${size} weights and 1 bias.`;
}
