/** States of the demo to test with. */

import type { State } from "../../../src/demos/mnist-1d-sampler/state.ts";

const PLAIN: State = {
  digit: 7,
  template: [],
  seed: 2,
  example: null,
  padding: null,
  scale: null,
  shift: null,
  shear: null,
  correlated_noise: 0.25,
  white_noise: 0.02,
  stage: 0,
  predict: false,
  guess: null,
};

/** A plain state with some traits changed; any value, since the page may be given anything. */
export function state(change: { [Key in keyof State]?: unknown } = {}): State {
  return { ...PLAIN, ...change } as State;
}
