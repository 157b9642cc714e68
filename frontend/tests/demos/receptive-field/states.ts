/** States of the demo to test with. */

import type { State } from "../../../src/demos/receptive-field/state.ts";

const PLAIN: State = {
  length: 15,
  layers: [
    [3, 1, 1, 0],
    [3, 1, 1, 0],
    [3, 1, 1, 0],
  ],
  channels: 1,
  layer: 1,
  unit: [3, 4],
  input: [6],
  view: "field",
  draws: 10,
  seed: 0,
};

/** A plain state with some traits changed; any value, since the page may be given anything. */
export function state(change: { [Key in keyof State]?: unknown } = {}): State {
  return { ...PLAIN, ...change } as State;
}

export const alike = (count: number, ...layer: number[]) =>
  Array.from({ length: count }, () => layer);
