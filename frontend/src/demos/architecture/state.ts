/** The state of the demo: two first layers for one image, and what they cost. */

import {
  convolutionCost,
  denseCost,
  type FirstLayers,
  type LayerCost,
} from "../../core/layer-cost.ts";
import { checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export const QUANTITIES = ["weights", "memory", "multiply-adds", "activations"] as const;
export const PRECISIONS = ["float16", "float32", "float64"] as const;

export type Quantity = (typeof QUANTITIES)[number];
export type Precision = (typeof PRECISIONS)[number];

export interface State extends FirstLayers {
  /** What the chart shows. */
  quantity: Quantity;
  /** How a number is stored. */
  precision: Precision;
}

export const KEYS = [
  "size",
  "channels",
  "maps",
  "kernelSize",
  "quantity",
  "precision",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  size: { min: 1, max: 1024 },
  channels: { min: 1, max: 4 },
  maps: { min: 1, max: 64 },
  kernelSize: { min: 1, max: 11 },
} as const;

export const BYTES: Record<Precision, number> = { float16: 2, float32: 4, float64: 8 };

export interface Costs {
  dense: LayerCost;
  convolution: LayerCost;
}

/** The trait `output`. */
export function costs(state: FirstLayers): Costs {
  return { dense: denseCost(state), convolution: convolutionCost(state) };
}

/** One quantity of a layer; memory is that of weights and biases, in bytes. */
export function amount(cost: LayerCost, quantity: Quantity, precision: Precision): number {
  if (quantity === "weights") return cost.weights;
  if (quantity === "memory") return (cost.weights + cost.biases) * BYTES[precision];
  return quantity === "multiply-adds" ? cost.multiplyAdds : cost.activations;
}

export function check(state: State): Problem | null {
  return (
    checkWhole("size", "The image's side", state.size, LIMITS.size) ??
    checkWhole("channels", "The number of channels", state.channels, LIMITS.channels) ??
    checkWhole("maps", "The number of feature maps", state.maps, LIMITS.maps) ??
    checkWhole("kernelSize", "The kernel size", state.kernelSize, LIMITS.kernelSize) ??
    checkOdd(state.kernelSize) ??
    checkWord("quantity", "The quantity", state.quantity, QUANTITIES) ??
    checkWord("precision", "The precision", state.precision, PRECISIONS)
  );
}

function checkOdd(kernelSize: number): Problem | null {
  if (kernelSize % 2 === 1) return null;
  return {
    control: "kernelSize",
    message: `The kernel size is ${kernelSize}; it is odd, so that padding keeps the image's size.`,
  };
}
