/** The state of the demo: what is possible, and what follows from it. */

import {
  type Axes,
  axes,
  channelOf,
  convolve2d,
  outputSize,
  problem2d,
  rectified,
  rowsOf,
  type Volume,
  volumeOf,
} from "../../core/convolution2d.ts";
import { PADDINGS, type Padding } from "../../core/padding.ts";
import { colours, PHOTOGRAPHS, type PhotographName, photograph } from "../../data/photographs.ts";
import { checkNumbers, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export const COLOURS = ["red", "green", "blue"] as const;

type Rows = readonly (readonly number[])[];
export type Filter = readonly Rows[];

export interface State {
  photograph: PhotographName;
  /** [outChannels][3][size][size] */
  filters: number[][][][];
  biases: number[];
  relu: boolean;
  padding: Padding;
  /** The output channel that is taken apart, and the pixel that is pointed at, from 0. */
  channel: number;
  row: number;
  column: number;
  /** Input channels whose slices do not count. */
  muted: number[];
}

export const KEYS = [
  "photograph",
  "filters",
  "biases",
  "relu",
  "padding",
  "channel",
  "row",
  "column",
  "muted",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  channels: { min: 1, max: 4 },
  value: { min: -100, max: 100 },
  bias: { min: -1000, max: 1000 },
} as const;

export const SIZES = [1, 3] as const;

const whole = new Map<PhotographName, Volume>();
const parts = new Map<PhotographName, Volume[]>();

/** Red, green and blue as one image. */
export function colourImage({ photograph: name }: Pick<State, "photograph">): Volume {
  const known = whole.get(name) ?? colours(photograph(name));
  whole.set(name, known);
  return known;
}

/** The input channels, one image each. */
export function inputs(state: Pick<State, "photograph">): Volume[] {
  const { photograph: name } = state;
  const image = colourImage(state);
  const known = parts.get(name) ?? COLOURS.map((_, c) => channelOf(image, c));
  parts.set(name, known);
  return known;
}

export const sizeOf = ({ filters }: Pick<State, "filters">) => filters[0]![0]!.length;

export function geometry(state: State): Axes {
  const side = { rows: sizeOf(state), columns: sizeOf(state) };
  return axes(colourImage(state), side, { stride: 1, dilation: 1, padding: state.padding });
}

const known = new WeakMap<Rows, Map<string, Volume>>();

/** What one slice makes of its input channel; computed once for each slice that there has been. */
export function sliceMap(state: State, channel: number, input: number): Volume {
  const slice = state.filters[channel]![input]!;
  const made = known.get(slice) ?? new Map<string, Volume>();
  known.set(slice, made);
  const key = `${state.photograph} ${state.padding} ${input}`;
  const found = made.get(key);
  if (found) return found;
  const weight = { ...volumeOf(slice), outChannels: 1, inChannels: 1 };
  const options = { stride: 1, dilation: 1, padding: state.padding, groups: 1 };
  const map = convolve2d(inputs(state)[input]!, weight, options);
  made.set(key, map);
  return map;
}

export interface FeatureMap {
  /** Slices and bias added up. */
  sum: Volume;
  output: Volume;
  rows: number[][];
  /** The largest magnitude in the sum and in the slices: they share one scale. */
  largest: number;
}

const slots: { key: readonly unknown[]; map: FeatureMap }[] = [];

/** One output channel; computed once for what it depends on. */
export function featureMap(state: State, channel: number): FeatureMap {
  const { photograph: name, padding, relu, filters, biases, muted } = state;
  const filter = filters[channel]!;
  const key = [name, padding, relu, filter, biases[channel], muted.join()];
  const slot = slots[channel];
  if (slot && key.every((part, i) => part === slot.key[i])) return slot.map;
  const counted = COLOURS.map((_, c) => c).filter((c) => !muted.includes(c));
  const maps = counted.map((c) => sliceMap(state, channel, c));
  const size = outputSize(geometry(state));
  const values = new Float64Array(size.rows * size.columns).fill(biases[channel]!);
  let largest = 0;
  for (const { values: part } of maps) {
    for (let i = 0; i < values.length; i++) {
      values[i]! += part[i]!;
      largest = Math.max(largest, Math.abs(part[i]!));
    }
  }
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const sum = { channels: 1, ...size, values };
  const output = relu ? rectified(sum) : sum;
  const map = { sum, output, rows: rowsOf(output), largest };
  slots[channel] = { key, map };
  return map;
}

/** The trait `output`. */
export function output(state: State): number[][][] {
  return state.filters.map((_, channel) => featureMap(state, channel).rows);
}

/** Keep what is pointed at where there is less of it than before. */
export function settle(candidate: State, before: { last: State; initial: State } | null): State {
  if (before === null || check({ ...candidate, channel: 0, row: 0, column: 0 }) !== null) {
    return candidate;
  }
  const { rows, columns } = outputSize(geometry(candidate));
  const place = (key: "channel" | "row" | "column", count: number) => {
    const asked = candidate[key] !== before.last[key] && candidate[key] !== before.initial[key];
    return asked ? candidate[key] : Math.min(candidate[key], count - 1);
  };
  return {
    ...candidate,
    channel: place("channel", candidate.filters.length),
    row: place("row", rows),
    column: place("column", columns),
  };
}

/** Why a state is impossible, in words, and which control can mend it. */
export function check(state: State): Problem | null {
  const { filters, biases } = state;
  return (
    checkWord("photograph", "The photograph", state.photograph, PHOTOGRAPHS) ??
    checkFilters(filters) ??
    checkNumbers("bias", "The list of biases", biases, LIMITS.channels, LIMITS.bias) ??
    (biases.length === filters.length
      ? null
      : {
          control: "bias",
          message: `There are ${biases.length} biases, but ${filters.length} filters; each has one.`,
        }) ??
    checkSwitch(state.relu) ??
    checkWord("padding", "The padding", state.padding, PADDINGS) ??
    checkMuted(state.muted) ??
    checkPlaces(state)
  );
}

function checkFilters(filters: unknown): Problem | null {
  const refuse = (message: string): Problem => ({ control: "filters", message });
  const list = Array.isArray(filters) ? filters : [];
  const { min, max } = LIMITS.channels;
  if (list.length < min || list.length > max) {
    return refuse(`There are ${list.length} filters; there may be ${min} to ${max}.`);
  }
  const size = list[0]?.[0]?.length;
  for (const filter of list) {
    if (!Array.isArray(filter) || filter.length !== 3) {
      return refuse("Each filter needs 3 slices: one for red, one for green, one for blue.");
    }
    for (const slice of filter) {
      const square =
        Array.isArray(slice) &&
        slice.length === size &&
        slice.every((row: unknown) => Array.isArray(row) && row.length === size);
      if (!square || !SIZES.includes(size)) {
        return refuse("Each slice is 1×1 or 3×3, and all are of one size.");
      }
      for (const value of slice.flat()) {
        if (typeof value === "number" && Math.abs(value) <= LIMITS.value.max) continue;
        return refuse(`A slice holds ${value}; each weight is a number from −100 to 100.`);
      }
    }
  }
  return null;
}

function checkSwitch(relu: unknown): Problem | null {
  if (typeof relu === "boolean") return null;
  return { control: "relu", message: `“ReLU” is ${relu}; it is true or false.` };
}

function checkMuted(muted: unknown): Problem | null {
  const list = Array.isArray(muted) ? muted : [null];
  if (list.length <= 3 && list.every((c) => [0, 1, 2].includes(c))) return null;
  return { control: "muted", message: "Muted are input channels: 0 is red, 1 green, 2 blue." };
}

function checkPlaces(state: State): Problem | null {
  const message = problem2d(geometry(state));
  if (message !== null) return { control: "padding", message };
  const { rows, columns } = outputSize(geometry(state));
  const range = (count: number) => ({ min: 0, max: count - 1 });
  return (
    checkWhole("channel", "The output channel", state.channel, range(state.filters.length)) ??
    checkWhole("place", "The row", state.row, range(rows)) ??
    checkWhole("place", "The column", state.column, range(columns))
  );
}
