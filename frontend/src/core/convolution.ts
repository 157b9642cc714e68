/**
 * Convolution in one dimension, as the slides and every framework mean it: the kernel is not
 * reversed (cross-correlation), and dilation 1 is an ordinary kernel.
 */

import { type Geometry, outputLength, taps } from "./geometry.ts";
import type { Padding } from "./padding.ts";

export interface ConvolutionOptions {
  stride: number;
  dilation: number;
  padding: Padding;
}

export interface ChannelOptions extends ConvolutionOptions {
  groups: number;
  bias?: readonly number[];
}

/** One signal and one kernel: z_i = Σ_k kernel[k] · signal[i·stride − left + k·dilation]. */
export function convolve(
  signal: readonly number[],
  kernel: readonly number[],
  options: ConvolutionOptions,
): number[] {
  return convolveChannels([signal], [[kernel]], { ...options, groups: 1 })[0]!;
}

/**
 * Every output channel sums over the input channels of its group.
 *
 * @param input   [inChannels][length]
 * @param weight  [outChannels][inChannels / groups][kernelSize]
 * @returns       [outChannels][outputLength]
 * @throws RangeError saying why, where the shapes do not fit or no output exists.
 */
export function convolveChannels(
  input: readonly (readonly number[])[],
  weight: readonly (readonly (readonly number[])[])[],
  options: ChannelOptions,
): number[][] {
  const { groups, bias } = options;
  const { stride, dilation, padding } = options;
  const length = input[0]?.length ?? 0;
  const kernelSize = weight[0]?.[0]?.length ?? 0;
  const g: Geometry = { length, kernelSize, stride, dilation, padding };
  const positions = outputLength(g);
  checkShapes(input, weight, options, g);

  const reads = Array.from({ length: positions }, (_, position) => taps(g, position));
  const inPerGroup = input.length / groups;
  const outPerGroup = weight.length / groups;
  return weight.map((kernels, o) => {
    const first = Math.floor(o / outPerGroup) * inPerGroup;
    return reads.map((read) => {
      let sum = bias?.[o] ?? 0;
      for (const [c, kernel] of kernels.entries()) {
        const signal = input[first + c]!;
        for (const [k, { source }] of read.entries()) {
          if (source !== null) sum += kernel[k]! * signal[source]!;
        }
      }
      return sum;
    });
  });
}

function checkShapes(
  input: readonly (readonly number[])[],
  weight: readonly (readonly (readonly number[])[])[],
  { groups, bias }: ChannelOptions,
  { length, kernelSize }: Geometry,
): void {
  if (!Number.isSafeInteger(groups) || groups < 1) {
    throw new RangeError(
      `The number of groups is ${groups}, but it must be a whole number from 1.`,
    );
  }
  if (input.length % groups !== 0 || weight.length % groups !== 0) {
    throw new RangeError(
      `${groups} groups must divide both the ${input.length} input channels and the ${weight.length} output channels.`,
    );
  }
  if (input.some((signal) => signal.length !== length)) {
    throw new RangeError("The input channels differ in length.");
  }
  const wanted = input.length / groups;
  const fits = (kernels: readonly (readonly number[])[]) =>
    kernels.length === wanted && kernels.every((kernel) => kernel.length === kernelSize);
  if (!weight.every(fits)) {
    throw new RangeError(
      `Each output channel needs ${wanted} kernels of ${kernelSize} weights, one for each input channel of its group.`,
    );
  }
  if (bias !== undefined && bias.length !== weight.length) {
    throw new RangeError(
      `The bias has ${bias.length} values, but there are ${weight.length} output channels.`,
    );
  }
}
