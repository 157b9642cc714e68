/** The result in words and numbers: how a weight is made, and where the two ways part. */

import { composeKernels } from "../../core/composition.ts";
import { compact, format, short, subscript } from "../../core/format.ts";
import { once } from "../../core/once.ts";
import type { Piece } from "../../ui/pieces.ts";
import { causes, derived, differences, kernelsOf, type State } from "./state.ts";

/** A piece of an equation, with the role that colours it. */
/** How a weight of the composed kernel is made: "weight 3 = 1·6 + 2·5 + 3·4 = 28". */
export function tapEquation(state: State): Piece[] {
  const kernels = kernelsOf(state);
  const left = composeKernels(kernels.slice(0, -1));
  const right = kernels.at(-1)!;
  const terms = left.flatMap((weight, a): Piece[] => {
    const other = right[state.tap - a];
    if (other === undefined) return [];
    return [
      { words: " + " },
      { words: bracketed(weight), role: "kernel-text" },
      { words: "·" },
      { words: bracketed(other), role: "kernel-text" },
    ];
  });
  const made = composeKernels(kernels)[state.tap]!;
  return [
    { words: `weight ${state.tap + 1} = ` },
    ...terms.slice(1),
    { words: " = " },
    { words: short(made), role: "kernel-text" },
  ];
}

/** What the present output is by either way, and why they part. */
export const outputSentence = once((state: State): string => {
  const { output, direct } = derived(state);
  const { position } = state;
  const name = `z${subscript(position + 1)}`;
  const difference = differences({ output, direct })[position]!;
  const [ours, theirs] = [format(output[position]!), format(direct[position]!)];
  const stages = `the ${kernelsOf(state).length === 2 ? "two" : "three"} stages`;
  if (difference === 0) return `${name} is ${ours} either way.`;
  const { relu, padding } = causes(state);
  const reasons = [
    ...(relu ? ["the ReLU cut off values in between"] : []),
    ...(padding
      ? ["a later stage read a padded zero instead of what the one before would have found there"]
      : []),
  ];
  return `${name} is ${ours} through ${stages} and ${theirs} through one kernel, ${compact(Math.abs(difference))} apart: ${reasons.join(", and ")}.`;
});

/** At how many outputs the two ways agree. */
export const summary = once((state: State): string => {
  const both = derived(state);
  const apart = differences(both);
  const failing = apart.flatMap((d, i) => (d === 0 ? [] : [i]));
  const count = apart.length;
  if (failing.length === 0)
    return `Equal at ${count === 1 ? "the one output" : `all ${count} outputs`}.`;
  const worst = failing.reduce((a, b) => (Math.abs(apart[b]!) > Math.abs(apart[a]!) ? b : a));
  return `Equal at ${count - failing.length} of ${count} outputs; furthest apart at z${subscript(worst + 1)}, by ${compact(Math.abs(apart[worst]!))}.`;
});

/** What either way stores: "3 + 3 weights in two stages, 5 in one kernel". */
export function weightSentence(state: State): string {
  const sizes = kernelsOf(state).map(({ length }) => length);
  const one = sizes.reduce((sum, size) => sum + size - 1, 1);
  const all = sizes.reduce((a, b) => a + b, 0);
  return `${sizes.join(" + ")} = ${all} weights in ${sizes.length} stages; ${one} in the one kernel: ${sizes.join(" + ")} − ${sizes.length - 1}.`;
}

/** A negative number after an operator stands in brackets. */
function bracketed(value: number): string {
  return value < 0 ? `(${short(value)})` : short(value);
}
