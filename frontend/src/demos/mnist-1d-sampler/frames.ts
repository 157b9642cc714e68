/** Where each value stands while one stage becomes the next. */

import { GRID } from "../../core/sampler.ts";
import { holdsDigit, type Made, PAD, RESAMPLE, SHIFT, STRETCH, TEMPLATE } from "./state.ts";

export type Kind = "digit" | "empty" | "noise";

export interface Point {
  /** The place, in positions of the grid, from 0. */
  x: number;
  value: number;
  kind: Kind;
}

/**
 * Where value `i` of a stage stands on the grid: the template's twelve and the sample's forty are
 * spread over all of it.
 */
export function placeOf(made: Made, stage: number, i: number): number {
  const spread = stage === TEMPLATE || stage === RESAMPLE;
  return spread ? (i * (GRID - 1)) / (made.stages[stage]!.length - 1) : i;
}

/** What the value at a place of a stage is. */
export function kindAt(made: Made, stage: number, place: number): Kind {
  if (stage === TEMPLATE) return "digit";
  if (stage === PAD) return place < made.template.length ? "digit" : "empty";
  if (stage < SHIFT) return place < made.span ? "digit" : "empty";
  if (holdsDigit(made, Math.round(place))) return "digit";
  return stage === SHIFT ? "empty" : "noise";
}

/** The values of a stage where they come to rest. */
export function resting(made: Made, stage: number): Point[] {
  return Array.from(made.stages[stage]!, (value, i) => {
    const x = placeOf(made, stage, i);
    return { x, value, kind: kindAt(made, stage, x) };
  });
}

/** A part of the way (0 to 1) from the stage before to a stage. */
export function between(made: Made, stage: number, part: number): Point[] {
  const after = resting(made, stage);
  const before = stage > 0 ? resting(made, stage - 1) : after;
  if (part >= 1 || stage === 0) return after;
  if (stage === PAD) {
    // The template makes room, and the zeros come in from the right.
    return after.map((p, i) => {
      const from = before[i]?.x ?? GRID - 1;
      return { ...p, x: from + part * (p.x - from) };
    });
  }
  if (stage === STRETCH) {
    const factor = (GRID - 1) / Math.max(1, before.length - 1);
    return before.map((p) => ({ ...p, x: p.x * (1 + part * (factor - 1)) }));
  }
  if (stage === SHIFT) {
    return before.map((p) => ({ ...p, x: round(p.x + part * made.draws.shift) }));
  }
  if (stage === RESAMPLE) return part < 0.5 ? before : after;
  return after.map((p, i) => {
    const from = before[i]!.value;
    return { ...p, value: from + part * (p.value - from) };
  });
}

/** Out on the right is in on the left. */
const round = (x: number) => (x > GRID - 0.5 ? x - GRID : x);
