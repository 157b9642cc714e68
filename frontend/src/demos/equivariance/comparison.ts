/** Both orders of moving and computing, and how far they are apart. */

import { answersOnce, applyFunction, strideOf } from "../../core/equivariance.ts";
import type { Grid } from "../../core/grid.ts";
import { permute, rotate, scale, translate } from "../../core/transform.ts";
import { inputGrid, type State } from "./state.ts";

/** A difference below this is what rounding leaves. */
export const NOISE = 1e-9;

export interface Comparison {
  x: Grid;
  /** t[x]. */
  moved: Grid;
  /** f[x]. */
  answered: Grid;
  /** f[t[x]]. */
  output: Grid;
  /** t[f[x]], or f[x] where the answer is one about the whole; null where t says nothing of it. */
  expected: Grid | null;
  /** How far the output is moved, in its own places, where t is a translation. */
  steps: { right: number; down: number } | null;
  difference: number[] | null;
  /** The largest difference, and at how many places there is one. */
  largest: number | null;
  differing: number;
}

let last: { state: State; comparison: Comparison } | null = null;
let before: { key: string; x: readonly number[]; answered: Grid } | null = null;

/** Everything that the page shows of a state; the same state is computed once. */
export function compare(state: State): Comparison {
  if (last?.state === state) return last.comparison;
  const comparison = computed(state);
  last = { state, comparison };
  return comparison;
}

function computed(state: State): Comparison {
  const x = inputGrid(state);
  const moved = transformed(x, state, { right: state.shift, down: state.down });
  const output = applyFunction(state.function, moved, state);
  const answered = answer(x, state);
  const found = best(candidates(answered, x, state), output);
  const { expected, steps } = found;
  if (expected === null) {
    const none = { difference: null, largest: null, differing: 0 };
    return { x, moved, answered, output, expected, steps, ...none };
  }
  const difference = output.values.map((v, i) => v - expected.values[i]!);
  const largest = size(difference);
  const differing = difference.filter((d) => Math.abs(d) > NOISE).length;
  return { x, moved, answered, output, expected, steps, difference, largest, differing };
}

/** f[x], which stays while only t changes. */
function answer(x: Grid, state: State): Grid {
  const { function: name, kernel, weights, head, border } = state;
  const key = [name, kernel, weights, head, border, x.rows].join(";");
  if (before?.key === key && before.x === x.values) return before.answered;
  const answered = applyFunction(state.function, x, state);
  before = { key, x: x.values, answered };
  return answered;
}

interface Steps {
  right: number;
  down: number;
}

interface Candidate {
  expected: Grid | null;
  steps: Steps | null;
}

/** t, which has its say about any grid. */
function transformed(grid: Grid, state: State, { right, down }: Steps): Grid {
  switch (state.transform) {
    case "translate":
      return translate(grid, right, grid.rows === 1 ? 0 : down, state.border);
    case "rotate":
      return rotate(grid, state.angle, state.border);
    case "scale":
      return scale(grid, state.scale, state.border);
    case "permute":
      return permute(grid, state.permutation);
  }
}

/**
 * What f[t[x]] may be compared with.
 *
 * At stride 2 a shift by an odd number has no counterpart: the whole shifts around it are tried. And
 * a permutation of the input's places says nothing about fewer places.
 */
function candidates(answered: Grid, x: Grid, state: State): Candidate[] {
  if (answersOnce(state.function)) return [{ expected: answered, steps: null }];
  const stride = strideOf(state.function);
  if (state.transform === "permute" && answered.values.length !== x.values.length) {
    return [{ expected: null, steps: null }];
  }
  if (state.transform !== "translate") {
    return [{ expected: transformed(answered, state, { right: 0, down: 0 }), steps: null }];
  }
  const down = x.rows === 1 ? [0] : around(state.down / stride);
  return around(state.shift / stride).flatMap((right) =>
    down.map((d) => ({
      expected: transformed(answered, state, { right, down: d }),
      steps: { right, down: d },
    })),
  );
}

/** A whole number itself; else the one towards zero and the one away from it. */
function around(steps: number): number[] {
  const inner = Math.trunc(steps);
  return inner === steps ? [inner] : [inner, inner + Math.sign(steps)];
}

/** The candidate that comes nearest; of equals the first. */
function best(found: readonly Candidate[], output: Grid): Candidate {
  if (found.length === 1) return found[0]!;
  const distances = found.map(({ expected }) =>
    size(output.values.map((v, i) => v - expected!.values[i]!)),
  );
  let nearest = 0;
  for (const [i, distance] of distances.entries()) {
    if (distance < distances[nearest]! - NOISE) nearest = i;
  }
  return found[nearest]!;
}

function size(difference: readonly number[]): number {
  let largest = 0;
  for (const value of difference) largest = Math.max(largest, Math.abs(value));
  return largest;
}
