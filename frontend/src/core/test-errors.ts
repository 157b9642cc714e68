/** How many of the 1,000 test examples of MNIST-1D a network gets wrong when each is moved. */

import { LENGTH, publishedDraws, standardised, TEST, TRAIN, templates } from "./mnist1d.ts";
import { argmax, type Layer, scores } from "./network.ts";
import { type Draws, sample } from "./sampler.ts";

export interface Example {
  label: number;
  draws: Draws;
  /** As published: in 32 bits. */
  values: Float32Array;
}

const digits = templates();

export function testExamples(): Example[] {
  return publishedDraws()
    .slice(TRAIN, TRAIN + TEST)
    .map(({ label, draws }) => {
      const values = Float32Array.from(sample(digits[label]!, draws), standardised);
      return { label, draws, values };
    });
}

/** The finished example moved to the right; the end value is repeated where nothing comes in. */
export function shifted({ values }: Example, shift: number): Float32Array {
  return values.map((_, i) => values[Math.min(LENGTH - 1, Math.max(0, i - shift))]!);
}

/** The example with its template at another place of the sampler's grid, all else as it was. */
export function placed({ label, draws }: Example, place: number): Float64Array {
  return sample(digits[label]!, { ...draws, shift: place }).map(standardised);
}

/** The share of examples that each network gets wrong, once `move` has moved them. */
export function errorsOf(
  networks: readonly (readonly Layer[])[],
  examples: readonly Example[],
  move: (example: Example) => ArrayLike<number>,
): number[] {
  const wrong = networks.map(() => 0);
  for (const example of examples) {
    const x = move(example);
    for (const [i, layers] of networks.entries()) {
      if (argmax(Array.from(scores(layers, x))) !== example.label) wrong[i]! += 1;
    }
  }
  return wrong.map((count) => count / examples.length);
}
