/** States of the demo to test with. */

import type { Point } from "../../../src/demos/train-mnist-1d/protocol.ts";
import type { State } from "../../../src/demos/train-mnist-1d/state.ts";

const PLAIN: State = {
  learning_rate: 0.05,
  momentum: 0.9,
  batch_size: 100,
  halve_every: 800,
  steps: 4000,
  seed: 0,
  permuted: false,
  training: false,
  background: false,
  guess: "",
  curve: "error",
  sample: 0,
  kernel: 0,
  tap: 0,
};

/** A plain state with some traits changed; any value, since the page may be given anything. */
export function state(change: { [Key in keyof State]?: unknown } = {}): State {
  return { ...PLAIN, ...change } as State;
}

export function point(step: number, testError: number, testLoss = 1): Point {
  return { step, testError, testLoss, trainError: testError / 2, trainLoss: testLoss / 2 };
}
