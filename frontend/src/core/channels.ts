/** A convolutional layer with several channels, and what its outputs still say about its input. */

import { convolveChannels } from "./convolution.ts";
import { type Geometry, taps } from "./geometry.ts";
import { type Known, shortest } from "./least-squares.ts";
import type { Padding } from "./padding.ts";

/** Stride and dilation are 1: they are another chapter's. */
export interface Layer {
  /** [inChannels][length] */
  signals: readonly (readonly number[])[];
  /** [outChannels][inChannels][kernelSize] */
  kernels: readonly (readonly (readonly number[])[])[];
  /** [outChannels] */
  biases: readonly number[];
  padding: Padding;
  relu: boolean;
}

/** What each output channel is before the activation: [outChannels][outputLength]. */
export function sums({ signals, kernels, biases, padding }: Layer): number[][] {
  return convolveChannels(signals, kernels, {
    ...{ stride: 1, dilation: 1, groups: 1 },
    padding,
    bias: biases,
  });
}

/** What each output channel is: [outChannels][outputLength]. */
export function layerOutput(layer: Layer): number[][] {
  const before = sums(layer);
  return layer.relu ? before.map((row) => row.map((z) => Math.max(0, z))) : before;
}

/** What each slice of one filter makes of its own input channel: [inChannels][outputLength]. */
export function slices({ signals, kernels, padding }: Layer, channel: number): number[][] {
  const options = { stride: 1, dilation: 1, groups: 1, padding };
  return signals.map(
    (signal, c) => convolveChannels([signal], [[kernels[channel]![c]!]], options)[0]!,
  );
}

export interface Reconstruction {
  /** The shortest input that fits: [inChannels][length]. */
  signals: number[][];
  /** How many outputs say exactly what their sum was, and how many only that it was not positive. */
  equations: number;
  bounds: number;
  /** The root of the mean squared difference from the true input. */
  error: number;
}

/**
 * The input as the outputs of the channels that are kept allow to rebuild it.
 *
 * An output above zero is an equation for its window. One that ReLU has clipped only says that the
 * sum was at most zero. Among all inputs that agree with both, the shortest one is taken.
 */
export function reconstruct(layer: Layer, kept: readonly number[]): Reconstruction {
  const { signals, kernels, biases, padding, relu } = layer;
  const length = signals[0]!.length;
  const size = signals.length * length;
  const g: Geometry = {
    ...{ length, stride: 1, dilation: 1, padding },
    kernelSize: kernels[0]![0]!.length,
  };
  const output = layerOutput(layer);
  const exact = { rows: [] as number[][], values: [] as number[] } satisfies Known;
  const atMost = { rows: [] as number[][], values: [] as number[] } satisfies Known;
  for (const o of kept) {
    for (const [position, h] of output[o]!.entries()) {
      const row = new Array<number>(size).fill(0);
      for (const [k, { source }] of taps(g, position).entries()) {
        if (source === null) continue;
        for (const [c, slice] of kernels[o]!.entries()) row[c * length + source]! += slice[k]!;
      }
      const known = relu && h === 0 ? atMost : exact;
      known.rows.push(row);
      known.values.push(h - biases[o]!);
    }
  }
  const flat = shortest(size, exact, atMost);
  const squares = flat.map((v, j) => (v - signals[Math.floor(j / length)]![j % length]!) ** 2);
  return {
    signals: signals.map((_, c) => flat.slice(c * length, (c + 1) * length)),
    equations: exact.rows.length,
    bounds: atMost.rows.length,
    error: Math.sqrt(squares.reduce((a, b) => a + b, 0) / size),
  };
}
