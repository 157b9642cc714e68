/** The state of the demo: what is possible, and what follows from it. */

import { type Layer, layerOutput, type Reconstruction, reconstruct } from "../../core/channels.ts";
import { equal } from "../../core/equal.ts";
import { type Geometry, outputLength, problem } from "../../core/geometry.ts";
import { checkFlag, checkNumbers, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export interface State {
  /** [inChannels][length] */
  signals: number[][];
  /** [outChannels][inChannels][kernelSize] */
  kernels: number[][][];
  /** [outChannels] */
  biases: number[];
  relu: boolean;
  padding: "zeros" | "valid";
  /** The output that is pointed at. */
  channel: number;
  position: number;
  /** The input channel whose slice the named kernels go to. */
  source: number;
  /** Whether the filter pointed at is shown slice by slice. */
  explode: boolean;
  /** Whether the input is rebuilt from the outputs, and from which it is not. */
  rebuild: boolean;
  muted: number[];
}

export const KEYS = [
  "signals",
  "kernels",
  "biases",
  "relu",
  "padding",
  "channel",
  "position",
  "source",
  "explode",
  "rebuild",
  "muted",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  channels: { min: 1, max: 4 },
  length: { min: 3, max: 16 },
  size: { min: 1, max: 5 },
  value: { min: -100, max: 100 },
} as const;

export const PADDINGS = ["zeros", "valid"] as const;

export function geometry({ signals, kernels, padding }: State): Geometry {
  const [length, kernelSize] = [signals[0]!.length, kernels[0]![0]!.length];
  return { length, kernelSize, stride: 1, dilation: 1, padding };
}

/** The trait `output`. */
export const output = (state: State): number[][] => layerOutput(state);

const rebuilt: { from: unknown; found: Reconstruction | null } = { from: null, found: null };

/** The input as the outputs allow to rebuild it; null where that is not asked for. */
export function reconstruction(state: State): Reconstruction | null {
  if (!state.rebuild) return null;
  const layer: Layer & { muted: number[] } = {
    signals: state.signals,
    kernels: state.kernels,
    biases: state.biases,
    padding: state.padding,
    relu: state.relu,
    muted: state.muted,
  };
  // Pointing elsewhere changes nothing about it.
  if (!equal(rebuilt.from, layer)) {
    const kept = [...state.kernels.keys()].filter((o) => !state.muted.includes(o));
    rebuilt.found = reconstruct(layer, kept);
    rebuilt.from = layer;
  }
  return rebuilt.found;
}

/** The last of each thing that can be pointed at. */
export function lasts(state: State) {
  return {
    channel: state.kernels.length - 1,
    position: outputLength(geometry(state)) - 1,
    source: state.signals.length - 1,
  };
}

/**
 * Keep what is pointed at on the last where there are fewer than before.
 *
 * What differs from the state before has been asked for, and is not bent.
 */
export function settle(candidate: State, before: { last: State; initial: State } | null): State {
  const free = { ...candidate, channel: 0, position: 0, source: 0, muted: [] };
  if (before === null || check(free) !== null) return candidate;
  const most = lasts(candidate);
  const kept = (key: "channel" | "position" | "source") => {
    const value = candidate[key];
    const asked = value !== before.last[key] && value !== before.initial[key];
    return asked ? value : Math.min(value, most[key]);
  };
  const muted = equal(candidate.muted, before.last.muted)
    ? candidate.muted.filter((o) => o <= most.channel)
    : candidate.muted;
  return {
    ...candidate,
    channel: kept("channel"),
    position: kept("position"),
    source: kept("source"),
    muted,
  };
}

/** Why a state is impossible, in words, and which control can mend it. */
export function check(state: State): Problem | null {
  return (
    checkSignals(state.signals) ??
    checkKernels(state.kernels) ??
    checkNumbers("biases", "The list of biases", state.biases, LIMITS.channels, LIMITS.value) ??
    checkWord("padding", "The padding", state.padding, PADDINGS) ??
    checkShapes(state) ??
    checkPointed(state) ??
    checkFlag("relu", "ReLU", state.relu) ??
    checkFlag("explode", "One filter, slice by slice", state.explode) ??
    checkFlag("rebuild", "Rebuild the input", state.rebuild)
  );
}

function checkSignals(signals: unknown): Problem | null {
  const control = "signals";
  const wrong = checkCount(control, "input channels", signals);
  if (wrong) return wrong;
  const channels = signals as unknown[];
  for (const [c, channel] of channels.entries()) {
    const problem = checkNumbers(
      control,
      `Input channel ${c + 1}`,
      channel,
      LIMITS.length,
      LIMITS.value,
    );
    if (problem) return problem;
  }
  const lengths = (channels as number[][]).map(({ length }) => length);
  if (new Set(lengths).size === 1) return null;
  const message = `The input channels have ${lengths.join(", ")} values; they must be equally long.`;
  return { control, message };
}

function checkKernels(kernels: unknown): Problem | null {
  const control = "kernels";
  const wrong = checkCount(control, "filters", kernels);
  if (wrong) return wrong;
  const sizes = new Set<number>();
  for (const [o, filter] of (kernels as unknown[]).entries()) {
    const none = checkCount(control, `slices in filter ${o + 1}`, filter);
    if (none) return none;
    for (const [c, slice] of (filter as unknown[]).entries()) {
      const name = `Slice ${c + 1} of filter ${o + 1}`;
      const problem = checkNumbers(control, name, slice, LIMITS.size, LIMITS.value);
      if (problem) return problem;
      sizes.add((slice as number[]).length);
    }
  }
  if (sizes.size === 1) return null;
  return { control, message: "The slices differ in size; all have the same number of weights." };
}

function checkShapes(state: State): Problem | null {
  const { signals, kernels, biases } = state;
  const odd = kernels.findIndex((filter) => filter.length !== signals.length);
  if (odd >= 0) {
    const has = `Filter ${odd + 1} has ${kernels[odd]!.length} slices`;
    const message = `${has}, but there are ${signals.length} input channels; it needs one for each.`;
    return { control: "kernels", message };
  }
  if (biases.length !== kernels.length) {
    const message = `There are ${biases.length} biases for ${kernels.length} filters; each has one.`;
    return { control: "biases", message };
  }
  const message = problem(geometry(state));
  return message === null ? null : { control: "padding", message };
}

function checkPointed(state: State): Problem | null {
  const most = lasts(state);
  return (
    checkWhole("channel", "The output channel", state.channel, { min: 0, max: most.channel }) ??
    checkWhole("position", "The position", state.position, { min: 0, max: most.position }) ??
    checkWhole("source", "The input channel", state.source, { min: 0, max: most.source }) ??
    checkMuted(state.muted, most.channel)
  );
}

function checkMuted(muted: unknown, last: number): Problem | null {
  const fits = (o: unknown) => Number.isInteger(o) && (o as number) >= 0 && (o as number) <= last;
  if (Array.isArray(muted) && muted.length <= last + 1 && muted.every(fits)) return null;
  const message = `Muted is ${muted}; it lists output channels from 0 to ${last}.`;
  return { control: "muted", message: message.slice(0, 200) };
}

function checkCount(control: string, name: string, list: unknown): Problem | null {
  const { min, max } = LIMITS.channels;
  const count = Array.isArray(list) ? list.length : 0;
  if (count >= min && count <= max) return null;
  return { control, message: `There are ${count} ${name}; there must be ${min} to ${max}.` };
}
