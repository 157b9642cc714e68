/** The state of the demo: a layer of hidden units, what is possible, and what follows from it. */

import { ACTIVATIONS, type Activation } from "../../core/activation.ts";
import { equal } from "../../core/equal.ts";
import { type Geometry, outputLength, problem } from "../../core/geometry.ts";
import {
  activated,
  denseBiases,
  denseWeight,
  denseWeights,
  preActivations,
} from "../../core/layer.ts";
import { convolutionMatrix } from "../../core/matrix.ts";
import { PADDINGS, type Padding } from "../../core/padding.ts";
import { weightPattern } from "../../core/pattern.ts";
import { checkNumber, checkNumbers, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export const KINDS = ["fully connected", "convolution"] as const;

export type Kind = (typeof KINDS)[number];

export interface State {
  kind: Kind;
  signal: number[];
  /** The convolution's weights, and its one bias. */
  kernel: number[];
  bias: number;
  stride: number;
  dilation: number;
  padding: Padding;
  activation: Activation;
  /** The fully connected layer's, a row after the other; none: those that the demo starts with. */
  weights: number[];
  biases: number[];
  /** The unit whose sum is written out, from 0. */
  unit: number;
}

export const KEYS = [
  "kind",
  "signal",
  "kernel",
  "bias",
  "stride",
  "dilation",
  "padding",
  "activation",
  "weights",
  "biases",
  "unit",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  signal: { min: 2, max: 10 },
  kernel: { min: 1, max: 7 },
  stride: { min: 1, max: 4 },
  dilation: { min: 1, max: 4 },
  value: { min: -100, max: 100 },
  weight: { min: -10, max: 10 },
} as const;

/** What is drawn and computed: one row of weights, a bias and a sum for each unit. */
export interface Layer {
  matrix: number[][];
  /** Which weights stand in each entry, by their index. */
  pattern: number[][][];
  biases: number[];
  sums: number[];
  output: number[];
}

export function geometry({ signal, kernel, stride, dilation, padding }: State): Geometry {
  return { length: signal.length, kernelSize: kernel.length, stride, dilation, padding };
}

export const isDense = ({ kind }: State) => kind === "fully connected";

/** The number of hidden units: in a fully connected layer as many as inputs. */
export function unitCount(state: State): number {
  return isDense(state) ? state.signal.length : outputLength(geometry(state));
}

/** The fully connected layer's weights, whether they have been touched or not. */
export function allWeights({ signal, weights }: State): number[] {
  return weights.length > 0 ? weights : denseWeights(signal.length, signal.length);
}

export function allBiases({ signal, biases }: State): number[] {
  return biases.length > 0 ? biases : denseBiases(signal.length);
}

export function layerOf(state: State): Layer {
  const { signal, activation } = state;
  const count = signal.length;
  const dense = isDense(state);
  const weights = dense ? allWeights(state) : [];
  const matrix = dense
    ? signal.map((_, r) => weights.slice(r * count, (r + 1) * count))
    : convolutionMatrix(state.kernel, geometry(state));
  const pattern = dense
    ? matrix.map((row, r) => row.map((_, c) => [r * count + c]))
    : weightPattern(geometry(state));
  const biases = dense ? allBiases(state) : matrix.map(() => state.bias);
  const sums = preActivations(matrix, biases, signal);
  return { matrix, pattern, biases, sums, output: activated(activation, sums) };
}

/** The change that gives one entry of the matrix a value: its weight changes, and so all its copies. */
export function entryChange(state: State, row: number, column: number, value: number) {
  if (isDense(state)) {
    const weights = [...allWeights(state)];
    weights[row * state.signal.length + column] = value;
    return { weights };
  }
  const { pattern, matrix } = layerOf(state);
  const [first] = pattern[row]?.[column] ?? [];
  if (first === undefined) return {};
  // Where weights add up in one entry, the first of them moves and the others stay.
  const kernel = [...state.kernel];
  kernel[first] = Number((kernel[first]! + value - matrix[row]![column]!).toFixed(10));
  return { kernel };
}

/** How often a weight stands in the matrix. */
export function copies(layer: Layer, weight: number): number {
  return layer.pattern.flat().filter((entry) => entry.includes(weight)).length;
}

/** Weights and biases of this layer and of both kinds. */
export function parameterCounts({ signal, kernel }: State) {
  const units = signal.length;
  return {
    dense: { weights: units * units, biases: units },
    convolution: { weights: kernel.length, biases: 1 },
  };
}

/**
 * Keep the chosen unit where there are fewer, and the fully connected weights where the number of
 * inputs changes: those that remain are kept, those that are new are as at the start.
 */
export function settle(candidate: State, before: { last: State; initial: State } | null): State {
  if (before === null) return candidate;
  const { last, initial } = before;
  const settled = { ...candidate, ...resized(candidate, last) };
  if (check({ ...settled, unit: 0 }) !== null) return settled;
  const asked = candidate.unit !== last.unit && candidate.unit !== initial.unit;
  if (asked) return settled;
  return { ...settled, unit: Math.min(candidate.unit, unitCount(settled) - 1) };
}

function resized(candidate: State, last: State): Partial<State> {
  const [now, then] = [candidate.signal?.length, last.signal.length];
  if (now === then || !Array.isArray(candidate.signal)) return {};
  const changed: Partial<State> = {};
  if (equal(candidate.weights, last.weights) && last.weights.length > 0) {
    changed.weights = Array.from({ length: now * now }, (_, i) => {
      const [r, c] = [Math.floor(i / now), i % now];
      return r < then && c < then ? last.weights[r * then + c]! : denseWeight(r, c);
    });
  }
  if (equal(candidate.biases, last.biases) && last.biases.length > 0) {
    const fresh = denseBiases(now);
    changed.biases = fresh.map((bias, i) => last.biases[i] ?? bias);
  }
  return changed;
}

/** Why a state is impossible, in words, and which control can mend it. */
export function check(state: State): Problem | null {
  return (
    checkWord("kind", "The kind of layer", state.kind, KINDS) ??
    checkNumbers("signal", "The input", state.signal, LIMITS.signal, LIMITS.value) ??
    checkNumbers("kernel", "The kernel", state.kernel, LIMITS.kernel, LIMITS.weight) ??
    checkNumber("bias", "The bias", state.bias, LIMITS.value) ??
    checkWhole("stride", "The stride", state.stride, LIMITS.stride) ??
    checkWhole("dilation", "The dilation", state.dilation, LIMITS.dilation) ??
    checkWord("padding", "The padding", state.padding, PADDINGS) ??
    checkWord("activation", "The activation", state.activation, ACTIVATIONS) ??
    checkDense("weights", "The fully connected layer", state, state.signal.length ** 2) ??
    checkDense("biases", "The list of biases", state, state.signal.length) ??
    checkGeometry(state) ??
    checkWhole("unit", "The unit", state.unit, { min: 0, max: unitCount(state) - 1 })
  );
}

function checkDense(
  trait: "weights" | "biases",
  name: string,
  state: State,
  wanted: number,
): Problem | null {
  const values: unknown = state[trait];
  const range = trait === "weights" ? LIMITS.weight : LIMITS.value;
  if (Array.isArray(values) && values.length === 0) return null;
  if (Array.isArray(values) && values.length !== wanted) {
    const needs = `${state.signal.length} inputs need ${wanted}, or none for those of the start`;
    return { control: "signal", message: `${name} has ${values.length} numbers; ${needs}.` };
  }
  return checkNumbers("signal", name, values, { min: wanted, max: wanted }, range);
}

function checkGeometry(state: State): Problem | null {
  const message = problem(geometry(state));
  return message === null ? null : { control: "padding", message };
}
