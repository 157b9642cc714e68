/** The state of the demo: a scene, a network, two thresholds; and what comes of them. */

import {
  type Detection,
  iou,
  type Match,
  matches,
  suppression,
  type Truth,
} from "../../core/boxes.ts";
import type { Candidate } from "../../core/detector.ts";
import { once } from "../../core/once.ts";
import { checkFlag, checkNumber, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";
import {
  checkScene,
  known,
  rendered,
  SCENE_KEYS,
  SCENE_LINKABLE,
  type SceneState,
  settleScene,
} from "../scene/state.ts";
import { candidatesOf, NETWORKS, type NetworkName } from "./networks.ts";

export interface State extends SceneState {
  network: NetworkName;
  /** The lowest score of a box that takes part. */
  threshold: number;
  /** A box suppresses those of its class that overlap it by more. */
  overlap: number;
  /** Whether the grid's cells are shown, and which of them is looked at, row by row. */
  grid: boolean;
  cell: number;
}

const OWN_KEYS = ["network", "threshold", "overlap", "grid", "cell"] as const;

export const KEYS = [...SCENE_KEYS, ...OWN_KEYS] as const satisfies readonly (keyof State)[];
export const LINKABLE = [...SCENE_LINKABLE, ...OWN_KEYS] as const;

/** The grid of the network. */
export const CELLS = 6;

export const LIMITS = { share: { min: 0, max: 1 }, cell: { min: 0, max: CELLS * CELLS - 1 } };

/** An object is found by a box that overlaps it by as much. */
export const LEAST_IOU = 0.5;

export const settle = (candidate: State, before: { last: State } | null) =>
  settleScene(candidate, before);

export function check(state: State): Problem | null {
  return (
    checkScene(state) ??
    checkWord("network", "Network", state.network, NETWORKS) ??
    checkNumber("threshold", "Lowest score", state.threshold, LIMITS.share) ??
    checkNumber("overlap", "Largest overlap", state.overlap, LIMITS.share) ??
    checkFlag("grid", "Cells of the grid", state.grid) ??
    checkWhole("cell", "Cell", state.cell, LIMITS.cell)
  );
}

/** An object that is seen, and its place among the scene's. */
export interface Thing extends Truth {
  object: number;
}

export type Verdict = "right" | "second" | "off" | "class" | "nothing" | "unknown";

/** A box that is left, and what became of it. */
export interface Finding {
  box: Detection;
  verdict: Verdict;
  /** The thing that it is measured against: of its class, or for "class" of another. */
  thing: number | null;
  iou: number;
}

export interface Found {
  all: readonly Candidate[];
  below: number;
  suppressed: number;
  findings: Finding[];
  things: Thing[];
  /** Of each thing whether it is found. */
  hits: boolean[];
}

/** What the network says of a state, judged; null while there is no network yet. */
export const found = once((state: State): Found | null => {
  const all = candidatesOf(state);
  if (!all) return null;
  const { threshold, overlap } = state;
  const { below, steps } = suppression(all, { threshold, overlap });
  const boxes = steps.map(({ keeper }) => all[keeper]!);
  const things = thingsIn(state);
  const judged = matches(boxes, things, LEAST_IOU);
  const hits = things.map((_, t) => judged.some(({ right, truth }) => right && truth === t));
  return {
    all,
    below: below.length,
    suppressed: all.length - below.length - boxes.length,
    findings: judged.map((match) => finding(boxes[match.index]!, match, things, known(state))),
    things,
    hits,
  };
});

/** What is true of a scene: the seen part of each object. Of an own image nothing is known. */
export function thingsIn(state: State): Thing[] {
  if (!known(state)) return [];
  const { visibleBoxes, labels } = rendered(state);
  return visibleBoxes.flatMap((box, object) =>
    box[2] > box[0] ? [{ box, label: labels[object]!, object }] : [],
  );
}

function finding(box: Detection, match: Match, things: readonly Thing[], judge: boolean): Finding {
  const { right, truth, iou: own } = match;
  const said = (verdict: Verdict, thing = truth, value = own): Finding => ({
    ...{ box, verdict, thing, iou: value },
  });
  if (!judge) return said("unknown", null, 0);
  if (right) return said("right");
  if (own >= LEAST_IOU) return said("second");
  const others = things.map((thing) => iou(box.box, thing.box));
  const most = Math.max(0, ...others);
  if (most >= LEAST_IOU) return said("class", others.indexOf(most), most);
  if (own > 0) return said("off");
  return said("nothing", null, 0);
}

/** What the demo writes back as traits. */
export function derived(state: State) {
  const boxes = (found(state)?.findings ?? []).map(({ box }) => box);
  return {
    boxes: boxes.map(({ box }) => [...box]),
    labels: boxes.map(({ label }) => label),
    scores: boxes.map(({ score }) => score),
  };
}
