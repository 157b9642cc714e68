/** What the network says of an image, and what a score comes from. */

import { argmax, softmax } from "../../core/network.ts";
import { rankCorrelation } from "../../core/ranks.ts";
import { coveringOf } from "./covering.ts";
import { image, truth } from "./image.ts";
import { LAST } from "./layers.ts";
import { type Engine, engineOf, follow } from "./network.ts";
import type { Explanation, State, Weights } from "./state.ts";
import { SIDE } from "./tones.ts";

export interface Said {
  /** Of each class. */
  scores: readonly number[];
  probabilities: readonly number[];
  /** The most probable class. */
  best: number;
  /** The class whose score is explained. */
  target: number;
  label: number | null;
}

/** Null while the network is not started. */
export function saidOf(state: State): Said | null {
  const engine = engineOf(state.weights, image(state).values);
  if (!engine) return null;
  const scores = [...engine.runner.map().values];
  const best = argmax(scores);
  const target = state.target < 0 ? best : state.target;
  return { scores, probabilities: softmax(scores), best, target, label: truth(state) };
}

export interface Evidence {
  kind: Explanation;
  /** Along a side. */
  count: number;
  /** Row by row; of the class map and the pixels the parts of a score. NaN: not known yet. */
  values: Float32Array;
  /** What is drawn: of pixels, as is the custom, how large each part is. */
  drawn: Float32Array;
  /** The score itself, and the sum of its parts. */
  score: number;
  sum: number;
  /** How many of the values are known. */
  known: number;
}

/** The explanation of a state, or of the same with other weights; null while nothing is known. */
export function evidenceOf(
  state: State,
  said: Said,
  weights: Weights = state.weights,
): Evidence | null {
  const { values: seen } = image(state);
  const engine = engineOf(weights, seen);
  if (!engine) return null;
  const { explanation: kind } = state;
  const values = valuesOf(kind, engine, said.target, seen);
  if (!values) return null;
  const known = values.reduce((count, value) => count + Number(!Number.isNaN(value)), 0);
  return {
    ...{ kind, values, known, count: Math.sqrt(values.length) },
    drawn: kind === "pixels" ? values.map(Math.abs) : values,
    score: engine.runner.map().values[said.target]!,
    sum: values.reduce((sum, value) => sum + value, 0),
  };
}

function valuesOf(
  kind: Explanation,
  engine: Engine,
  target: number,
  seen: Float32Array,
): Float32Array | null {
  switch (kind) {
    case "class map": {
      const maps = engine.runner.map(LAST).values;
      const slopes = follow(engine, target).map(LAST).values;
      return overChannels(maps, slopes, engine.runner.shape(LAST)[0]);
    }
    case "pixels":
      return overChannels(seen, follow(engine, target).map("image").values, 3);
    default:
      return coveringOf(seen, target, engine.weights);
  }
}

/** Σ value × slope over the channels of each position. */
export function overChannels(
  values: Float32Array,
  slopes: Float32Array,
  channels: number,
): Float32Array {
  const area = values.length / channels;
  const sums = new Float32Array(area);
  for (let channel = 0; channel < channels; channel++) {
    for (let i = 0; i < area; i++) {
      sums[i]! += values[channel * area + i]! * slopes[channel * area + i]!;
    }
  }
  return sums;
}

/** How alike the picture is to that of the trained network, from −1 to 1; null where it is its own. */
export function agreement(state: State, said: Said, here: Evidence): number | null {
  if (state.weights === "trained" || here.known < here.values.length) return null;
  const other = evidenceOf(state, said, "trained");
  if (!other || other.known < other.values.length) return null;
  return rankCorrelation(here.drawn, other.drawn);
}

/** The trait `evidence`: rows of what is drawn in cells; pixels are too many to be written. */
export function evidenceRows(state: State): number[][] {
  if (state.explanation === "pixels") return [];
  const said = saidOf(state);
  const found = said && evidenceOf(state, said);
  if (!found || found.known < found.values.length) return [];
  const { count, values } = found;
  return Array.from({ length: count }, (_, row) => [
    ...values.subarray(row * count, (row + 1) * count),
  ]);
}

/** Pixels of the picture that a cell of the evidence takes: its first, and how many. */
export function cellOf({ kind, count }: Evidence, at: number): readonly [number, number] {
  // A place of the square that covers is drawn where its middle is.
  if (kind === "covering") return [8 + 8 * at, 8];
  return [(SIDE / count) * at, SIDE / count];
}
