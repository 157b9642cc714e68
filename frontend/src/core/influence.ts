/**
 * How much each input counts: the gradient of one unit over random weights and inputs.
 *
 * The weights are normal with variance 2 / fan-in, the inputs normal with variance 1, and a ReLU
 * stands after every layer but the last. The same seed gives the same draws.
 */

import { mulberry32 } from "./random.ts";
import { type Layer, positionsRead, unitsRead } from "./receptive-field.ts";

export interface InfluenceOptions {
  layers: readonly Layer[];
  length: number;
  /** The unit's row, from 1, and its index in it. */
  row: number;
  unit: number;
  /** Channels of every layer; the input has one. */
  channels: number;
  seed: number;
}

export interface Influence {
  /** Draw new weights and a new input, and take their gradient into the means. */
  draw(): void;
  /** How many draws there have been. */
  count(): number;
  /** The mean of the squared gradient, for each input. */
  squared(): number[];
  /** The mean of the gradient itself. */
  signed(): number[];
}

export function influence(options: InfluenceOptions): Influence {
  const { layers, length, row, unit, channels, seed } = options;
  const normal = normals(mulberry32(seed));
  // Only units that the unit hears of matter: the cone below it.
  const cone = unitsRead(layers, length, row, unit);
  const stages = layers.slice(0, row).map((layer, l) => {
    const place = new Map(cone[l]!.map((u, i) => [u, i]));
    const inputs = l === 0 ? 1 : channels;
    const outputs = l === row - 1 ? 1 : channels;
    const { kernelSize } = layer;
    return {
      inputs,
      outputs,
      kernelSize,
      below: cone[l]!.length,
      count: cone[l + 1]!.length,
      /** For each unit and tap, the place of what it reads; −1 for a padded zero. */
      sources: cone[l + 1]!.flatMap((u) => positionsRead(layer, u).map((p) => place.get(p) ?? -1)),
      weights: new Float64Array(outputs * inputs * kernelSize),
      spread: Math.sqrt(2 / (inputs * kernelSize)),
    };
  });
  const squares = new Float64Array(length);
  const sums = new Float64Array(length);
  let drawn = 0;

  const draw = () => {
    for (const { weights, spread } of stages) {
      for (let i = 0; i < weights.length; i++) weights[i] = spread * normal();
    }
    const values: Float64Array[] = [Float64Array.from(cone[0]!, () => normal())];
    for (const [l, stage] of stages.entries()) values.push(forward(stage, values[l]!, l > 0));
    let gradient: Float64Array = new Float64Array([1]);
    for (let l = row - 1; l >= 0; l--) {
      gradient = backward(stages[l]!, gradient);
      const passed = values[l]!;
      // Back through the ReLU: only what was positive passes.
      if (l > 0) for (let i = 0; i < gradient.length; i++) if (passed[i]! <= 0) gradient[i] = 0;
    }
    for (const [i, position] of cone[0]!.entries()) {
      squares[position]! += gradient[i]! ** 2;
      sums[position]! += gradient[i]!;
    }
    drawn += 1;
  };
  const mean = (total: Float64Array) => Array.from(total, (v) => (drawn === 0 ? 0 : v / drawn));
  return { draw, count: () => drawn, squared: () => mean(squares), signed: () => mean(sums) };
}

interface Stage {
  inputs: number;
  outputs: number;
  kernelSize: number;
  below: number;
  count: number;
  sources: number[];
  weights: Float64Array;
}

/** Values before the activation, [output channel][unit], of values below, [channel][unit]. */
function forward(stage: Stage, x: Float64Array, activated: boolean): Float64Array {
  const { inputs, outputs, kernelSize, below, count, sources, weights } = stage;
  const z = new Float64Array(outputs * count);
  for (let o = 0; o < outputs; o++) {
    for (let c = 0; c < inputs; c++) {
      const kernel = (o * inputs + c) * kernelSize;
      for (let u = 0; u < count; u++) {
        let sum = 0;
        for (let k = 0; k < kernelSize; k++) {
          const source = sources[u * kernelSize + k]!;
          const value = source < 0 ? 0 : x[c * below + source]!;
          if (value > 0 || !activated) sum += weights[kernel + k]! * value;
        }
        z[o * count + u]! += sum;
      }
    }
  }
  return z;
}

/** The gradient with respect to what the stage reads. */
function backward(stage: Stage, gradient: Float64Array): Float64Array {
  const { inputs, outputs, kernelSize, below, count, sources, weights } = stage;
  const result = new Float64Array(inputs * below);
  for (let o = 0; o < outputs; o++) {
    for (let u = 0; u < count; u++) {
      const g = gradient[o * count + u]!;
      if (g === 0) continue;
      for (let c = 0; c < inputs; c++) {
        const kernel = (o * inputs + c) * kernelSize;
        for (let k = 0; k < kernelSize; k++) {
          const source = sources[u * kernelSize + k]!;
          if (source >= 0) result[c * below + source]! += g * weights[kernel + k]!;
        }
      }
    }
  }
  return result;
}

/** Normal numbers from uniform ones, by Box and Muller's transformation (1958). */
function normals(uniform: () => number): () => number {
  return () => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  };
}

/** The standard deviation of a profile, read as a distribution over positions; 0 if it is empty. */
export function profileWidth(profile: readonly number[]): number {
  const total = profile.reduce((a, b) => a + b, 0);
  if (total === 0) return 0;
  const mean = profile.reduce((sum, v, i) => sum + v * i, 0) / total;
  return Math.sqrt(profile.reduce((sum, v, i) => sum + v * (i - mean) ** 2, 0) / total);
}

/** The smallest number of inputs that together hold `share` of a profile. */
export function inputsHolding(profile: readonly number[], share: number): number {
  const sorted = profile.toSorted((a, b) => b - a);
  const wanted = share * sorted.reduce((a, b) => a + b, 0);
  let held = 0;
  for (const [i, value] of sorted.entries()) {
    held += value;
    if (held >= wanted * (1 - 1e-12)) return value === 0 ? 0 : i + 1;
  }
  return sorted.length;
}
