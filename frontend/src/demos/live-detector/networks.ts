/** The detectors of the page, and the boxes that one names. */

import { type Candidate, decodeGrid } from "../../core/detector.ts";
import { outputOf } from "../scene/runners.ts";
import { imageOf, type SceneState, SIDE } from "../scene/state.ts";

export const NETWORKS = ["fine-tuned", "frozen", "scratch"] as const;

export type NetworkName = (typeof NETWORKS)[number];

export const GRID = { cells: 6, boxesPerCell: 2, classCount: 10 } as const;

export const keyOf = (network: string) => `detector ${network}`;

let last: { output: Float32Array; candidates: Candidate[] } | null = null;

/** All boxes of the grid; null while the network is not started. */
export function candidatesOf(
  state: SceneState & { network: NetworkName },
): readonly Candidate[] | null {
  const output = outputOf(keyOf(state.network), imageOf(state));
  if (!output) return null;
  if (last?.output !== output) last = { output, candidates: decodeGrid(output, SIDE, GRID) };
  return last.candidates;
}
