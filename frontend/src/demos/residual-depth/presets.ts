/** States that each show one point. */

import { equal } from "../../core/equal.ts";
import type { State } from "./state.ts";

type Preset = Pick<
  State,
  "depth" | "skip" | "batch_norm" | "initialisation" | "activation" | "removed"
>;

const PLAIN: Preset = {
  depth: 30,
  skip: false,
  batch_norm: false,
  initialisation: "PyTorch",
  activation: "ReLU",
  removed: 0,
};

export const PRESETS = {
  vanishing: PLAIN,
  skips: { ...PLAIN, skip: true },
  doubling: { ...PLAIN, skip: true, initialisation: "He" },
  "normalised, no skips": { ...PLAIN, batch_norm: true, initialisation: "He" },
  both: { ...PLAIN, skip: true, batch_norm: true, initialisation: "He" },
  "one out, plain": { ...PLAIN, batch_norm: true, initialisation: "He", removed: 10 },
  "one out, residual": {
    ...PLAIN,
    skip: true,
    batch_norm: true,
    initialisation: "He",
    removed: 10,
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

/** What choosing a preset changes: who looks at a layer that is taken out reads it. */
export function presetNamed(name: PresetName): Partial<State> {
  const preset = PRESETS[name];
  return preset.removed > 0 ? { ...preset, layer: preset.removed } : preset;
}

/** The preset that holds, or null. */
export function presetOf(state: State): PresetName | null {
  const holds = (preset: Preset) =>
    (Object.keys(preset) as (keyof Preset)[]).every((key) => equal(state[key], preset[key]));
  return PRESET_NAMES.find((name) => holds(PRESETS[name])) ?? null;
}
