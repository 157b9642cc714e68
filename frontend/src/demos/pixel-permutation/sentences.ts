/** The result in words. */

import { format, subscript } from "../../core/format.ts";
import { argmax } from "../../core/network.ts";
import { original } from "../mnist-1d/sample.ts";
import { type Guess, hidden, KERNEL_SIZE, STRIDE, type State, sources } from "./state.ts";

/** What the marked window reads. */
export function windowSentence(state: State): string {
  const { values } = original(state);
  const from = sources(state.view).slice(
    state.position * STRIDE,
    state.position * STRIDE + KERNEL_SIZE,
  );
  const read = from.map((at) => `x${subscript(at + 1)} = ${format(values[at]!)}`).join(", ");
  const spread = Math.max(...from) - Math.min(...from) + 1;
  const what = spread === KERNEL_SIZE ? "three neighbours" : `spread over ${spread} positions`;
  return `Window ${state.position + 1} of the first convolution reads ${read}: ${what}.`;
}

/** Which of the two networks are right; null where nobody knows the class. */
export function verdictOf(
  output: readonly (readonly number[])[],
  label: number | null,
): Guess | null {
  if (label === null) return null;
  const [dense, convolutional] = output.map((values) => argmax(values as number[]) === label);
  if (dense && convolutional) return "both";
  if (dense) return "fully connected";
  return convolutional ? "convolutional" : "neither";
}

const NAMES: Record<Guess, string> = {
  both: "both networks read it right",
  "fully connected": "only the fully connected network reads it right",
  convolutional: "only the convolutional network reads it right",
  neither: "neither network reads it right",
};

/** What to make of a guess. */
export function guessSentence(state: State, output: readonly (readonly number[])[]): string {
  const truth = verdictOf(output, original(state).label);
  if (state.guess === null || truth === null) return "";
  const judged = state.guess === truth ? "You said so" : `You expected: ${NAMES[state.guess]}`;
  const start = NAMES[truth][0]!.toUpperCase() + NAMES[truth].slice(1);
  return state.guess === truth ? `${start}. ${judged}.` : `${judged}. In fact ${NAMES[truth]}.`;
}

/** What data and networks are brought together, and what follows. */
export function settingSentence({ view, training }: State): string {
  const order = view === "permuted" ? "permuted" : "in their own order";
  const fits = (view === "permuted") === (training === "permuted");
  const data = `The values are ${view === "un-permuted" ? "permuted and put back" : order}`;
  return `${data}; the networks learnt from ${training === "permuted" ? "permuted" : "plain"} values: ${fits ? "what they read is what they learnt from" : "they have never seen such an order"}.`;
}

export function spoken(state: State, output: readonly (readonly number[])[]): string {
  if (hidden(state)) return `${settingSentence(state)} Predict first.`;
  const [dense, convolutional] = output.map((values) => argmax(values as number[]));
  const { label } = original(state);
  const truth = label === null ? "" : ` It is a ${label}.`;
  return `Fully connected says ${dense}, convolutional says ${convolutional}.${truth}`;
}
