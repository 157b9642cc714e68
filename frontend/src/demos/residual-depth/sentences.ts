/** The results in words. */

import { anySize, format } from "../../core/format.ts";
import type { Sizes } from "../../core/residual-stack.ts";
import {
  change,
  changed,
  fate,
  hidden,
  passed,
  type State,
  sizesOf,
  stackOf,
  switched,
} from "./state.ts";

/** A factor does not break from its sign. */
const times = (ratio: number) => `×\u00a0${anySize(ratio)}`;

export const kind = (skip: boolean) => (skip ? "with skips" : "without skips");

/** "30 layers": what is looked at. */
export function network({ depth, skip, batch_norm, removed }: State): string {
  const layers = `${depth} ${depth === 1 ? "layer" : "layers"} ${kind(skip)}`;
  const norm = batch_norm ? ", normalised" : "";
  return `${layers}${norm}${removed > 0 ? `, layer ${removed} taken out` : ""}`;
}

/** What becomes of a signal and of its gradient. */
export function resultSentence(state: State): string {
  const sizes = sizesOf(stackOf(state));
  const { activations } = sizes;
  const grown = activations.at(-1)! / activations[0]!;
  const forward = `${network(state)}. Activations, from the stem to the last layer: ${times(grown)}.`;
  if (hidden(state)) return `${forward} And the gradient, on its way back to the stem?`;
  return `${forward} Gradients, on their way back: ${backward(sizes)}. The loss is ${loss(sizes)}.`;
}

function backward(sizes: Sizes): string {
  const ratio = passed(sizes);
  return ratio === null ? "none, as they are zero" : times(ratio);
}

function loss(sizes: Sizes): string {
  return sizes.loss < 100 ? format(sizes.loss) : anySize(sizes.loss);
}

/** The layer that is read off. */
export function layerSentence(state: State): string {
  const { layer, compare } = state;
  const sizes = sizesOf(stackOf(state));
  const where = layer === 0 ? "After the stem" : `After layer ${layer}`;
  const gradient = (of: Sizes) => (hidden(state) ? "?" : anySize(of.gradients[layer]!));
  const here = `${where}: activations ${anySize(sizes.activations[layer]!)}, gradients ${gradient(sizes)}`;
  if (!compare) return `${here}.`;
  const other = sizesOf(switched(stackOf(state)));
  return `${here}; ${kind(!state.skip)} ${anySize(other.activations[layer]!)} and ${gradient(other)}.`;
}

/** What came of taking a layer out. */
export function removedSentence(state: State): string {
  const moved = change(state);
  if (moved === null) return "All layers are in.";
  const answers = changed(state);
  const count = answers === 0 ? "none" : answers;
  return `Without layer ${state.removed} the scores change by ${format(100 * moved, 0)} % of their size; ${count} of ten samples ${answers === 1 ? "gets" : "get"} another answer.`;
}

/** What to make of a guess. */
export function guessSentence(state: State): string {
  if (state.guess === null) return "";
  const sizes = sizesOf(stackOf(state));
  const truth = fate(sizes);
  const fact = `from the last layer back to the stem the gradient ${truth} (${backward(sizes)})`;
  const start = fact[0]!.toUpperCase() + fact.slice(1);
  return state.guess === truth
    ? `${start}. You said so.`
    : `You expected that it ${state.guess}. In fact ${fact}.`;
}
