/** The classes, colours and photographs that scenes are made of. */

import type { Colour } from "./description.ts";
import { type PackedPhotographs, type Pixels, unpack } from "./packed.ts";
import { type Distance, distanceOf, type Shape } from "./shapes.ts";

export type Split = "train" | "validation" | "test";
export type Task = "classification" | "detection" | "segmentation";

export const SPLITS: readonly Split[] = ["train", "validation", "test"];
export const TASKS: readonly Task[] = ["classification", "detection", "segmentation"];

/** What one colour of a class may be: hues counted on from `first`, and tones of the wheel. */
export interface Slot {
  tones: readonly string[];
  first: number;
  count: number;
}

interface StoredKind {
  outline: Shape;
  layers: readonly { shape: Shape | null; colour: string; over: string | null }[];
  families: readonly string[];
  frequencies: readonly number[];
  angles: readonly number[];
  slots: readonly Slot[];
}

export interface StoredPhotograph {
  split: string;
  height: number;
  width: number;
  title: string;
  credit: string;
}

/** The catalogue as the page's data has it. */
export interface StoredWorld {
  slots: readonly string[];
  frequency_step: number;
  tones: readonly string[];
  wheel: readonly (readonly (readonly number[])[])[];
  classes: Readonly<Record<string, unknown>>;
  photographs: Readonly<Record<string, StoredPhotograph>>;
}

/** A shape in a colour; `distance` null is the whole object, colours are places in the slots. */
export interface Layer {
  distance: Distance | null;
  colour: number;
  over: number | null;
}

/** A class of objects. */
export interface Kind {
  outline: Shape;
  distance: Distance;
  layers: readonly Layer[];
  families: readonly string[];
  frequencies: readonly [number, number];
  angles: readonly [number, number];
  slots: readonly Slot[];
}

export interface World {
  /** The names of the ten classes; a class's number is its place here. */
  classes: readonly string[];
  kinds: Readonly<Record<string, Kind>>;
  tones: readonly string[];
  /** Colours by hue and tone. */
  wheel: readonly (readonly Colour[])[];
  frequencyStep: number;
  photographs: Readonly<Record<string, StoredPhotograph>>;
  /** The names of the photographs whose pixels are here. */
  held: readonly string[];
  /** A photograph's pixels, null if they are not here. */
  pixels(name: string): Pixels | null;
}

export function makeWorld(stored: StoredWorld, packed: PackedPhotographs): World {
  const known = new Map<string, Pixels>();
  const kinds = Object.entries(stored.classes).map(
    ([name, kind]) => [name, kindOf(kind as StoredKind, stored.slots)] as const,
  );
  return {
    classes: kinds.map(([name]) => name),
    kinds: Object.fromEntries(kinds),
    tones: stored.tones,
    wheel: stored.wheel as unknown as Colour[][],
    frequencyStep: stored.frequency_step,
    photographs: stored.photographs,
    held: Object.keys(packed.photographs),
    pixels(name) {
      const found = known.get(name);
      const one = packed.photographs[name];
      if (found || !one) return found ?? null;
      const pixels = unpack(one, packed.limits);
      known.set(name, pixels);
      return pixels;
    },
  };
}

function kindOf(stored: StoredKind, slots: readonly string[]): Kind {
  return {
    outline: stored.outline,
    distance: distanceOf(stored.outline),
    layers: stored.layers.map(({ shape, colour, over }) => ({
      distance: shape && distanceOf(shape),
      colour: slots.indexOf(colour),
      over: over === null ? null : slots.indexOf(over),
    })),
    families: stored.families,
    frequencies: [stored.frequencies[0]!, stored.frequencies[1]!],
    angles: [stored.angles[0]!, stored.angles[1]!],
    slots: stored.slots,
  };
}
