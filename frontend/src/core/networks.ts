/** The two networks that race on MNIST-1D: their layers, first weights and batches. */

import { CLASSES, LENGTH, TRAIN } from "./mnist1d.ts";
import { mulberry32 } from "./random.ts";

export const NETWORKS = ["convolutional", "fully connected"] as const;
export type NetworkName = (typeof NETWORKS)[number];

/**
 * A layer as a convolution. A fully connected layer has one position; where it follows the flattened
 * channels its kernel is as long as they are.
 */
export interface Layer {
  inChannels: number;
  outChannels: number;
  kernelSize: number;
  stride: number;
  positions: number;
}

const CHANNELS = 15;
const WIDTHS = [LENGTH, 285, 135, 60, CLASSES];

const convolution = (inChannels: number, positions: number): Layer => ({
  inChannels,
  outChannels: CHANNELS,
  kernelSize: 3,
  stride: 2,
  positions,
});

const dense = (inChannels: number, outChannels: number, kernelSize = 1): Layer => ({
  inChannels,
  outChannels,
  kernelSize,
  stride: 1,
  positions: 1,
});

export const LAYERS: Record<NetworkName, readonly Layer[]> = {
  convolutional: [
    convolution(1, 19),
    convolution(CHANNELS, 9),
    convolution(CHANNELS, 4),
    dense(CHANNELS, CLASSES, 4),
  ],
  "fully connected": WIDTHS.slice(1).map((width, i) => dense(WIDTHS[i]!, width)),
};

export const weightCount = (layer: Layer) =>
  layer.outChannels * layer.inChannels * layer.kernelSize;

/** Weights and biases of all layers. */
export function parameterCount(name: NetworkName): number {
  return LAYERS[name].reduce((sum, layer) => sum + weightCount(layer) + layer.outChannels, 0);
}

/** What a seed decides, each from a stream of its own. */
const STREAMS = { convolutional: 1, "fully connected": 2, batches: 3, permutation: 4 } as const;

function stream(seed: number, name: keyof typeof STREAMS): () => number {
  return mulberry32(1000 * seed + STREAMS[name]);
}

/**
 * The first parameters, in torch's order: uniform in ±1/√D, where D is the number of values that an
 * output reads, as in a new layer of torch.
 */
export function firstParameters(name: NetworkName, seed: number): Float32Array {
  const random = stream(seed, name);
  const parameters = new Float32Array(parameterCount(name));
  let at = 0;
  for (const layer of LAYERS[name]) {
    const bound = 1 / Math.sqrt(layer.inChannels * layer.kernelSize);
    const end = at + weightCount(layer) + layer.outChannels;
    for (; at < end; at++) parameters[at] = bound * (2 * random() - 1);
  }
  return parameters;
}

/** The order in which an epoch takes the samples: call it once an epoch. Both networks see the same. */
export function epochs(seed: number): () => Int32Array {
  const random = stream(seed, "batches");
  return () => Int32Array.from(shuffled(TRAIN, random));
}

/** The order of the values where they are permuted: one for all samples. */
export function pixelOrder(seed: number): number[] {
  return shuffled(LENGTH, stream(seed, "permutation"));
}

function shuffled(count: number, random: () => number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
