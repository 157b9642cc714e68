/** States that each show one thing. */

import type { State } from "./state.ts";

const CLOCK = 1;
const STRAWBERRY = 3;
const MUG = 8;

type Entry = readonly [box: number[], score: number, label: number];

const detections = (...entries: Entry[]): Pick<State, "boxes" | "scores" | "labels"> => ({
  boxes: entries.map(([box]) => [...box]),
  scores: entries.map(([, score]) => score),
  labels: entries.map(([, , label]) => label),
});

const USUAL = {
  ...{ selected: 0, partner: 1, step: 0, threshold: 0.25, overlap: 0.5, by_class: true },
  ...{ least: 0.5, guess: [], revealed: false },
} satisfies Partial<State>;

/** What a detector could say of the scene with three strawberries and a clock. */
const CROWD = detections(
  [[33, 6, 58, 32], 0.91, STRAWBERRY],
  [[30, 9, 56, 33], 0.74, STRAWBERRY],
  [[52, 30, 84, 63], 0.88, STRAWBERRY],
  [[55, 47, 87, 81], 0.66, STRAWBERRY],
  [[50, 34, 86, 72], 0.45, STRAWBERRY],
  [[18, 28, 52, 62], 0.96, CLOCK],
  [[21, 31, 56, 66], 0.58, CLOCK],
  [[19, 27, 51, 61], 0.79, STRAWBERRY],
  [[66, 8, 80, 22], 0.3, STRAWBERRY],
  [[4, 70, 30, 94], 0.12, CLOCK],
);

/** Two clocks of which one stands before the other. */
const HIDDEN = detections(
  [[11, 14, 52, 55], 0.94, CLOCK],
  [[27, 11, 71, 55], 0.86, CLOCK],
  [[13, 13, 55, 57], 0.52, CLOCK],
  [[45, 63, 69, 88], 0.71, 4],
  [[76, 4, 92, 29], 0.63, 7],
);

const CASES: Record<string, Partial<State>> = {
  "a detector's boxes": { ...USUAL, scene: "strawberries", ...CROWD },
  "two true neighbours": { ...USUAL, scene: "clocks", ...HIDDEN, overlap: 0.3 },
  "one box inside another": {
    ...USUAL,
    scene: "mugs",
    ...detections([[15, 36, 47, 64], 0.9, MUG], [[23, 43, 39, 57], 0.6, MUG]),
  },
  "apart, near or far": {
    ...USUAL,
    scene: "mugs",
    ...detections([[15, 36, 47, 64], 0.9, MUG], [[65, 2, 86, 25], 0.6, MUG]),
  },
  "no area": {
    ...USUAL,
    scene: "mugs",
    ...detections([[15, 36, 47, 36], 0.9, MUG], [[15, 36, 47, 64], 0.6, MUG]),
  },
};

export const CASE_NAMES = Object.keys(CASES);

export const caseNamed = (name: string): Partial<State> => CASES[name]!;
