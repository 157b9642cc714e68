/** What the networks make of the signal: computed once for a state, kept while nothing it needs changes. */

import {
  type Activations,
  type Arithmetic,
  activations,
  arithmetic,
  gradient,
} from "../../core/activations.ts";
import { equal } from "../../core/equal.ts";
import { argmax, scores, softmax } from "../../core/network.ts";
import { once } from "../../core/once.ts";
import { indexOf, layersOf, type NetworkName, stepOf, type Unit } from "./layers.ts";
import { label, movedBy, moves, NETWORKS, type State, values, valuesAt } from "./state.ts";

/** The newest answer only: a state is asked for it more than once. */
function newest<K, R>(compute: (key: K) => R): (key: K) => R {
  let last: { key: K; result: R } | null = null;
  return (key) => {
    if (last === null || !equal(last.key, key)) last = { key, result: compute(key) };
    return last.result;
  };
}

const run = newest((signal: readonly number[]) => ({
  flatten: activations(layersOf("flatten"), signal),
  pool: activations(layersOf("pool"), signal),
}));

/** Every value of both networks. */
export function both(state: State): Record<NetworkName, Activations> {
  return run(values(state));
}

/** The trait `output`: ten probabilities of each network, the one that flattens first. */
export function output(state: State): number[][] {
  return probabilitiesOf(both(state));
}

const known = new WeakMap<object, number[][]>();
function probabilitiesOf(all: Record<NetworkName, Activations>): number[][] {
  const found = known.get(all) ?? NETWORKS.map((name) => softmax(all[name].values.at(-1)!));
  known.set(all, found);
  return found;
}

/** A shown layer's values: of the flattened one, the third convolution's. */
export function layerValues(state: State, layer: number): Float64Array {
  return both(state)[state.network].values[stepOf(state.network, layer)]!;
}

/** The value of a unit, after its ReLU where it has one. */
export function activationOf(state: State, unit: Unit): number {
  return layerValues(state, unit[0])[indexOf(state.network, unit)]!;
}

/** The sum that a unit is, before its ReLU. */
export const arithmeticOf = once((state: State): Arithmetic => {
  const { network, unit } = state;
  const all = both(state)[network];
  return arithmetic(layersOf(network), all, stepOf(network, unit[0]), indexOf(network, unit));
});

/**
 * What moves the unit: the gradient by the inputs, of its sum before the ReLU in a convolution,
 * of its value elsewhere. A flattened unit is the third convolution's after the ReLU: where that
 * is silent, nothing moves it.
 */
export const gradientOf = once((state: State): number[] => {
  const { network, unit } = state;
  const all = both(state)[network];
  const [step, index] = [stepOf(network, unit[0]), indexOf(network, unit)];
  if (network === "flatten" && unit[0] === 4 && all.sums[step]![index]! <= 0) {
    return new Array<number>(all.input.length).fill(0);
  }
  return Array.from(gradient(layersOf(network), all, step, index));
});

/** What is needed of a state to know what is said wherever its signal is moved. */
const still = (state: State) => {
  const { network, unit, predict, guess, ...rest } = state;
  return { ...rest, [movedBy(state)]: 0 };
};

let newestAnswers: { key: object; digits: number[][] } | null = null;

/** Whether `answers` has its answer already. */
export function answered(state: State): boolean {
  return newestAnswers !== null && equal(newestAnswers.key, still(state));
}

/** What each network says at each of `moves`; computed once for all of them. */
export function answers(state: State): number[][] {
  const key = still(state);
  if (newestAnswers === null || !equal(newestAnswers.key, key)) {
    const moved = moves(state).map((at) => valuesAt(state, at));
    const digits = NETWORKS.map((name) => {
      const layers = layersOf(name);
      return moved.map((signal) => argmax(Array.from(scores(layers, signal))));
    });
    newestAnswers = { key, digits };
  }
  return newestAnswers.digits;
}

const unmoved = newest((signal: readonly number[]) =>
  NETWORKS.map((name) => argmax(Array.from(scores(layersOf(name), signal)))),
);

/** What counts as right: the class where it is known, else what is said of the unmoved signal. */
export function expected(state: State, which: number): number {
  return label(state) ?? unmoved(valuesAt(state, 0))[which]!;
}

/** Whether each network is right, or, of a reader's own signal, whether it says what it said. */
export function rights(state: State): boolean[] {
  return output(state).map((shares, which) => argmax(shares) === expected(state, which));
}
