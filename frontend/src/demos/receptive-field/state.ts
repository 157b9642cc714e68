/** The state of the demo: what is possible, and what follows from it. */

import { once } from "../../core/once.ts";
import {
  chainLengths,
  type Layer,
  pathCounts,
  receptiveFields,
  unitsReached,
  unitsRead,
} from "../../core/receptive-field.ts";
import { checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export const VIEWS = ["field", "paths", "gradients"] as const;

export type View = (typeof VIEWS)[number];

export interface State {
  /** Number of inputs. */
  length: number;
  /** Each layer as [kernel size, stride, dilation, padding on each side]. */
  layers: number[][];
  /** Channels of every layer. */
  channels: number;
  /** The layer whose settings the controls show, from 1. */
  layer: number;
  /** The unit that is pointed at, as [layer from 1, index from 0], or [] for none. */
  unit: number[];
  /** The input that is pointed at, as [index from 0], or [] for none. */
  input: number[];
  /** What stands above the inputs: nothing, the number of paths, or the gradients. */
  view: View;
  /** Random draws of weights and input for the gradients, and what they begin with. */
  draws: number;
  seed: number;
}

export const KEYS = [
  "length",
  "layers",
  "channels",
  "layer",
  "unit",
  "input",
  "view",
  "draws",
  "seed",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  length: { min: 1, max: 64 },
  layers: { min: 1, max: 8 },
  kernel_size: { min: 1, max: 9 },
  stride: { min: 1, max: 4 },
  dilation: { min: 1, max: 8 },
  padding: { min: 0, max: 16 },
  channels: { min: 1, max: 32 },
  draws: { min: 1, max: 1000 },
  seed: { min: 0, max: 9999 },
} as const;

/** The settings of a layer, in the order in which `layers` lists them. */
export const SETTINGS = ["kernel_size", "stride", "dilation", "padding"] as const;

export const SETTING_NAMES = {
  kernel_size: "Kernel size",
  stride: "Stride",
  dilation: "Dilation",
  padding: "Padding",
} as const;

export function layersOf({ layers }: State): Layer[] {
  return layers.map(([kernelSize, stride, dilation, padding]) => ({
    kernelSize: kernelSize!,
    stride: stride!,
    dilation: dilation!,
    padding: padding!,
  }));
}

/** Who reads whom: rows from the input on, empty where nothing is pointed at. */
export const analysis = once((state: State) => {
  const layers = layersOf(state);
  const { length, unit, input } = state;
  const [row, index] = unit;
  return {
    layers,
    fields: receptiveFields(layers),
    lengths: chainLengths(layers, length),
    paths: row === undefined ? [] : pathCounts(layers, length, row, index!),
    read: row === undefined ? [] : unitsRead(layers, length, row, index!),
    reached: input.length === 0 ? [] : unitsReached(layers, length, input[0]!),
  };
});

/** What the page computes, as traits. */
export function derived(state: State) {
  const { fields, lengths, paths, read, reached } = analysis(state);
  const above = fields.slice(1);
  return {
    lengths: lengths.slice(1),
    sizes: above.map(({ size }) => size),
    jumps: above.map(({ jump }) => jump),
    starts: above.map(({ start }) => start),
    output: paths,
    read: read[0] ?? [],
    reached: reached.at(-1) ?? [],
  };
}

/** The middle unit of the last layer. */
export function middleUnit(state: State): number[] {
  const last = state.layers.length;
  const count = chainLengths(layersOf(state), state.length)[last]!;
  return [last, Math.floor((count - 1) / 2)];
}

/**
 * Keep what is pointed at on something that exists when layers, units or inputs have gone.
 *
 * What has just been asked for is not bent.
 */
export function settle(candidate: State, before: { last: State; initial: State } | null): State {
  if (before === null) return candidate;
  const { last, initial } = before;
  const bare = { ...candidate, unit: [], input: [], layer: 1 };
  if (check(bare) !== null) return candidate;
  const same = (key: "unit" | "input" | "layer") =>
    String(candidate[key]) === String(last[key]) || String(candidate[key]) === String(initial[key]);
  const count = candidate.layers.length;
  const lengths = chainLengths(layersOf(candidate), candidate.length);
  const settled = { ...candidate };
  if (same("layer")) settled.layer = Math.min(settled.layer, count);
  const [row, index] = candidate.unit;
  if (same("unit") && row !== undefined && index !== undefined) {
    const kept = Math.min(row, count);
    settled.unit = [kept, Math.min(index, lengths[kept]! - 1)];
  }
  const [position] = candidate.input;
  if (same("input") && position !== undefined) {
    settled.input = [Math.min(position, candidate.length - 1)];
  }
  return settled;
}

/** Why a state is impossible, in words, and which control can mend it. */
export function check(state: State): Problem | null {
  return (
    checkWhole("length", "The number of inputs", state.length, LIMITS.length) ??
    checkLayers(state) ??
    checkWhole("channels", "The number of channels", state.channels, LIMITS.channels) ??
    checkUnits(state) ??
    checkWhole("layer", "The layer", state.layer, { min: 1, max: state.layers.length }) ??
    checkUnit(state) ??
    checkInput(state) ??
    checkWord("view", "The view", state.view, VIEWS) ??
    checkWhole("draws", "The number of draws", state.draws, LIMITS.draws) ??
    checkWhole("seed", "The seed", state.seed, LIMITS.seed)
  );
}

function checkLayers({ layers }: State): Problem | null {
  const control = "layers";
  const { min, max } = LIMITS.layers;
  const count = Array.isArray(layers) ? layers.length : 0;
  if (count < min || count > max) {
    return { control, message: `There are ${count} layers; a stack has ${min} to ${max}.` };
  }
  for (const [l, layer] of layers.entries()) {
    if (!Array.isArray(layer) || layer.length !== SETTINGS.length) {
      const wanted = "kernel size, stride, dilation, padding";
      return { control, message: `Layer ${l + 1} needs four numbers: ${wanted}.` };
    }
    for (const [i, setting] of SETTINGS.entries()) {
      const name = `The ${SETTING_NAMES[setting].toLowerCase()} of layer ${l + 1}`;
      const problem = checkWhole(setting, name, layer[i], LIMITS[setting]);
      if (problem) return problem;
    }
  }
  return null;
}

function checkUnits(state: State): Problem | null {
  const layers = layersOf(state);
  const lengths = chainLengths(layers, state.length);
  const empty = lengths.indexOf(0);
  if (empty < 0) return null;
  const { kernelSize, dilation, padding } = layers[empty - 1]!;
  const span = dilation * (kernelSize - 1) + 1;
  const below = lengths[empty - 1]!;
  const room = padding === 0 ? `${below}` : `${below} and ${2 * padding} zeros`;
  return {
    control: "layers",
    message: `Layer ${empty} would have no unit: its kernel spans ${span}, and below it there ${below === 1 && padding === 0 ? "is" : "are"} only ${room}. Shorten the kernel, or add inputs or padding.`,
  };
}

function checkUnit(state: State): Problem | null {
  const { unit } = state;
  if (!Array.isArray(unit) || (unit.length !== 0 && unit.length !== 2)) {
    return { control: "unit", message: "A unit is given as its layer and its index." };
  }
  if (unit.length === 0) return null;
  const lengths = chainLengths(layersOf(state), state.length);
  return (
    checkWhole("unit", "The unit’s layer", unit[0], { min: 1, max: state.layers.length }) ??
    checkWhole("unit", "The unit’s index", unit[1], { min: 0, max: lengths[unit[0]!]! - 1 })
  );
}

function checkInput({ input, length }: State): Problem | null {
  if (!Array.isArray(input) || input.length > 1) {
    return { control: "input", message: "An input is given as its index alone." };
  }
  if (input.length === 0) return null;
  return checkWhole("input", "The input’s index", input[0], { min: 0, max: length - 1 });
}
