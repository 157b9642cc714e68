/** States of the demo to test with. */

import type { State } from "../../../src/demos/equivariance/state.ts";

const PLAIN: State = {
  dimensions: 1,
  signal: [0, 0, 1, 2, 4, 8, 0, 0],
  image: new Array(64).fill(0).with(27, 9).with(28, 6),
  transform: "translate",
  shift: 0,
  down: 0,
  angle: 90,
  scale: 150,
  permutation: 1,
  function: "convolution",
  kernel: "gaussian",
  weights: [],
  head: "flatten",
  border: "zeros",
  place: null,
};

/** A plain state with some traits changed; any value, since the page may be given anything. */
export function state(change: { [Key in keyof State]?: unknown } = {}): State {
  return { ...PLAIN, ...change } as State;
}
