/** The convolution as what it is: one sparse matrix with the same few weights in every row. */

import { type Geometry, outputLength, taps } from "./geometry.ts";

/**
 * The matrix whose product with the signal is the convolution: a row an output, a column an input.
 *
 * A tap that reads a padded value adds its weight to the column of the input value that stands
 * there, so "reflect", "replicate" and "circular" need no extra columns. Taps that read a zero
 * leave no trace.
 *
 * @throws RangeError with the text of `problem` where no output exists.
 */
export function convolutionMatrix(kernel: readonly number[], g: Geometry): number[][] {
  if (kernel.length !== g.kernelSize) {
    throw new RangeError(
      `The kernel has ${kernel.length} weights, but the geometry says ${g.kernelSize}.`,
    );
  }
  return Array.from({ length: outputLength(g) }, (_, position) => {
    const row = new Array<number>(g.length).fill(0);
    for (const [k, { source }] of taps(g, position).entries()) {
      if (source !== null) row[source]! += kernel[k]!;
    }
    return row;
  });
}
