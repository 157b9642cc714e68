/** The state of the demo: which scene, which skips are on, which map is shown, which pixel is read. */

import { CLASSES } from "../../data/scenes.ts";
import { checkWhole, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

/** Pixels of each side of a scene. */
export const SIDE = 96;

/** Pixels of each side of the map that a skip carries, the image's own first. */
export const LEVELS = [48, 24, 12] as const;

export const MAPS = ["classes", "errors"] as const;

export interface State {
  /** Which scene of the held-out split. */
  index: number;
  /** Whether each skip is on, the image's own first. */
  skips: boolean[];
  map: (typeof MAPS)[number];
  /** Row and column of the pixel whose scores are read, from 0. */
  pixel: number[];
}

export const KEYS = ["index", "skips", "map", "pixel"] as const satisfies readonly (keyof State)[];

export const LIMITS = {
  index: { min: 0, max: 9999 },
  pixel: { min: 0, max: SIDE - 1 },
} as const;

/** The names of the classes as the maps count them: the background is 0. */
export const NAMES: readonly string[] = ["background", ...CLASSES];

export function check({ index, skips, map, pixel }: State): Problem | null {
  return (
    checkWhole("index", "Held-out scene", index, LIMITS.index) ??
    checkSkips(skips) ??
    checkWord("map", "The map", map, MAPS) ??
    checkPixel(pixel)
  );
}

function checkSkips(skips: unknown): Problem | null {
  const list = Array.isArray(skips) ? skips : [];
  if (list.length === LEVELS.length && list.every((on) => typeof on === "boolean")) return null;
  const message = `The skips are ${String(skips).slice(0, 40)}; they are ${LEVELS.length} times true or false.`;
  return { control: "skips", message };
}

function checkPixel(pixel: unknown): Problem | null {
  const list: unknown[] = Array.isArray(pixel) ? pixel : [];
  if (list.length !== 2) {
    return {
      control: "pixel",
      message: `The pixel is ${String(pixel).slice(0, 40)}; it is a row and a column.`,
    };
  }
  return (
    checkWhole("pixel", "The row", list[0], LIMITS.pixel) ??
    checkWhole("pixel", "The column", list[1], LIMITS.pixel)
  );
}

export const withSkip = (skips: readonly boolean[], level: number, on: boolean) =>
  skips.map((was, n) => (n === level ? on : was));

export const allOn = (skips: readonly boolean[]) => skips.every(Boolean);
