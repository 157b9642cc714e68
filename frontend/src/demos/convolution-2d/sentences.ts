/** The result in words and numbers. */

import { type Axes, outputSize, window2d } from "../../core/convolution2d.ts";
import { compact, grouped, short } from "../../core/format.ts";
import { kernelSpan } from "../../core/geometry.ts";
import { paddingAmounts } from "../../core/padding.ts";
import { about } from "../../data/photographs.ts";
import type { Piece } from "../../ui/pieces.ts";
import { computed, geometry, hidden, input, predicting, type State, white } from "./state.ts";

/** One of the products that an output is the sum of. */
export interface Product {
  weight: number;
  value: number;
  /** Whether padding stands there. */
  padded: boolean;
  product: number;
}

/** What each weight meets at the window's place, row by row. */
export function products(state: State): Product[] {
  const { values } = input(state);
  const weights = state.kernel.flat();
  return window2d(geometry(state), state.row, state.column).map(({ source, padded }, k) => {
    const value = source === null ? 0 : values[source]!;
    const weight = weights[k]!;
    return { weight, value, padded, product: weight * value || 0 };
  });
}

/** The name of an output: h with its row and its column, counted from 1. */
export const nameOf = ({ row, column, activation }: Pick<State, "row" | "column" | "activation">) =>
  `${activation === "ReLU" ? "h" : "z"}(${row + 1}, ${column + 1})`;

/** h(3, 5) = ReLU(−120 + 10) = 0, each number in the colour of its role. */
export function equation(state: State): Piece[] {
  const { sums, output } = computed(state);
  const at = state.row * output.columns + state.column;
  const bare = products(state).reduce((total, { product }) => total + product, 0);
  const secret = hidden(state, state.row, state.column);
  const relu = state.activation === "ReLU";
  const result: Piece = { words: secret ? "?" : written(output.values[at]!), role: "output" };
  const sum = secret ? "the sum of the products" : written(bare);
  const bias = state.bias < 0 ? ` − ${short(-state.bias)}` : ` + ${short(state.bias)}`;
  const inner: Piece[] =
    state.bias === 0 && !relu
      ? [{ words: "the sum of the products" }]
      : [
          { words: sum },
          ...(state.bias === 0 ? [] : [{ words: bias, role: "kernel-text" } as Piece]),
        ];
  const rounded =
    !secret && Math.abs(sums.values[at]! - Number(sums.values[at]!.toFixed(2))) > 1e-9;
  return [
    { words: nameOf(state), role: "output" },
    { words: relu ? " = max(0, " : " = " },
    ...inner,
    { words: `${relu ? ")" : ""}${rounded ? " ≈ " : " = "}` },
    result,
  ];
}

const written = compact;

/** The same for a screen reader. */
export function spoken(state: State): string {
  const { output } = computed(state);
  const where = `row ${state.row + 1}, column ${state.column + 1}`;
  if (hidden(state, state.row, state.column)) return `Output ${where}: predict it`;
  return `Output ${where} is ${written(output.values[state.row * output.columns + state.column]!)}`;
}

/** ⌊(64 + 2 − 1·(3 − 1) − 1) / 1⌋ + 1 = 64, along each axis. */
export function shapeFormula(state: State): string {
  const { down, across }: Axes = geometry(state);
  const { rows, columns } = outputSize(geometry(state));
  const formula = (g: Axes["down"], count: number) => {
    const { left, right } = paddingAmounts(g.kernelSize, g.dilation, g.padding);
    return `⌊(${g.length} + ${left + right} − ${g.dilation}·(${g.kernelSize} − 1) − 1) / ${g.stride}⌋ + 1 = ${count}`;
  };
  if (down.length === across.length) return `Height and width ${formula(down, rows)}`;
  return `Height ${formula(down, rows)}; width ${formula(across, columns)}`;
}

/** What the kernel costs and covers. */
export function costs(state: State): string {
  const size = state.kernel.length;
  const { output } = computed(state);
  const span = kernelSpan(size, state.dilation);
  const count = grouped(output.values.length);
  const covers = span === 1 ? "one pixel" : `${span} × ${span} pixels`;
  const weights = size === 1 ? "1 weight" : `${size} × ${size} = ${size * size} weights`;
  return `${weights} and 1 bias, used for ${count} outputs; one output covers ${covers}.`;
}

/** What the whole output is like, and what a grey picture of it would hide. */
export function reading(state: State): string {
  if (predicting(state)) return "";
  const { values } = computed(state).output;
  const image = input(state);
  if (state.source === "drawing" && image.values.every((v) => v === 0)) {
    return "The drawing is empty: every product is zero, so every output is the bias. Draw something.";
  }
  let [low, high, below, above] = [values[0]!, values[0]!, 0, 0];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
    if (value < 0) below += 1;
    if (value > white(state)) above += 1;
  }
  const all = grouped(values.length);
  if (state.view === "grey" && state.source !== "numbers") {
    const lost = [
      below > 0 ? `${grouped(below)} are negative and look black like zero` : "",
      above > 0 ? `${grouped(above)} are above ${white(state)} and look white like it` : "",
    ].filter(Boolean);
    if (lost.length === 0) return `All ${all} outputs lie between black and white.`;
    return `Of ${all} outputs ${lost.join("; ")}.`;
  }
  const signs = below === 0 ? "none is negative" : `${grouped(below)} of ${all} are negative`;
  return `Outputs run from ${compact(low)} to ${compact(high)}; ${signs}.`;
}

/** What to make of a guess. */
export function verdict(state: State): string {
  if (state.guess === null || !predicting(state)) return "";
  const { output } = computed(state);
  const truth = output.values[state.row * output.columns + state.column]!;
  const off = Math.abs(state.guess - truth);
  const judged =
    off < 0.005 ? "exactly right" : off <= 0.1 ? "close enough" : "look at the products";
  return `You said ${written(state.guess)}; it is ${written(truth)}, ${written(Number(off.toFixed(4)))} away: ${judged}.`;
}

/** Whose the picture is, or what may be done with it. */
export function caption(state: State): string {
  switch (state.source) {
    case "photograph":
      return `${about(state.photograph)}, as grey levels from 0 to 255`;
    case "drawing":
      return "Draw on it: a pixel is 1 where there is chalk, else 0";
    case "own":
      return "Your image, as grey levels from 0 to 255";
    default:
      return "Drag a number, or type one";
  }
}
