/** The state of the demo: a scene, a network, a pixel; and what comes of them. */

import { once } from "../../core/once.ts";
import { confusion, probabilitiesAt, scoresOf } from "../../core/segmentation.ts";
import { checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";
import {
  checkScene,
  known,
  rendered,
  SCENE_KEYS,
  SCENE_LINKABLE,
  type SceneState,
  SIDE,
  settleScene,
} from "../scene/state.ts";
import { CLASS_COUNT, NETWORKS, predictionOf } from "./networks.ts";

export const VIEWS = ["predicted", "true"] as const;

export interface State extends SceneState {
  network: string;
  /** Which map of classes is shown. */
  view: (typeof VIEWS)[number];
  /** The pixel whose probabilities are shown. */
  row: number;
  column: number;
}

const OWN_KEYS = ["network", "view", "row", "column"] as const;

export const KEYS = [...SCENE_KEYS, ...OWN_KEYS] as const satisfies readonly (keyof State)[];
export const LINKABLE = [...SCENE_LINKABLE, ...OWN_KEYS] as const;

export const LIMITS = { pixel: { min: 0, max: SIDE - 1 } } as const;

export const settle = (candidate: State, before: { last: State } | null) =>
  settleScene(candidate, before);

export function check(state: State): Problem | null {
  return (
    checkScene(state) ??
    checkWord("network", "Network", state.network, NETWORKS) ??
    checkWord("view", "Classes", state.view, VIEWS) ??
    checkWhole("row", "Row", state.row, LIMITS.pixel) ??
    checkWhole("column", "Column", state.column, LIMITS.pixel)
  );
}

export interface Judged {
  /** Of each class: null for one that neither is there nor was predicted. */
  iou: (number | null)[];
  meanIou: number;
  accuracy: number;
  /** Pixels of each class, and how many were called so. */
  truth: number[];
  predicted: number[];
  /** Object pixels called background, background called an object, and one class called another. */
  missed: number;
  invented: number;
  mixed: number;
}

/** How right the prediction is; null while there is none, and of an own image. */
export const judged = once((state: State): Judged | null => {
  const prediction = predictionOf(state);
  if (!prediction || !known(state)) return null;
  const { mask } = rendered(state);
  const counts = confusion(prediction.classes, mask, CLASS_COUNT);
  const truth = new Array<number>(CLASS_COUNT).fill(0);
  const predicted = new Array<number>(CLASS_COUNT).fill(0);
  let [missed, invented, mixed] = [0, 0, 0];
  for (let t = 0; t < CLASS_COUNT; t++) {
    for (let p = 0; p < CLASS_COUNT; p++) {
      const count = counts[t * CLASS_COUNT + p]!;
      truth[t]! += count;
      predicted[p]! += count;
      if (t === p) continue;
      if (p === 0) missed += count;
      else if (t === 0) invented += count;
      else mixed += count;
    }
  }
  return { ...scoresOf(counts, CLASS_COUNT), truth, predicted, missed, invented, mixed };
});

/** The probabilities of the classes at the state's pixel; null while there are none. */
export const atPixel = once((state: State): number[] | null => {
  const prediction = predictionOf(state);
  return prediction && probabilitiesAt(prediction.scores, CLASS_COUNT, pixelOf(state));
});

export const pixelOf = ({ row, column }: State) => row * SIDE + column;

/** What the demo writes back as traits. */
export function derived(state: State) {
  const classes = predictionOf(state)?.classes;
  const scores = judged(state);
  return {
    classes: classes
      ? Array.from({ length: SIDE }, (_, r) => [...classes.subarray(r * SIDE, (r + 1) * SIDE)])
      : [],
    mean_iou: scores?.meanIou ?? null,
    accuracy: scores?.accuracy ?? null,
  };
}
