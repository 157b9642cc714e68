/** The result in words and numbers: the equation, the length, the prediction, the shift. */

import { compact, exact, format, short, subscript } from "../../core/format.ts";
import { kernelSpan, outputLength, taps } from "../../core/geometry.ts";
import { paddingAmounts } from "../../core/padding.ts";
import type { Piece } from "../../ui/pieces.ts";
import { expectedOutput, geometry, type State, shifted } from "./state.ts";

/** A piece of the equation, with the role that colours it. */
/** z₅ = 1/3·5.1 + 1/3·10.1 + 1/3·10.3 = 8.50, each number in the colour of its role. */
export function equation(state: State, values: readonly number[]): Piece[] {
  const signal = shifted(state);
  const { kernel, position } = state;
  const hidden = state.predict && state.guess === null;
  const read = taps(geometry(state), position).map(({ source, at }, k) => ({
    weight: kernel[k]!,
    value: source === null ? 0 : signal[source]!,
    padded: source === null || at !== source,
  }));
  const terms = read.flatMap(({ weight, value, padded }, k): Piece[] => [
    ...(k === 0 ? [] : [{ words: " + " }]),
    { words: bracketed(weight), role: "kernel-text" },
    { words: "·" },
    { words: bracketed(value), role: padded ? "padding" : "input" },
  ]);
  const sum = values[position]!;
  const whole = read.every(({ weight, value }) =>
    [weight, value].every((v) => short(v) === exact(v)),
  );
  const isExact = whole && Math.abs(sum - Number(sum.toFixed(2))) < 1e-9;
  return [
    { words: `z${subscript(position + 1)}`, role: "output" },
    { words: " = " },
    ...terms,
    { words: hidden || isExact ? " = " : " ≈ " },
    { words: hidden ? "?" : format(sum), role: "output" },
  ];
}

/** A negative number after an operator stands in brackets. */
function bracketed(value: number): string {
  return value < 0 ? `(${short(value)})` : short(value);
}

/** The same for a screen reader: "z 5 is 8.50". */
export function spoken(state: State, values: readonly number[]): string {
  const where = `output ${state.position + 1} of ${values.length}`;
  if (state.predict && state.guess === null) return `${where}: predict it`;
  return `${where} is ${format(values[state.position]!)}`;
}

/** ⌊(12 + 2 − 1·(3 − 1) − 1) / 1⌋ + 1 = 12, and what the kernel costs and covers. */
export function lengthFormula(state: State): { formula: string; meaning: string } {
  const g = geometry(state);
  const { left, right } = paddingAmounts(g.kernelSize, g.dilation, g.padding);
  const count = outputLength(g);
  const span = kernelSpan(g.kernelSize, g.dilation);
  const formula = `⌊(${g.length} + ${left + right} − ${g.dilation}·(${g.kernelSize} − 1) − 1) / ${g.stride}⌋ + 1 = ${count}`;
  const meaning = `${plural(g.kernelSize, "weight")}, ${g.kernelSize === 1 ? "" : "each "}used for ${plural(count, "output")}; one output covers ${plural(span, "input")}.`;
  return { formula, meaning };
}

/** What to make of a guess. */
export function verdict(state: State, values: readonly number[]): string {
  if (state.guess === null) return "";
  const truth = values[state.position]!;
  const off = Math.abs(state.guess - truth);
  const judged =
    off < 0.005 ? "exactly right" : off <= 0.1 ? "close enough" : "look at the products";
  return `You said ${format(state.guess)}; it is ${format(truth)}, ${format(off)} away: ${judged}.`;
}

/** Whether shifting first and convolving first agree, and where they do not. */
export function shiftSentence(state: State, values: readonly number[]): string {
  const { shift, stride } = state;
  if (shift === 0) return "";
  const expected = expectedOutput(state);
  if (expected === null) {
    return `A shift of ${compact(shift)} is not a multiple of the stride ${stride}: no shift of the output answers to it.`;
  }
  const compared = [...expected.keys()].filter((i) => expected[i] !== null);
  const differing = compared.filter((i) => Math.abs(expected[i]! - values[i]!) > 1e-9);
  const moved = compact(shift / stride);
  const start = `Shift the input by ${compact(shift)}, or the output by ${moved}: `;
  if (compared.length === 0) return `${start}nothing is left to compare.`;
  if (differing.length === 0)
    return `${start}the same at all ${compared.length} outputs that can be compared.`;
  const places = differing.map((i) => `z${subscript(i + 1)}`).join(", ");
  const same = compared.length - differing.length;
  return `${start}the same at ${same} of ${compared.length} outputs; not at ${places}, whose windows meet what came in or fell out at an end.`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
