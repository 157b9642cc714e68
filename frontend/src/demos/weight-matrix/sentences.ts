/** The unit in words and numbers: its sum, what it costs, how often a weight stands in the matrix. */

import { compact, exact, format, short, subscript } from "../../core/format.ts";
import { taps } from "../../core/geometry.ts";
import type { Piece } from "../../ui/pieces.ts";
import { copies, geometry, isDense, type Layer, parameterCounts, type State } from "./state.ts";

/** A piece of the equation, with the role that colours it. */
interface Term {
  symbol: string;
  input: string;
  weight: number;
  value: number;
  padded: boolean;
}

function terms(state: State, layer: Layer): Term[] {
  const { signal, unit, kernel } = state;
  if (isDense(state)) {
    return layer.matrix[unit]!.map((weight, j) => ({
      symbol: `ω${subscript(unit + 1)}${apart(unit, j)}${subscript(j + 1)}`,
      input: `x${subscript(j + 1)}`,
      weight,
      value: signal[j]!,
      padded: false,
    }));
  }
  return taps(geometry(state), unit).map(({ at, source }, k) => ({
    symbol: `ω${subscript(k + 1)}`,
    input: source === null ? "0" : `x${subscript(source + 1)}`,
    weight: kernel[k]!,
    value: source === null ? 0 : signal[source]!,
    padded: at !== source,
  }));
}

/** ω₁₀,₁ needs its comma, ω₂₁ does not. */
const apart = (row: number, column: number) => (row > 8 || column > 8 ? "," : "");

/** h₃ = ReLU[β + ω₁x₂ + ω₂x₃ + ω₃x₄], in the colours of the roles. */
export function formula(state: State, layer: Layer): Piece[] {
  const bias = isDense(state) ? `β${subscript(state.unit + 1)}` : "β";
  return [
    ...head(state),
    { words: bias, role: "kernel-text" },
    ...terms(state, layer).flatMap(({ symbol, input, padded }): Piece[] => [
      { words: " + " },
      { words: symbol, role: "kernel-text" },
      { words: input === "0" ? "·0" : input, role: padded ? "padding" : "input" },
    ]),
    { words: tail(state) },
  ];
}

/** The same with its numbers: h₃ = ReLU[−1 + 0.5·4 + …] = ReLU[7] = 7.00. */
export function numbers(state: State, layer: Layer): Piece[] {
  const { unit, activation } = state;
  const read = terms(state, layer);
  const sum = layer.sums[unit]!;
  const whole = read.every(({ weight, value }) =>
    [weight, value].every((v) => short(v) === exact(v)),
  );
  const sumEqual = whole && Math.abs(sum - Number(sum.toFixed(2))) < 1e-9 ? " = " : " ≈ ";
  const squashed = activation === "tanh" || activation === "sigmoid";
  const between: Piece[] =
    activation === "none" ? [] : [{ words: sumEqual }, { words: `${activation}[${compact(sum)}]` }];
  return [
    ...head(state),
    { words: compact(layer.biases[unit]!), role: "kernel-text" },
    ...read.flatMap(({ weight, value, padded }): Piece[] => [
      { words: " + " },
      { words: bracketed(weight), role: "kernel-text" },
      { words: "·" },
      { words: bracketed(value), role: padded ? "padding" : "input" },
    ]),
    { words: tail(state) },
    ...between,
    { words: squashed ? " ≈ " : sumEqual },
    { words: format(layer.output[unit]!), role: "output" },
  ];
}

const head = ({ unit, activation }: State): Piece[] => [
  { words: `h${subscript(unit + 1)}`, role: "output" },
  { words: activation === "none" ? " = " : ` = ${activation}[` },
];

const tail = ({ activation }: State) => (activation === "none" ? "" : "]");

/** A negative number after an operator stands in brackets. */
function bracketed(value: number): string {
  return value < 0 ? `(${short(value)})` : short(value);
}

/** The same for a screen reader. */
export function spoken({ unit }: State, layer: Layer): string {
  const sum = compact(layer.sums[unit]!);
  return `unit ${unit + 1} of ${layer.output.length}: sum ${sum}, output ${format(layer.output[unit]!)}`;
}

/** Where a weight stands: once, or all along a diagonal. */
export function copiesSentence(state: State, layer: Layer, weight: number | null): string {
  if (weight === null) {
    return isDense(state)
      ? "Every entry is a weight of its own. Take hold of one."
      : "Take hold of a weight, and see where else it stands.";
  }
  const count = copies(layer, weight);
  if (isDense(state))
    return "This weight stands here and nowhere else: the others stay as they are.";
  const name = `ω${subscript(weight + 1)}`;
  if (count === 1) return `${name} stands in this one place.`;
  return `${name} stands in ${count} places and is one number: turn it here, and it turns in all of them.`;
}

/** What each kind of layer has to learn. */
export function countRows(state: State): { kind: string; counts: string; total: string }[] {
  const { dense, convolution } = parameterCounts(state);
  return [
    {
      kind: "fully connected",
      counts: `${plural(dense.weights, "weight")}, ${plural(dense.biases, "bias")}`,
      total: String(dense.weights + dense.biases),
    },
    {
      kind: "convolution",
      counts: `${plural(convolution.weights, "weight")}, 1 bias`,
      total: String(convolution.weights + convolution.biases),
    },
  ];
}

/** The matrix for those who do not see it: what stands in the chosen row. */
export function rowInWords(state: State, layer: Layer): string {
  const row = layer.matrix[state.unit]!;
  const parts = layer.pattern[state.unit]!.flatMap((entry, c) =>
    entry.length === 0 ? [] : [`${short(row[c]!)} at x ${c + 1}`],
  );
  return `Weight matrix, ${layer.matrix.length} rows of ${state.signal.length}. Row h ${state.unit + 1}: ${parts.join(", ")}.`;
}

function plural(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${noun}${noun.endsWith("s") ? "es" : "s"}`;
}
