/** The result in words and numbers: what a unit reads, whom an input reaches, how a field grows. */

import { format } from "../../core/format.ts";
import { inputsHolding, profileWidth } from "../../core/influence.ts";
import { once } from "../../core/once.ts";
import { stackParameters } from "../../core/receptive-field.ts";
import type { Piece } from "../../ui/pieces.ts";
import { analysis, type State } from "./state.ts";

/** What unit is pointed at and what it reads: "Unit 5 of layer 3 reads 7 inputs, 5 to 11." */
export const unitSentence = once((state: State): string => {
  const [row, index] = state.unit;
  if (row === undefined) return "";
  const { fields, read: rows } = analysis(state);
  const { size, jump, start } = fields[row]!;
  const read = rows[0]!;
  const name = `Unit ${index! + 1} of layer ${row}`;
  const first = start + index! * jump;
  const last = first + size - 1;
  if (read.length === 0) return `${name} reads padded zeros only.`;
  const span = read.at(-1)! - read[0]! + 1;
  const skipped = span - read.length;
  const range =
    skipped === 0 ? ranges(read) : `${ranges(read)}: ${plural(skipped, "input")} between skipped`;
  const reads = `${name} reads ${plural(read.length, "input")}, ${range}.`;
  const cut = Math.max(0, -first) + Math.max(0, last - state.length + 1);
  const clipped =
    cut === 0
      ? ""
      : ` Its field of ${size} goes from ${position(first + 1)} to ${position(last + 1)}, so ${cut} of its positions lie beyond the ends.`;
  return reads + clipped;
});

/** Whom an input reaches: "Input 5 reaches 3 of 9 units of layer 3: 3 to 5." */
export const inputSentence = once((state: State): string => {
  const [index] = state.input;
  if (index === undefined) return "";
  const { reached: rows, lengths } = analysis(state);
  const count = lengths.at(-1)!;
  const last = state.layers.length;
  const reached = rows.at(-1)!;
  const name = `Input ${index + 1}`;
  if (reached.length > 0) {
    return `${name} reaches ${reached.length} of ${plural(count, "unit")} of layer ${last}: ${ranges(reached)}.`;
  }
  const lost = rows.findIndex((row) => row.length === 0);
  return `${name} reaches no unit of layer ${last}: layer ${lost} does not pass it on.`;
});

/** How the input that is pointed at counts for the unit, in the numbers of the view. */
export function viewSentence(state: State, squared: readonly number[], drawn: number): string {
  const [row] = state.unit;
  if (state.view === "field" || row === undefined) return "";
  const [index] = state.input;
  if (state.view === "paths") {
    const output = analysis(state).paths;
    const total = output.reduce((a, b) => a + b, 0);
    const own =
      index === undefined ? "" : ` From input ${index + 1} come ${output[index]!} of them.`;
    return `${total} paths lead to the unit; the spread of their beginnings is ${format(profileWidth(output))} inputs.${own}`;
  }
  const total = squared.reduce((a, b) => a + b, 0);
  if (drawn === 0) return "";
  if (total === 0)
    return `In ${plural(drawn, "draw")} no gradient came through: each met a ReLU at zero.`;
  const read = analysis(state).read[0]!;
  const most = inputsHolding(squared, 0.9);
  const own =
    index === undefined
      ? ""
      : ` Input ${index + 1} holds ${format((100 * squared[index]!) / total, 1)} %.`;
  return `After ${plural(drawn, "draw")}, ${most} of ${plural(read.length, "input")} hold 90 % of the squared gradient; its spread is ${format(profileWidth(squared))} inputs.${own}`;
}

/** A piece of a formula, with the role that colours it. */
/** How the field of the chosen layer follows from the one below, with its numbers. */
export function formulas(state: State): Piece[][] {
  const l = state.layer;
  const [kernelSize, stride, dilation, padding] = state.layers[l - 1]!;
  const { fields } = analysis(state);
  const [below, here] = [fields[l - 1]!, fields[l]!];
  const kernel = (n: number): Piece => ({ words: String(n), role: "kernel-text" });
  const result = (n: number): Piece => ({ words: position(n), role: "output" });
  return [
    [
      { words: `size = ${below.size} + ` },
      kernel(dilation!),
      { words: "·(" },
      kernel(kernelSize!),
      { words: ` − 1)·${below.jump} = ` },
      result(here.size),
    ],
    [{ words: `jump = ${below.jump}·` }, kernel(stride!), { words: " = " }, result(here.jump)],
    [
      { words: `start = ${position(below.start + 1)} − ` },
      kernel(padding!),
      { words: `·${below.jump} = ` },
      result(here.start + 1),
    ],
  ];
}

/** What channels change, and what they do not. */
export function channelSentence(state: State): string {
  const { channels } = state;
  const { layers, fields } = analysis(state);
  const parameters = thousands(stackParameters(layers, channels));
  const { size } = fields.at(-1)!;
  return `${plural(channels, "channel")} in each layer: ${parameters} parameters; the receptive field is ${size} whatever their number.`;
}

/** Numbers from 0 as a reader counts them: "3 to 5, 8 and 10". */
export function ranges(indices: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < indices.length; ) {
    let end = i;
    while (indices[end + 1] === indices[end]! + 1) end += 1;
    const [first, last] = [indices[i]! + 1, indices[end]! + 1];
    if (end - i >= 2) parts.push(`${first} to ${last}`);
    else for (let n = first; n <= last; n++) parts.push(String(n));
    i = end + 1;
  }
  if (parts.length > 8) parts.splice(4, parts.length - 6, "…");
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts[0]!;
}

/** A whole number with a true minus sign. */
function position(n: number): string {
  return format(n, 0);
}

/** 6336 as 6,336; the browser's own way to write it takes longer than a whole picture. */
function thousands(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
