/** What the networks say of a scene, and how good it is. */

import { boundaryF, meanBoundaryF } from "../../core/boundary.ts";
import type { RenderedScene } from "../../core/scene/renderer.ts";
import { classMap, confusion, scoresOf } from "../../core/segmentation.ts";
import { describeScene, sceneRenderer } from "../../data/scenes.ts";
import { type Name, STORED, scoresFor } from "./networks.ts";
import { allOn, NAMES, type State } from "./state.ts";

/** How far an outline may be off and still count, in pixels. */
export const TOLERANCE = 1;

export interface Measures {
  accuracy: number;
  meanIou: number;
  boundaryF: number;
}

export interface Answer extends Measures {
  classes: Uint8Array;
  /** Of every class at every pixel; null where only the map is known. */
  scores: Float32Array | null;
}

/** The U-Net whole, the U-Net as it is switched, and, if there is one, the network without skips. */
export type Answers = readonly [Answer, Answer, Answer?];

const MOST = 24;

/** A function of one key that remembers what it has last been asked. */
function remembered<R>(compute: (key: string) => R | null): (key: string) => R | null {
  const known = new Map<string, R>();
  return (key) => {
    const found = known.get(key);
    if (found) return found;
    const made = compute(key);
    if (made === null) return null;
    if (known.size >= MOST) known.delete(known.keys().next().value!);
    known.set(key, made);
    return made;
  };
}

const drawn = remembered(
  (index): RenderedScene =>
    sceneRenderer(96).render(describeScene("test", "segmentation", Number(index))),
);

/** The scene in pixels, with its truth. */
export const sceneOf = ({ index }: { index: number }): RenderedScene => drawn(String(index))!;

export function judged(
  classes: Uint8Array,
  scores: Float32Array | null,
  truth: Uint8Array,
): Answer {
  const { meanIou, accuracy } = scoresOf(confusion(classes, truth, NAMES.length), NAMES.length);
  const outlines = boundaryF(classes, truth, NAMES.length, 96, TOLERANCE);
  return { classes, scores, accuracy, meanIou, boundaryF: meanBoundaryF(outlines) };
}

const answer = remembered((key): Answer | null => {
  const [network, index, off] = key.split(" ") as [Name, string, string];
  const { image, mask } = sceneOf({ index: Number(index) });
  const scores = scoresFor(network, image, [...off].map(Number));
  return scores && judged(classMap(scores, NAMES.length), scores, mask);
});

const off = (skips: readonly boolean[]) =>
  skips.flatMap((on, level) => (on ? [] : [String(level)])).join("");

/** Null while a network is not started. */
export function answersOf({ index, skips }: State): Answers | null {
  const whole = answer(`with ${index} `);
  const switched = allOn(skips) ? whole : answer(`with ${index} ${off(skips)}`);
  if (!whole || !switched) return null;
  if (!STORED.without) return [whole, switched];
  const without = answer(`without ${index} `);
  return without && [whole, switched, without];
}

/** A map of classes row by row, a digit or an "a" a pixel: short enough for a trait. */
export function rowsOf(classes: Uint8Array): string[] {
  const digits = Array.from(classes, (label) => label.toString(16));
  return Array.from({ length: 96 }, (_, row) => digits.slice(96 * row, 96 * (row + 1)).join(""));
}

/** The traits that the page computes. */
export function derived(state: State): Record<string, unknown> {
  const answers = answersOf(state)?.filter((one) => one !== undefined);
  if (!answers) return {};
  return {
    output: answers.map(({ classes }) => rowsOf(classes)),
    accuracy: answers.map(({ accuracy }) => accuracy),
    mean_iou: answers.map(({ meanIou }) => meanIou),
    boundary_f: answers.map((one) => one.boundaryF),
  };
}

/** Answers from the maps that Python has computed, for the time until the networks have started. */
export function computed(output: unknown, state: State): Answers | null {
  if (!Array.isArray(output) || output.length < 2) return null;
  const { mask } = sceneOf(state);
  const read = (rows: string[]) =>
    Uint8Array.from(rows.join(""), (digit) => Number.parseInt(digit, 16));
  return output.map((rows) => judged(read(rows), null, mask)) as unknown as Answers;
}
