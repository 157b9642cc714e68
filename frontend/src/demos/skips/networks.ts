/** The two networks, and what they give for an image. */

import type { StoredNetwork } from "../../core/inference/plan.ts";
import type { Runner } from "../../core/inference/runner.ts";
import stored from "../../data/u-nets.json" with { type: "json" };

/** A U-Net, and one that was trained without any skip. */
export const NETWORKS = ["with", "without"] as const;

export type Name = (typeof NETWORKS)[number];

/** Those that the page has: the second may still be in training. */
export const STORED = stored as unknown as Partial<Record<Name, StoredNetwork>>;

export const HELD = NETWORKS.filter((name) => STORED[name]);

const running = new Map<Name, Runner>();

export const install = (name: Name, runner: Runner) => running.set(name, runner);

export const ready = () => HELD.every((name) => running.has(name));

const SHARES = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** The map that the skip of a level carries, by name. */
export function carried(runner: Runner, level: number): string {
  const joint = runner.plan.layers.find(
    ({ kind, name }) => kind === "concatenate" && name.startsWith(`up.${level}.`),
  );
  if (!joint) throw new RangeError(`there is no skip at level ${level}`);
  return joint.inputs[0]!;
}

/** The scores of every class at every pixel; null while the network is not started. */
export function scoresFor(
  name: Name,
  image: Uint8Array,
  off: readonly number[],
): Float32Array | null {
  const runner = running.get(name);
  if (!runner) return null;
  runner.silenced.clear();
  for (const level of off) runner.silenced.add(carried(runner, level));
  runner.run(Float32Array.from(image, (byte) => SHARES[byte]!));
  return runner.map().values;
}
