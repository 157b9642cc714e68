/** The layers whose maps are shown: their places in the plan, and what a unit of each sees. */

import type { Shape } from "../../core/inference/plan.ts";
import { CLASSIFIER } from "../../data/scene-classifier.ts";
import { SIDE } from "./tones.ts";

export const LAYERS = [
  "conv 1",
  "pool 1",
  "conv 2",
  "pool 2",
  "conv 3",
  "conv 4",
  "pool 3",
] as const;

export type LayerName = (typeof LAYERS)[number];

/** Name in the network, and the receptive field: where the first begins, its size, how far the next. */
interface Placed {
  name: string;
  shape: Shape;
  start: number;
  size: number;
  jump: number;
}

const placed = new Map<LayerName, Placed>();

{
  let [start, size, jump] = [0, 1, 1];
  let next = 0;
  for (const layer of CLASSIFIER.plan.layers) {
    if (layer.kind !== "convolution" && layer.kind !== "maxPool") continue;
    // Kernels, strides and paddings of this network are the same along both sides.
    start -= layer.padding[0] * jump;
    size += (layer.kernel[0] - 1) * jump;
    jump *= layer.stride[0];
    placed.set(LAYERS[next++]!, { name: layer.name, shape: layer.shape, start, size, jump });
  }
}

export const mapName = (layer: LayerName) => placed.get(layer)!.name;

/** Channels, rows, columns. */
export const shapeOf = (layer: LayerName) => placed.get(layer)!.shape;

/** The last map, which the dense layers read. */
export const LAST = mapName("pool 3");

/** What a unit sees along one side: the first pixel and the last, within the image. */
export function sees(layer: LayerName, at: number): readonly [number, number] {
  const { start, size, jump } = placed.get(layer)!;
  const first = start + at * jump;
  return [Math.max(0, first), Math.min(SIDE, first + size) - 1];
}

export const fieldSize = (layer: LayerName) => placed.get(layer)!.size;
