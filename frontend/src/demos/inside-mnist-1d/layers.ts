/** The five layers that are shown of each network, and where their units lie. */

import { network, type NetworkName as Stored } from "../../data/mnist1d.ts";

export type NetworkName = "flatten" | "pool";

/** Layer from 1, channel and position from 0. */
export type Unit = [layer: number, channel: number, position: number];

export const CHANNELS = 15;
export const CLASSES = 10;
const POSITIONS = [19, 9, 4];
/** Inputs from one unit of a convolution to the next, and how many one reads. */
export const JUMPS = [2, 4, 8];
export const REACHES = [3, 7, 15];
/** What no unit reads: the last input. */
export const READ = 39;

/** Channels and positions of a layer. The fourth is the flattened one, or the mean. */
export function shape(name: NetworkName, layer: number): { channels: number; positions: number } {
  if (layer === 5) return { channels: CLASSES, positions: 1 };
  if (layer === 4) return { channels: CHANNELS, positions: name === "flatten" ? 4 : 1 };
  return { channels: CHANNELS, positions: POSITIONS[layer - 1]! };
}

/** Both kinds of network, by what the page's data calls them. */
const STORED: Record<NetworkName, Stored> = { flatten: "convolutional", pool: "pooled" };

export const layersOf = (name: NetworkName) => network(STORED[name]);

/**
 * Where the network computes a layer, from 0. Flattening computes nothing: what it lays flat are
 * the third convolution's units.
 */
export function stepOf(name: NetworkName, layer: number): number {
  return name === "flatten" && layer > 3 ? layer - 2 : layer - 1;
}

/** A unit's place among its layer's values. */
export function indexOf(name: NetworkName, [layer, channel, position]: Unit): number {
  return channel * shape(name, layer).positions + position;
}

/** The inputs that a unit reads, first and last. */
export function reads([layer, , position]: Unit, name: NetworkName): [number, number] {
  if (layer <= 3) {
    const first = position * JUMPS[layer - 1]!;
    return [first, first + REACHES[layer - 1]! - 1];
  }
  return layer === 4 && name === "flatten" ? reads([3, 0, position], name) : [0, READ - 1];
}
