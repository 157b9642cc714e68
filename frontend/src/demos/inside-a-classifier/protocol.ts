/** What page and worker tell each other of squares that cover an image. */

import type { StoredNetwork } from "../../core/inference/plan.ts";

export interface Order {
  job: number;
  image: Float32Array;
  target: number;
  /** Whose weights, by name: one after the other. */
  weights: readonly string[];
  /** The network, and sets of weights that the worker has not got yet. */
  network?: StoredNetwork;
  sets: Record<string, Float32Array>;
}

export interface News {
  job: number;
  weights: string;
  /** The first place of these, and how far the score falls at each. */
  from: number;
  falls: Float32Array;
}
