/** The state of the second view: a network, perhaps another beside it, and one of its layers. */

import {
  type Described,
  describe,
  type Layer,
  SORTS,
  type Sort,
  sorted,
} from "../../core/architecture.ts";
import { ARCHITECTURES, NETWORK_NAMES, sizesOf } from "../../data/architectures.ts";
import { checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export const LISTED = ["with weights", "all"] as const;

export type Listed = (typeof LISTED)[number];

export interface NetworkState {
  network: string;
  /** The network beside it; null for none. */
  other: string | null;
  /** Side of the image; null for the network's own. */
  image_size: number | null;
  listed: Listed;
  sort: Sort;
  /** The layer that is looked into, counted from 0 among all that are described. */
  layer: number;
}

export const NETWORK_KEYS = [
  "network",
  "other",
  "image_size",
  "listed",
  "sort",
  "layer",
] as const satisfies readonly (keyof NetworkState)[];

/** Rows that the table shows at a time. */
export const PAGE = 12;

const known = new Map<string, Described>();

/** A network's layers; worked out once for each size. */
export function described(name: string, size: number): Described {
  const key = `${name} ${size}`;
  const found = known.get(key) ?? describe(ARCHITECTURES[name]!, size);
  known.set(key, found);
  return found;
}

/** The side of the image that a network is shown with: the other takes the same if it can. */
export function sizeFor(name: string, wanted: number | null): number {
  return wanted !== null && sizesOf(name).includes(wanted) ? wanted : ARCHITECTURES[name]!.home;
}

export const shown = (state: NetworkState): Described =>
  described(state.network, sizeFor(state.network, state.image_size));

/** A layer that the table lists: with weights, or of any kind. */
const counts = (layer: Layer, listed: Listed) => listed === "all" || layer.multiplyAdds > 0;

const listings = new WeakMap<Described, Map<string, readonly Layer[]>>();

/** The table's rows, sorted; worked out once for each order. */
export function rowsOf(state: NetworkState): readonly Layer[] {
  const { listed, sort } = state;
  const found = shown(state);
  const kept = listings.get(found) ?? new Map<string, readonly Layer[]>();
  listings.set(found, kept);
  const key = `${listed} ${sort}`;
  const rows =
    kept.get(key) ??
    sorted(
      found.layers.filter((layer) => counts(layer, listed)),
      sort,
    );
  kept.set(key, rows);
  return rows;
}

/** Where the chosen layer stands among the rows; the next one that is listed where it is not. */
export function positionOf(state: NetworkState, rows = rowsOf(state)): number {
  const exact = rows.findIndex((row) => row.order === state.layer);
  if (exact >= 0) return exact;
  const after = rows.reduce(
    (best, row, at) =>
      row.order > state.layer && (best < 0 || row.order < rows[best]!.order) ? at : best,
    -1,
  );
  return after >= 0 ? after : rows.length - 1;
}

/** The trait `output`: totals, and the numbers of the chosen layer. */
export function networkOutput(state: NetworkState) {
  const { totals, layers } = shown(state);
  const { name, shape, parameters, multiplyAdds, activations, reads } = layers[state.layer]!;
  return {
    ...totals,
    layer: { name, shape: [...shape], parameters, multiplyAdds, activations, reads },
  };
}

/** Another network has other sizes and fewer layers: what does not exist there is let go. */
export function settleNetwork<S extends NetworkState>(candidate: S, last: S | null): S {
  const network = ARCHITECTURES[candidate.network];
  if (last === null || !network || candidate.network === last.network) return candidate;
  const { image_size, layer } = candidate;
  const fits = image_size === null || sizesOf(candidate.network).includes(image_size);
  return {
    ...candidate,
    image_size: fits ? image_size : null,
    layer: layer < network.layers.length ? layer : 0,
  };
}

export function checkNetwork(state: NetworkState): Problem | null {
  const { network, other, image_size, listed, sort, layer } = state;
  const named =
    checkWord("network", "The network", network, NETWORK_NAMES) ??
    (other === null ? null : checkWord("other", "The other network", other, NETWORK_NAMES));
  if (named) return named;
  const { title, layers } = ARCHITECTURES[network]!;
  return (
    (image_size === null
      ? null
      : checkWord(
          "image_size",
          `The side of the image for ${title}`,
          image_size,
          sizesOf(network),
        )) ??
    checkWord("listed", "What is listed", listed, LISTED) ??
    checkWord("sort", "What layers are sorted by", sort, SORTS) ??
    checkWhole("layer", "The layer", layer, { min: 0, max: layers.length - 1 })
  );
}
