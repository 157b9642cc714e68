/** States of the demo to test with. */

import type { State } from "../../../src/demos/compose-kernels/state.ts";

const PLAIN: State = {
  signal: [1, 0, -2, 3, 1, 4],
  first: [1, 2, 3],
  second: [4, 5, 6],
  third: [],
  padding: "valid",
  relu: false,
  position: 0,
  tap: 2,
};

/** A plain state with some traits changed; any value, since the page may be given anything. */
export function state(change: { [Key in keyof State]?: unknown } = {}): State {
  return { ...PLAIN, ...change } as State;
}
