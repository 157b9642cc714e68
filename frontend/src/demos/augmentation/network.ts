/** What the classifier of the scenes says of a changed scene. */

import { type Augmentation, augment } from "../../core/augmentation.ts";
import type { Runner } from "../../core/inference/runner.ts";
import { softmax } from "../../core/network.ts";
import { once } from "../../core/once.ts";
import { COMPONENTS } from "../../data/augmentation.ts";
import type { Sample, State } from "./state.ts";
import { SIDE, type Subject, subject } from "./subject.ts";

const AREA = SIDE * SIDE;

let runner: Runner | null = null;

export const isStarted = () => runner !== null;

export function install(started: Runner): void {
  runner = started;
}

function answerTo({ image }: Subject, change: Augmentation): readonly number[] {
  const view = augment(image, change, COMPONENTS, SIDE);
  const planes = new Float32Array(3 * AREA);
  for (let i = 0; i < view.length; i++) {
    planes[(i % 3) * AREA + Math.floor(i / 3)] = view[i]! / 255;
  }
  runner!.run(planes);
  return softmax([...runner!.map().values]);
}

const answered = once((state: State) => answerTo(subject(state), state));

/** The probability of each class; null where the network does not know such pictures, or not yet. */
export function answer(state: State): readonly number[] | null {
  return state.picture === "scene" && isStarted() ? answered(state) : null;
}

let known: { samples: readonly Sample[]; answers: readonly (readonly number[])[] } | null = null;

/** The same for random changes of it. */
export function answers(state: State, samples: readonly Sample[]) {
  if (state.picture !== "scene" || !isStarted()) return null;
  if (known?.samples === samples) return known.answers;
  const found = samples.map(({ change }) => answerTo(subject(state), change));
  known = { samples, answers: found };
  return found;
}
