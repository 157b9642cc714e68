/** The result in words and numbers: one output, its slices, the parameters, what can be rebuilt. */

import { type Reconstruction, slices, sums } from "../../core/channels.ts";
import { exact, format, short, subscript } from "../../core/format.ts";
import { taps } from "../../core/geometry.ts";
import type { Piece } from "../../ui/pieces.ts";
import { geometry, type State } from "./state.ts";

/** A piece of a line, with the role that colours it. */
/** What the output pointed at is made of, one line an input channel, then the sum. */
export function equation(state: State): Piece[][] {
  const { signals, kernels, biases, channel, position, relu } = state;
  const reads = taps(geometry(state), position);
  const parts = slices(state, channel).map((part) => part[position]!);
  const lines = signals.map((signal, c): Piece[] => {
    const values = reads.map(({ source }) => (source === null ? 0 : signal[source]!));
    const read = [...kernels[channel]![c]!, ...values];
    const terms = reads.flatMap(({ source }, k): Piece[] => [
      ...(k === 0 ? [] : [{ words: " + " }]),
      { words: bracketed(kernels[channel]![c]![k]!), role: "kernel-text" },
      { words: "·" },
      source === null
        ? { words: "0", role: "padding" }
        : { words: bracketed(signal[source]!), role: "input" },
    ]);
    return [
      { words: `from x${subscript(c + 1)}: ` },
      ...terms,
      { words: `${isExact(parts[c]!, read) ? " = " : " ≈ "}${format(parts[c]!)}` },
    ];
  });
  const z = sums(state)[channel]![position]!;
  const total: Piece[] = [
    { words: `${relu ? "z" : "h"}${subscript(channel + 1)}`, role: "output" },
    { words: ` = ${parts.map((part, c) => (c === 0 ? format(part) : plus(part))).join("")}` },
    { words: plus(biases[channel]!, short), role: "kernel-text" },
    { words: ` = ${format(z)}` },
  ];
  if (relu) {
    total.push(
      { words: `, and h${subscript(channel + 1)}`, role: "output" },
      { words: ` = ReLU(${format(z)}) = ` },
      { words: format(Math.max(0, z)), role: "output" },
    );
  }
  return [...lines, total];
}

/** Whether a line shows all of its numbers, and all of what they come to. */
function isExact(result: number, read: readonly number[]): boolean {
  const whole = read.every((v) => short(v) === exact(v));
  return whole && Math.abs(result - Number(result.toFixed(2))) < 1e-9;
}

function plus(value: number, write: (v: number) => string = format): string {
  return value < 0 ? ` − ${write(-value)}` : ` + ${write(value)}`;
}

/** A negative number after an operator stands in brackets. */
function bracketed(value: number): string {
  return value < 0 ? `(${short(value)})` : short(value);
}

/** The same for a screen reader. */
export function spoken(state: State, values: readonly number[][]): string {
  const { channel, position } = state;
  const z = sums(state)[channel]![position]!;
  const clipped = state.relu && z < 0 ? `, clipped from ${format(z)}` : "";
  const where = `output channel ${channel + 1}, position ${position + 1}`;
  return `${where} is ${format(values[channel]![position]!)}${clipped}`;
}

/** 2·3·3 + 3 = 21, and what that counts. */
export function parameters(state: State): { formula: string; meaning: string } {
  const [inputs, outputs] = [state.signals.length, state.kernels.length];
  const size = state.kernels[0]![0]!.length;
  const total = inputs * outputs * size + outputs;
  const formula = `${inputs}·${outputs}·${size} + ${outputs} = ${total}`;
  const slice = `${plural(inputs, "slice")} of ${plural(size, "weight")}`;
  const who = outputs === 1 ? "The filter" : `Each of the ${outputs} filters`;
  return { formula, meaning: `${who} has ${slice}, and one bias.` };
}

/** How well the input can be rebuilt, and from what. */
export function rebuiltSentence(state: State, found: Reconstruction | null): string {
  if (found === null) return "";
  const unknown = state.signals.length * state.signals[0]!.length;
  const kept = state.kernels.length - state.muted.length;
  if (kept === 0)
    return `Nothing is kept: the input could be anything. Zero is the shortest guess.`;
  const bounds = found.bounds > 0 ? ` and ${plural(found.bounds, "bound")} (“at most zero”)` : "";
  const known = `${plural(found.equations, "equation")}${bounds} for ${unknown} unknown values`;
  const from = `From ${plural(kept, "channel")}: ${known}.`;
  if (found.error < 1e-6) return `${from} That is enough: the input is rebuilt exactly.`;
  return `${from} The shortest input that fits misses the true one by ${format(found.error)} (root mean square).`;
}

/** For a screen reader: what the picture shows. */
export function description(state: State, values: readonly number[][]): string {
  const rows = values.map((row, o) => `h ${o + 1}: ${row.map(short).join(", ")}`);
  return `${plural(state.signals.length, "input channel")}, ${plural(values.length, "output channel")}. ${rows.join(". ")}`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
