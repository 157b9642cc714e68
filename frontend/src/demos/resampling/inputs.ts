/** Inputs that each show one thing, and whole states that each make one point. */

import type { Volume } from "../../core/convolution2d.ts";
import type { State } from "./state.ts";

export const PATTERNS = ["stripes", "dots", "ring", "flat"] as const;
export type Pattern = (typeof PATTERNS)[number];

const SIDE = 32;

const INK: Record<Pattern, (r: number, c: number) => boolean> = {
  stripes: (_, c) => c % 2 === 0,
  dots: (r, c) => r % 4 === 0 && c % 4 === 0,
  ring: (r, c) => {
    const far = Math.hypot(r - 15.5, c - 15.5);
    return far >= 9 && far < 12;
  },
  flat: () => true,
};

const made = new Map<Pattern, Volume>();

/** White is 255, as in a photograph. */
export function patternNamed(name: Pattern): Volume {
  const known = made.get(name);
  if (known) return known;
  const values = Float64Array.from({ length: SIDE * SIDE }, (_, i) =>
    INK[name](Math.floor(i / SIDE), i % SIDE) ? 255 : 0,
  );
  const image = { channels: 1, rows: SIDE, columns: SIDE, values };
  made.set(name, image);
  return image;
}

export const NUMBERS = ["lecture", "a point", "ones"] as const;

export function numbersNamed(name: (typeof NUMBERS)[number]): number[][] {
  if (name === "lecture") {
    return [
      [1, 3, 5, 3, 6, 2],
      [6, 2, 0, 8, 4, 8],
      [1, 4, 6, 2, 2, 0],
      [2, 9, 3, 7, 5, 5],
      [0, 8, 4, 3, 2, 3],
      [3, 1, 7, 6, 9, 4],
    ];
  }
  const side = name === "ones" ? 4 : 6;
  return Array.from({ length: side }, (_, r) =>
    Array.from({ length: side }, (__, c) => (name === "ones" || (r === 2 && c === 2) ? 1 : 0)),
  );
}

type Change = Partial<State>;

const ONE_RIGHT = { shift_down: 0, shift_right: 1 };

/** For each view, what to look at, and the traits that show it. */
export const LOOKS: Record<State["view"], Record<string, Change>> = {
  down: {
    "photograph, one pixel": { source: "photograph", size: 2, stride: 2, ...ONE_RIGHT },
    "stripes, one pixel": {
      source: "pattern",
      pattern: "stripes",
      size: 2,
      stride: 2,
      ...ONE_RIGHT,
    },
    "dots, one pixel": { source: "pattern", pattern: "dots", size: 2, stride: 2, ...ONE_RIGHT },
    "as far as the stride": {
      ...{ source: "photograph", size: 2, stride: 2, shift_down: 0, shift_right: 2 },
    },
  },
  up: {
    "by two": { source: "photograph", stride: 2 },
    "by four": { source: "photograph", stride: 4 },
    "in numbers": { source: "numbers", stride: 2, numbers: numbersNamed("lecture") },
  },
  stamps: {
    "size 3, stride 2": { kernel: [1, 1, 1], stride: 2, padding: 0, round_trip: false },
    "size 4, stride 2": { kernel: [1, 1, 1, 1], stride: 2, padding: 1, round_trip: false },
    "linear interpolation": { kernel: [0.5, 1, 0.5], stride: 2, padding: 1, round_trip: false },
    "there and back": {
      ...{ kernel: [1, 2, 1], stride: 2, padding: 0, round_trip: true },
      signal: [1, 2, 3, 4, 5, 4, 3, 2, 1],
    },
  },
  checkerboard: {
    "size 3, stride 2": { kernel: [1, 1, 1], stride: 2, padding: 0 },
    "size 4, stride 2": { kernel: [1, 1, 1, 1], stride: 2, padding: 1 },
    "size 5, stride 3": { kernel: [1, 1, 1, 1, 1], stride: 3, padding: 1 },
    "uneven but smooth": { kernel: [0.5, 1, 0.5], stride: 2, padding: 1 },
  },
};
