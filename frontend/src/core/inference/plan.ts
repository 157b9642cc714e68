/** A network as the page runs it: written by course_lib/networks/page_networks.py. */

/** Channels, rows, columns. */
export type Shape = readonly [number, number, number];
/** Along the rows, along the columns. */
export type Pair = readonly [number, number];

interface Common {
  name: string;
  /** Names of earlier layers; the image is called "image". */
  inputs: readonly string[];
  shape: Shape;
}

/** What has weights: as many as its kernels hold, then a bias for each output channel. */
interface Weighted {
  /** What an output below zero is multiplied by: 0 is a ReLU, 1 none. */
  slope: number;
}

export interface Convolution extends Common, Weighted {
  kind: "convolution";
  kernel: Pair;
  stride: Pair;
  padding: Pair;
  dilation: Pair;
  groups: number;
}

export interface Transposed extends Common, Weighted {
  kind: "transposed";
  kernel: Pair;
  stride: Pair;
  padding: Pair;
}

export interface Linear extends Common, Weighted {
  kind: "linear";
}

export interface MaxPool extends Common {
  kind: "maxPool";
  kernel: Pair;
  stride: Pair;
  padding: Pair;
}

export interface Unpool extends Common {
  kind: "unpool";
  /** The max pooling whose positions are used. */
  positions: string;
}

export interface Bilinear extends Common {
  kind: "bilinear";
  /** Whether the corners of both maps meet (or the edges). */
  corners: boolean;
}

export interface Crop extends Common {
  kind: "crop";
  /** Rows and columns that are left out before the first. */
  from: Pair;
}

export interface Activated extends Common, Weighted {
  kind: "add" | "activation";
}

export interface Plain extends Common {
  kind: "nearest" | "concatenate" | "globalMean" | "flatten" | "softmax" | "logSoftmax";
}

export type Layer =
  | Convolution
  | Transposed
  | Linear
  | MaxPool
  | Unpool
  | Bilinear
  | Crop
  | Activated
  | Plain;

export interface Plan {
  image: Shape;
  layers: readonly Layer[];
}

/** A network as it is stored: half precision in base64, or single. */
export interface StoredNetwork {
  plan: Plan;
  precision: "half" | "single";
  weights: string;
}

export const IMAGE = "image";

/** How many numbers belong to a layer, its weights and its biases. */
export function weightCounts(layer: Layer, shapes: ReadonlyMap<string, Shape>): Pair {
  const [channels] = layer.shape;
  const [inChannels, rows, columns] = shapes.get(layer.inputs[0]!)!;
  switch (layer.kind) {
    case "convolution":
      return [(channels * inChannels * layer.kernel[0] * layer.kernel[1]) / layer.groups, channels];
    case "transposed":
      return [channels * inChannels * layer.kernel[0] * layer.kernel[1], channels];
    case "linear":
      return [channels * inChannels * rows * columns, channels];
    default:
      return [0, 0];
  }
}

/** The shape of every map by its name. */
export function shapesOf(plan: Plan): Map<string, Shape> {
  return new Map([
    [IMAGE, plan.image],
    ...plan.layers.map(({ name, shape }) => [name, shape] as const),
  ]);
}

/** Multiplications, each with its addition, of one pass. */
export function multiplyAdds(plan: Plan): number {
  const shapes = shapesOf(plan);
  let sum = 0;
  for (const layer of plan.layers) {
    const [weights] = weightCounts(layer, shapes);
    const [, rows, columns] =
      layer.kind === "transposed" ? shapes.get(layer.inputs[0]!)! : layer.shape;
    sum += weights * rows * columns;
  }
  return sum;
}
