/** The networks that name the class of every pixel. */

import { classMap } from "../../core/segmentation.ts";
import { SEGMENTERS } from "../../data/scene-segmenters.ts";
import { outputOf } from "../scene/runners.ts";
import { imageOf, type SceneState } from "../scene/state.ts";

/** By the names of the page's data. */
export const NETWORKS: readonly string[] = Object.keys(SEGMENTERS);

/** The background and the ten classes of objects. */
export const CLASS_COUNT = 11;

export const keyOf = (network: string) => `segmenter ${network}`;

export interface Prediction {
  /** Class by class, the score of every pixel. */
  scores: Float32Array;
  /** Of each pixel the class of its highest score. */
  classes: Uint8Array;
}

let last: Prediction | null = null;

/** What a network says of a state's image; null while it is not started. */
export function predictionOf(state: SceneState & { network: string }): Prediction | null {
  const scores = outputOf(keyOf(state.network), imageOf(state));
  if (!scores) return null;
  if (last?.scores !== scores) last = { scores, classes: classMap(scores, CLASS_COUNT) };
  return last;
}
