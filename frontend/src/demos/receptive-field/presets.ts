/** Stacks that each show one thing. */

import type { State } from "./state.ts";

export const STACKS = [
  "3, 3, 3",
  "strides",
  "dilations 1, 2, 4",
  "gaps",
  "zero padding",
  "MNIST-1D",
  "many channels",
  "deep",
] as const;

export type StackName = (typeof STACKS)[number];

const repeat = (count: number, ...layer: number[]) => Array.from({ length: count }, () => layer);

const PLAIN = { channels: 1, input: [] as number[], view: "field" } as const;

/** What a preset sets; everything else stays as it is. */
export function stackNamed(name: StackName): Omit<State, "draws" | "seed" | "layer"> {
  switch (name) {
    case "3, 3, 3":
      return { ...PLAIN, length: 15, layers: repeat(3, 3, 1, 1, 0), unit: [3, 4] };
    case "strides":
      return { ...PLAIN, length: 23, layers: repeat(3, 3, 2, 1, 0), unit: [3, 1] };
    case "dilations 1, 2, 4":
      return {
        ...PLAIN,
        length: 23,
        layers: [1, 2, 4].map((dilation) => [3, 1, dilation, 0]),
        unit: [3, 4],
      };
    case "gaps":
      return { ...PLAIN, length: 21, layers: repeat(3, 3, 1, 2, 0), unit: [3, 4], input: [9] };
    case "zero padding":
      return { ...PLAIN, length: 12, layers: repeat(3, 3, 1, 1, 1), unit: [3, 0] };
    case "MNIST-1D":
      return {
        length: 40,
        layers: repeat(3, 3, 2, 1, 0),
        channels: 15,
        unit: [3, 3],
        input: [39],
        view: "field",
      };
    case "many channels":
      return { ...PLAIN, length: 15, layers: repeat(3, 3, 1, 1, 0), unit: [3, 4], channels: 32 };
    case "deep":
      return {
        length: 31,
        layers: repeat(8, 3, 1, 1, 0),
        channels: 8,
        unit: [8, 7],
        input: [],
        view: "gradients",
      };
  }
}
