/** The networks that have been started, and what each said of the image that it saw last. */

import type { Runner } from "../../core/inference/runner.ts";

interface Started {
  runner: Runner;
  image: Uint8Array | null;
  output: Float32Array;
}

const started = new Map<string, Started>();

/** Bytes as networks take them: 32-bit numbers from 0 to 1. */
const SHARES = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

export function install(name: string, runner: Runner): void {
  started.set(name, { runner, image: null, output: new Float32Array(0) });
}

export const isStarted = (name: string) => started.has(name);

/** What a network gives for an image, channel by channel; null while it is not started. */
export function outputOf(name: string, image: Uint8Array): Float32Array | null {
  const one = started.get(name);
  if (!one) return null;
  if (one.image !== image) {
    one.runner.run(Float32Array.from(image, (byte) => SHARES[byte]!));
    one.output = one.runner.map().values as Float32Array;
    one.image = image;
  }
  return one.output;
}
