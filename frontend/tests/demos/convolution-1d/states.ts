/** States of the demo to test with. */

import type { State } from "../../../src/demos/convolution-1d/state.ts";

const PLAIN: State = {
  signal: [1, 2, 4, 8, 16, 32],
  kernel: [100, 10, 1],
  stride: 1,
  dilation: 1,
  padding: "zeros",
  position: 0,
  shift: 0,
  predict: false,
  guess: null,
};

/** A plain state with some traits changed; any value, since the page may be given anything. */
export function state(change: { [Key in keyof State]?: unknown } = {}): State {
  return { ...PLAIN, ...change } as State;
}
