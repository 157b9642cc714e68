/** Every value within a network for one signal, what each is the sum of, and its gradient. */

import { type Layer, relu, sums } from "./network.ts";

export interface Activations {
  input: Float64Array;
  /** Of each layer, before its ReLU. */
  sums: Float64Array[];
  /** What the next layer reads: after the ReLU; the last layer's are its scores. */
  values: Float64Array[];
}

export function activations(layers: readonly Layer[], signal: ArrayLike<number>): Activations {
  const all: Activations = { input: Float64Array.from(signal), sums: [], values: [] };
  let below = all.input;
  for (const [i, layer] of layers.entries()) {
    const z = sums(layer, below);
    below = i + 1 < layers.length ? z.map(relu) : z;
    all.sums.push(z);
    all.values.push(below);
  }
  return all;
}

/** What the layer of that index reads. */
function readBy({ input, values }: Activations, layer: number): Float64Array {
  return layer === 0 ? input : values[layer - 1]!;
}

/**
 * The gradient of one unit's sum (before its own ReLU) by the network's input.
 *
 * @param layer from 0
 * @param unit  its place in the layer's values
 */
export function gradient(
  layers: readonly Layer[],
  all: Activations,
  layer: number,
  unit: number,
): Float64Array {
  let above = new Float64Array(all.sums[layer]!.length);
  above[unit] = 1;
  for (let l = layer; l >= 0; l--) {
    const below = backward(layers[l]!, above, readBy(all, l).length);
    // Back through the ReLU: only what was positive passes.
    if (l > 0) for (const [i, sum] of all.sums[l - 1]!.entries()) if (sum <= 0) below[i] = 0;
    above = below;
  }
  return above;
}

/** A layer's transpose: from the gradient by its sums to that by the `count` values it reads. */
function backward(layer: Layer, above: Float64Array, count: number) {
  const below = new Float64Array(count);
  for (const [unit, g] of above.entries()) {
    if (g === 0) continue;
    eachTap(layer, unit, count, (source, weight) => {
      below[source]! += g * weight;
    });
  }
  return below;
}

/** Visit what a unit reads of `count` values below: each one's place, and its weight. */
function eachTap(
  { kind, inputs, kernelSize, stride, weight }: Layer,
  unit: number,
  count: number,
  visit: (source: number, weight: number) => void,
): void {
  if (kind === "linear") {
    for (let i = 0; i < inputs; i++) visit(i, weight[unit * inputs + i]!);
    return;
  }
  const length = count / inputs;
  if (kind === "mean") {
    for (let t = 0; t < length; t++) visit(unit * length + t, 1 / length);
    return;
  }
  const positions = Math.floor((length - kernelSize) / stride) + 1;
  const from = (unit % positions) * stride;
  let w = Math.floor(unit / positions) * inputs * kernelSize;
  for (let c = 0; c < inputs; c++) {
    for (let k = 0; k < kernelSize; k++, w++) visit(c * length + from + k, weight[w]!);
  }
}

export interface Term {
  /** The place, in the values below, of what is read. */
  source: number;
  weight: number;
  value: number;
  product: number;
}

export interface Arithmetic {
  bias: number;
  terms: Term[];
  /** Bias and products together: the unit before its ReLU. */
  sum: number;
}

/** A unit's sum, term by term. */
export function arithmetic(
  layers: readonly Layer[],
  all: Activations,
  layer: number,
  unit: number,
): Arithmetic {
  const read = readBy(all, layer);
  const one = layers[layer]!;
  const { length } = one.bias;
  const bias = length === 0 ? 0 : one.bias[Math.floor(unit / (all.sums[layer]!.length / length))]!;
  const terms: Term[] = [];
  eachTap(one, unit, read.length, (source, weight) => {
    const value = read[source]!;
    terms.push({ source, weight, value, product: weight * value });
  });
  return { bias, terms, sum: all.sums[layer]![unit]! };
}
