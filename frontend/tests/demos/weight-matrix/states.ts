/** States of the demo to test with. */

import type { State } from "../../../src/demos/weight-matrix/state.ts";

const PLAIN: State = {
  kind: "convolution",
  signal: [2, 4, 6, 2, 1, 3],
  kernel: [0.5, 1, -0.5],
  bias: -1,
  stride: 1,
  dilation: 1,
  padding: "zeros",
  activation: "ReLU",
  weights: [],
  biases: [],
  unit: 2,
};

/** A plain state with some traits changed; any value, since the page may be given anything. */
export function state(change: { [Key in keyof State]?: unknown } = {}): State {
  return { ...PLAIN, ...change } as State;
}

export const DENSE = { kind: "fully connected" } as const;
