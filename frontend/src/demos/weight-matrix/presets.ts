/** States that each show one thing, with the input that is there. */

import type { State } from "./state.ts";

const PLAIN = { kind: "convolution", stride: 1, dilation: 1, padding: "zeros" } as const;

export const PRESETS = {
  "fully connected": { kind: "fully connected" },
  "size 3": { ...PLAIN, kernel: [0.5, 1, -0.5] },
  "stride 2": { ...PLAIN, kernel: [0.5, 1, -0.5], stride: 2 },
  "dilation 2": { ...PLAIN, kernel: [0.5, 1, -0.5], dilation: 2 },
  valid: { ...PLAIN, kernel: [0.5, 1, -0.5], padding: "valid" },
  reflect: { ...PLAIN, kernel: [0.5, 1, -0.5], padding: "reflect" },
  circular: { ...PLAIN, kernel: [0.5, 1, -0.5], padding: "circular" },
  "size 1": { ...PLAIN, kernel: [1] },
} as const satisfies Record<string, Partial<Record<keyof State, unknown>>>;

export type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

export const takePreset = (name: PresetName) => structuredClone(PRESETS[name]) as Partial<State>;
