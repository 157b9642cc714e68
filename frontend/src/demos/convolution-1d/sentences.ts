/** The result in words and numbers: the equation, the length, the prediction, the shift. */

import { compact, format, subscript } from "../../core/format.ts";
import { kernelSpan, outputLength, taps } from "../../core/geometry.ts";
import { paddingAmounts } from "../../core/padding.ts";
import { html } from "../../ui/dom.ts";
import { expectedOutput, geometry, type State, shifted } from "./state.ts";

/** A piece of the equation, with the role that colours it. */
type Piece = readonly [words: string, role?: "input" | "kernel-text" | "output" | "padding"];

/** z₅ = 0.33·5.1 + 0.33·10.1 + 0.33·10.3 = 8.50, each number in the colour of its role. */
export function equation(state: State, values: readonly number[]): HTMLElement[] {
  const signal = shifted(state);
  const hidden = state.predict && state.guess === null;
  const terms = taps(geometry(state), state.position).flatMap(({ source, at }, k): Piece[] => {
    const padded = source === null || at !== source;
    const value = source === null ? 0 : signal[source]!;
    return [
      [k === 0 ? "" : " + "],
      [bracketed(state.kernel[k]!), "kernel-text"],
      ["·"],
      [bracketed(value), padded ? "padding" : "input"],
    ];
  });
  const pieces: Piece[] = [
    [`z${subscript(state.position + 1)}`, "output"],
    [" = "],
    ...terms,
    [" = "],
    [hidden ? "?" : format(values[state.position]!), "output"],
  ];
  return pieces
    .filter(([words]) => words !== "")
    .map(([words, role]) => html("span", role ? { class: `role-${role}` } : {}, words));
}

/** A negative number after an operator stands in brackets. */
function bracketed(value: number): string {
  return value < 0 ? `(${compact(value)})` : compact(value);
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
  return `${start}the same at ${compared.length - differing.length} of ${compared.length} outputs; not at ${places}, where a border is near.`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
