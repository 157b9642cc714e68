/** Filters that each show one thing; none is learnt. */

import { namedKernel2d, resizeKernel2d } from "../../core/kernels2d.ts";
import type { State } from "./state.ts";

export const BANKS = ["grey", "opponents", "one channel's edges", "Gabor"] as const;

export type BankName = (typeof BANKS)[number];

export interface Bank {
  filters: number[][][][];
  biases: number[];
  /** What it shows. */
  says: string;
}

const mixture = (...weights: number[]) => weights.map((weight) => [[weight]]);
const zero = () => [
  [0, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
];

/** A wave under a bell, at an angle: D. Gabor's function on three by three places. */
function wave(degrees: number, gain: number): number[][] {
  const angle = (degrees * Math.PI) / 180;
  return [-1, 0, 1].map((y) =>
    [-1, 0, 1].map((x) => {
      const along = x * Math.cos(angle) + y * Math.sin(angle);
      const value = gain * Math.exp(-(x * x + y * y) / 2) * Math.sin((along * Math.PI) / 2);
      return Math.round(100 * value) / 100 || 0;
    }),
  );
}

export function bank(name: BankName): Bank {
  switch (name) {
    case "grey":
      return {
        filters: [mixture(0.299, 0.587, 0.114)],
        biases: [0],
        says: "One output from three inputs: how bright each pixel is. Green counts most, as it does to our eyes.",
      };
    case "opponents":
      return {
        filters: [mixture(1, -1, 0), mixture(-0.5, -0.5, 1)],
        biases: [0, 0],
        says: "Red less green, and blue less the mean of the two: what is grey vanishes, however bright it is.",
      };
    case "one channel's edges": {
      const edges = () => namedKernel2d("sobel x", 3)!;
      return {
        filters: [
          [edges(), zero(), zero()],
          [zero(), zero(), edges()],
        ],
        biases: [0, 0],
        says: "Edges in red alone, and edges in blue alone: two slices of each filter are zero, and still stored.",
      };
    }
    default:
      return {
        filters: [
          [wave(45, 1), wave(45, 1), wave(45, 1)],
          [wave(0, 1), wave(0, 0), wave(0, -1)],
        ],
        biases: [0, 0],
        says: "Waves under a bell, like those that trained networks find, but drawn by formula: light against dark at an angle, and red against blue.",
      };
  }
}

/** All slices at another size: cut to their middle, or framed by zeros. */
export function resized({ filters }: State, size: number): number[][][][] {
  return filters.map((filter) => filter.map((slice) => resizeKernel2d(slice, size)));
}

/** More or fewer filters; a new one does not listen to anything yet. */
export function counted(state: State, count: number): Pick<State, "filters" | "biases"> {
  const size = state.filters[0]![0]!.length;
  const silent = () =>
    Array.from({ length: 3 }, () =>
      Array.from({ length: size }, () => Array.from({ length: size }, () => 0)),
    );
  const filters = Array.from({ length: count }, (_, o) => state.filters[o] ?? silent());
  const biases = Array.from({ length: count }, (_, o) => state.biases[o] ?? 0);
  return { filters, biases };
}
