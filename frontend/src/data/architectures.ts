/** The networks of the course, layer by layer: see course_lib/demos/architecture_page.py. */

import type { StoredNetwork } from "../core/architecture.ts";
import stored from "./architectures.json" with { type: "json" };

/** None in a page that shows no network. */
export const ARCHITECTURES = (stored ?? {}) as unknown as Readonly<Record<string, StoredNetwork>>;

/** Every network's name, in the order of the slides. */
export const NETWORK_NAMES: readonly string[] = Object.keys(ARCHITECTURES);

/** The sides of image for which a network is described, in ascending order. */
export function sizesOf(name: string): readonly number[] {
  return Object.keys(ARCHITECTURES[name]!.sizes).map(Number);
}
