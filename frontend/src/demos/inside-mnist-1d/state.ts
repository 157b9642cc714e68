/** The state of the demo: what is possible, and the signal that it stands for. */

import { RandomState } from "../../core/mersenne.ts";
import { standardised, templates } from "../../core/mnist1d.ts";
import { once } from "../../core/once.ts";
import { DATA_SET, normals, sample as sampled } from "../../core/sampler.ts";
import { LENGTH, samples } from "../../data/mnist1d.ts";
import { checkNumber, checkNumbers, checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";
import { type NetworkName, shape, type Unit } from "./layers.ts";

export const SOURCES = ["template", "sample"] as const;
export const NETWORKS = ["flatten", "pool"] as const satisfies readonly NetworkName[];
export const GUESSES = ["both", "flatten", "pool", "neither"] as const;

export type Guess = (typeof GUESSES)[number];

export interface State {
  source: (typeof SOURCES)[number];
  /** Which template, and what is done to it: the numbers of the data set's sampler. */
  digit: number;
  place: number;
  padding: number;
  scale: number;
  shear: number;
  noise: number;
  seed: number;
  /** Which of the test samples. */
  sample: number;
  /** The reader's own signal, or nothing. */
  signal: number[];
  /** Positions to the right by which a finished signal is moved; the end value is repeated. */
  shift: number;
  network: NetworkName;
  /** Layer, channel and position of the unit that is taken apart. */
  unit: Unit;
  predict: boolean;
  guess: Guess | null;
}

export const KEYS = [
  "source",
  "digit",
  "place",
  "padding",
  "scale",
  "shear",
  "noise",
  "seed",
  "sample",
  "signal",
  "shift",
  "network",
  "unit",
  "predict",
  "guess",
] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  digit: { min: 0, max: 9 },
  place: { min: 0, max: 53 },
  padding: { min: 36, max: 60 },
  scale: { min: 0, max: 3 },
  shear: { min: -1, max: 1 },
  noise: { min: 0, max: 3 },
  seed: { min: 0, max: 999 },
  sample: { min: 0, max: 19 },
  shift: { min: -10, max: 10 },
  value: { min: -100, max: 100 },
} as const;

/** Whether a template makes the signal. */
export function fromTemplate({ source, signal }: State): boolean {
  return source === "template" && signal.length === 0;
}

/** What moves: the template under its noise, or the finished signal. */
export function movedBy(state: State): "place" | "shift" {
  return fromTemplate(state) ? "place" : "shift";
}

/** All the places, or shifts, to which the signal can be moved. */
export function moves(state: State): readonly number[] {
  return movedBy(state) === "place" ? PLACES : SHIFTS;
}

const range = ({ min, max }: { min: number; max: number }): readonly number[] =>
  Array.from({ length: max - min + 1 }, (_, i) => min + i);
export const SHIFTS = range(LIMITS.shift);
export const PLACES = range(LIMITS.place);

const digits = templates();

/** A template and its noise come from the seed alone: drawn once for all places. */
let noiseOf: { seed: number; correlated: Float64Array; white: Float64Array } | null = null;

function made(state: State, place: number): number[] {
  const { seed, digit, padding, scale, shear, noise } = state;
  if (noiseOf?.seed !== seed) {
    const random = new RandomState(seed);
    noiseOf = { seed, correlated: normals(random), white: normals(random) };
  }
  const draws = { ...noiseOf, padding, scale, shear, shift: place };
  const { correlated, white } = DATA_SET.strengths;
  const strengths = { correlated: correlated * noise, white: white * noise };
  return Array.from(sampled(digits[digit]!, draws, strengths), standardised);
}

/** The finished signal before it is shifted. */
function finished({ signal, sample }: State): readonly number[] {
  return signal.length > 0 ? signal : samples()[sample]!.values;
}

/** The forty values at another place, or shift. */
export function valuesAt(state: State, at: number): number[] {
  if (fromTemplate(state)) return made(state, at);
  const values = finished(state);
  return values.map((_, i) => values[sourceOf(i, at)]!);
}

/** The position whose value stands at position `i` after a shift: an end's, where none comes in. */
export function sourceOf(i: number, shift: number): number {
  return Math.min(LENGTH - 1, Math.max(0, i - shift));
}

/** The forty values that the networks read. */
export const values = once((state: State) => valuesAt(state, state[movedBy(state)]));

/** The class, or null where nobody knows it. */
export function label(state: State): number | null {
  if (state.signal.length > 0) return null;
  return fromTemplate(state) ? state.digit : samples()[state.sample]!.label;
}

/** The inputs over which the template lies, first and last, or null where there is none. */
export function extent(state: State): [number, number] | null {
  if (!fromTemplate(state)) return null;
  const toInput = (at: number) => (at * (LENGTH - 1)) / 71;
  const long = (12 * 71) / (11 + state.padding);
  return [toInput(state.place), toInput(Math.min(71, state.place + long))];
}

/**
 * The mean has one position only. A guess is of one question: another signal asks another; who
 * looks at another layer or network still asks the same.
 */
export function settle(candidate: State, before: { last: State } | null): State {
  const settled = fitting(candidate);
  if (before === null || settled.guess === null) return settled;
  const { last } = before;
  const same = QUESTION.every((key) => settled[key] === last[key]);
  return same || settled.guess !== last.guess ? settled : { ...settled, guess: null };
}

const QUESTION = KEYS.filter((key) => !["network", "unit", "guess"].includes(key));

function fitting(state: State): State {
  if (!isUnit(state.unit) || checkWord("network", "", state.network, NETWORKS)) return state;
  const [layer, channel, position] = state.unit;
  const last = shape(state.network, layer).positions - 1;
  return layer === 4 && position > last ? { ...state, unit: [layer, channel, last] } : state;
}

/** Whether the answers wait for a guess; nobody knows the class of a reader's own signal. */
export function hidden({ predict, guess, signal }: State): boolean {
  return predict && guess === null && signal.length === 0;
}

export function check(state: State): Problem | null {
  return (
    checkWord("source", "The source", state.source, SOURCES) ??
    checkWhole("digit", "The digit", state.digit, LIMITS.digit) ??
    checkWhole("place", "The place", state.place, LIMITS.place) ??
    checkWhole("padding", "The number of zeros", state.padding, LIMITS.padding) ??
    checkNumber("scale", "The scale", state.scale, LIMITS.scale) ??
    checkNumber("shear", "The shear", state.shear, LIMITS.shear) ??
    checkNumber("noise", "The noise", state.noise, LIMITS.noise) ??
    checkWhole("seed", "The seed", state.seed, LIMITS.seed) ??
    checkWhole("sample", "The sample", state.sample, LIMITS.sample) ??
    checkSignal(state.signal) ??
    checkWhole("shift", "The shift", state.shift, LIMITS.shift) ??
    checkWord("network", "The network", state.network, NETWORKS) ??
    checkUnit(state.unit) ??
    checkPrediction(state)
  );
}

function checkSignal(signal: unknown): Problem | null {
  if (Array.isArray(signal) && signal.length === 0) return null;
  const exactly = { min: LENGTH, max: LENGTH };
  const { min, max } = LIMITS.value;
  return (
    checkNumbers("signal", "The signal", signal, exactly, LIMITS.value) && {
      control: "signal",
      message: `The signal takes ${LENGTH} numbers from ${min} to ${max}, or none.`,
    }
  );
}

const isUnit = (unit: unknown): unit is Unit =>
  Array.isArray(unit) && unit.length === 3 && unit.every(Number.isInteger) && unit[0] in LAYERS;
const LAYERS = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 };

function checkUnit(unit: unknown): Problem | null {
  if (!isUnit(unit)) {
    const message = `The unit is ${unit}; it is a layer from 1 to 5, a channel and a position.`;
    return { control: "unit", message };
  }
  const { channels, positions } = shape("flatten", unit[0]);
  if (unit[1] >= 0 && unit[1] < channels && unit[2] >= 0 && unit[2] < positions) return null;
  const message = `The unit is ${unit}; layer ${unit[0]} has ${channels} channels and ${positions} ${positions > 1 ? "positions" : "position"}, counted from 0.`;
  return { control: "unit", message };
}

function checkPrediction({ predict, guess }: State): Problem | null {
  if (typeof predict !== "boolean") {
    return { control: "predict", message: `“Predict” is ${predict}; it is true or false.` };
  }
  return guess === null ? null : checkWord("guess", "The guess", guess, GUESSES);
}
