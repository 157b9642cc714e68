/** States worth seeing, each for one point. */

import { equal } from "../../core/equal.ts";
import { LENGTH } from "../../data/mnist1d.ts";
import type { State } from "./state.ts";

const TEMPLATE = {
  source: "template",
  signal: [],
  digit: 4,
  padding: 48,
  scale: 1,
  shear: 0.1,
  noise: 1,
  seed: 1,
} satisfies Partial<State>;
const SAMPLE = { source: "sample", signal: [] } satisfies Partial<State>;

export const PRESETS = {
  "in its place": { ...TEMPLATE, place: 20 },
  // One step further than any training example, then a few: flattening has no weights for it.
  "beyond the training data": { ...TEMPLATE, place: 51 },
  "a sample, shifted": { ...SAMPLE, sample: 14, shift: 5 },
  "pushed out": { ...SAMPLE, sample: 11, shift: -9 },
  "where the mean errs": { ...SAMPLE, sample: 18, shift: 3 },
  "nothing at all": { signal: new Array<number>(LENGTH).fill(0), shift: 0 },
} satisfies Record<string, Partial<State>>;

export type PresetName = keyof typeof PRESETS;

/** The preset that holds, or null. */
export function presetOf(state: State): PresetName | null {
  const holds = ([, preset]: [string, Partial<State>]) =>
    Object.entries(preset).every(([key, value]) => equal(state[key as keyof State], value));
  return (Object.entries(PRESETS).find(holds)?.[0] as PresetName | undefined) ?? null;
}
