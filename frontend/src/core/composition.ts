/** Convolutions one after the other, and the one kernel that they amount to. */

import { convolve } from "./convolution.ts";
import { paddingAmounts } from "./padding.ts";

export type StagePadding = "valid" | "zeros";

export interface StageOptions {
  padding: StagePadding;
  /** Whether a ReLU stands between the stages. */
  relu: boolean;
}

/** The true convolution of kernels: Σ_{a+b=k} first[a] · second[b], a product of polynomials. */
export function composeKernels(kernels: readonly (readonly number[])[]): number[] {
  return kernels.reduce<number[]>(
    (composed, kernel) => {
      const next = new Array<number>(composed.length + kernel.length - 1).fill(0);
      for (const [a, w] of composed.entries()) {
        for (const [b, v] of kernel.entries()) next[a + b]! += w * v;
      }
      return next;
    },
    [1],
  );
}

/** What each stage makes of the stage before: the last is the output. The ReLU follows a stage. */
export function throughStages(
  signal: readonly number[],
  kernels: readonly (readonly number[])[],
  { padding, relu }: StageOptions,
): number[][] {
  const results: number[][] = [];
  let x = signal;
  for (const kernel of kernels) {
    const z = convolve(x, kernel, { stride: 1, dilation: 1, padding });
    results.push(z);
    x = relu ? z.map((value) => Math.max(0, value)) : z;
  }
  return results;
}

/** The signal through the composed kernel, with as many zeros on each side as the stages add. */
export function throughOne(
  signal: readonly number[],
  kernels: readonly (readonly number[])[],
  padding: StagePadding,
): number[] {
  const { left, right } = addedZeros(kernels, padding);
  const zeros = (count: number) => new Array<number>(count).fill(0);
  const padded = [...zeros(left), ...signal, ...zeros(right)];
  return convolve(padded, composeKernels(kernels), { stride: 1, dilation: 1, padding: "valid" });
}

/** The zeros that all stages together add on each side. */
export function addedZeros(
  kernels: readonly (readonly number[])[],
  padding: StagePadding,
): { left: number; right: number } {
  const amounts = kernels.map(({ length }) => paddingAmounts(length, 1, padding));
  const total = (side: "left" | "right") => amounts.reduce((sum, amount) => sum + amount[side], 0);
  return { left: total("left"), right: total("right") };
}
