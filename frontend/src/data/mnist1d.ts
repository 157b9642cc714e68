/** The networks and the samples of MNIST-1D that the page computes with. */

import { decodeFloats, decodeLayer, type Layer } from "../core/network.ts";
import { permutation } from "../core/permutation.ts";
import stored from "./mnist1d.json" with { type: "json" };

export const LENGTH = 40;

/** The one order in which values are permuted: drawn once, the same for every sample. */
export const ORDER: readonly number[] = permutation(LENGTH, 0);

export type NetworkName = keyof typeof stored.networks;

export interface Sample {
  /** Its place in the test set. */
  index: number;
  label: number;
  values: number[];
}

let read: Sample[] | null = null;

export function samples(): readonly Sample[] {
  if (read) return read;
  const { index, label, values } = stored.samples;
  // Nine digits tell a 32-bit number from every other; a link or a snippet needs no more.
  const all = [...decodeFloats(values)].map((value) => Number(value.toPrecision(9)));
  read = index.map((place, i) => ({
    index: place,
    label: label[i]!,
    values: all.slice(LENGTH * i, LENGTH * (i + 1)),
  }));
  return read;
}

const networks = new Map<NetworkName, Layer[]>();

export function network(name: NetworkName): Layer[] {
  const known = networks.get(name);
  if (known) return known;
  const layers = stored.networks[name].map(decodeLayer);
  networks.set(name, layers);
  return layers;
}
