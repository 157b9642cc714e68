/**
 * Convolution in two dimensions, over any number of channels: the kernel is not reversed, dilation
 * 1 is an ordinary kernel, and each axis is padded as a signal is.
 *
 * Images have thousands of values, so they are stored in one typed array each.
 */

import type { ChannelOptions } from "./convolution.ts";
import { type Geometry, outputLength, problem as problemOfAxis } from "./geometry.ts";
import { paddingAmounts, sourceIndex } from "./padding.ts";

/** An image, or the feature maps of a layer. */
export interface Volume {
  channels: number;
  rows: number;
  columns: number;
  /** Channel by channel, row by row. */
  values: Float64Array;
}

/** The weights of a layer. */
export interface Filters {
  outChannels: number;
  /** Of each filter: the input channels of its group. */
  inChannels: number;
  rows: number;
  columns: number;
  /** Filter by filter, slice by slice, row by row. */
  values: Float64Array;
}

/** Strides, dilations and paddings, the same down and across. */
export type Options2d = Pick<ChannelOptions, "stride" | "dilation" | "padding">;

export interface LayerOptions2d extends Options2d {
  groups: number;
  bias?: readonly number[];
}

/** The geometry along each axis. */
export interface Axes {
  down: Geometry;
  across: Geometry;
}

export function axes(
  size: { rows: number; columns: number },
  kernel: { rows: number; columns: number },
  { stride, dilation, padding }: Options2d,
): Axes {
  const of = (length: number, kernelSize: number) => ({
    ...{ length, kernelSize, stride, dilation, padding },
  });
  return { down: of(size.rows, kernel.rows), across: of(size.columns, kernel.columns) };
}

/** Why there is no such convolution, in one sentence; null where there is one. */
export function problem2d({ down, across }: Axes): string | null {
  const found = problemOfAxis(down) ?? problemOfAxis(across);
  return (
    found?.replace("The signal has", "The image has").replace("the signal", "the image") ?? null
  );
}

/** The size of the output. */
export function outputSize({ down, across }: Axes): { rows: number; columns: number } {
  return { rows: outputLength(down), columns: outputLength(across) };
}

/** The input position of each tap for each output along one axis; −1 where a zero stands. */
export function reads(g: Geometry): Int32Array {
  const { left } = paddingAmounts(g.kernelSize, g.dilation, g.padding);
  const positions = outputLength(g);
  const read = new Int32Array(positions * g.kernelSize);
  for (let position = 0, at = 0; position < positions; position++) {
    for (let k = 0; k < g.kernelSize; k++, at++) {
      const place = position * g.stride - left + k * g.dilation;
      read[at] = sourceIndex(place, g.length, g.padding) ?? -1;
    }
  }
  return read;
}

/**
 * Every output channel sums over the input channels of its group, and adds its bias.
 *
 * @throws RangeError saying why, where the shapes do not fit or no output exists.
 */
export function convolve2d(input: Volume, weight: Filters, options: LayerOptions2d): Volume {
  const { groups, bias } = options;
  const both = axes(input, weight, options);
  const impossible = problem2d(both);
  if (impossible !== null) throw new RangeError(impossible);
  checkShapes(input, weight, options);
  const { rows, columns } = outputSize(both);
  const [down, across] = [reads(both.down), reads(both.across)];
  const values = new Float64Array(weight.outChannels * rows * columns);
  const perGroup = weight.outChannels / groups;
  // Held by names of their own, for the inner loop runs a hundred thousand times.
  const { values: weights, inChannels, rows: tall, columns: wide } = weight;
  const { values: pixels, columns: width } = input;
  const plane = input.rows * width;
  for (let o = 0, at = 0; o < weight.outChannels; o++) {
    const first = Math.floor(o / perGroup) * inChannels;
    const start = bias?.[o] ?? 0;
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++, at++) {
        let sum = start;
        let w = o * inChannels * tall * wide;
        for (let i = 0; i < inChannels; i++) {
          const from = (first + i) * plane;
          for (let m = 0; m < tall; m++) {
            const row = down[r * tall + m]!;
            if (row < 0) {
              w += wide;
              continue;
            }
            const line = from + row * width;
            for (let n = 0; n < wide; n++, w++) {
              const column = across[c * wide + n]!;
              if (column >= 0) sum += weights[w]! * pixels[line + column]!;
            }
          }
        }
        values[at] = sum;
      }
    }
  }
  return { channels: weight.outChannels, rows, columns, values };
}

/** A volume with what is negative set to zero. */
export function rectified(volume: Volume): Volume {
  return { ...volume, values: volume.values.map((value) => (value > 0 ? value : 0)) };
}

/** What one tap of the kernel reads. */
export interface Tap {
  /** Its place, counted from the first pixel of the image: outside of it where it is padding. */
  row: number;
  column: number;
  /** Whether padding stands there. */
  padded: boolean;
  /** The index of the value within a channel, or null for a zero. */
  source: number | null;
}

/** What each tap of the kernel reads for one output, row by row. */
export function window2d({ down, across }: Axes, row: number, column: number): Tap[] {
  const place = (g: Geometry, position: number) => {
    const { left } = paddingAmounts(g.kernelSize, g.dilation, g.padding);
    return Array.from({ length: g.kernelSize }, (_, k) => {
      const at = position * g.stride - left + k * g.dilation;
      return { at, source: sourceIndex(at, g.length, g.padding) };
    });
  };
  const columns = place(across, column);
  return place(down, row).flatMap((r) =>
    columns.map((c) => ({
      row: r.at,
      column: c.at,
      padded: r.at !== r.source || c.at !== c.source,
      source: r.source === null || c.source === null ? null : r.source * across.length + c.source,
    })),
  );
}

/** Rows of numbers as a volume of one channel. */
export function volumeOf(rows: readonly (readonly number[])[]): Volume {
  const columns = rows[0]?.length ?? 0;
  return { channels: 1, rows: rows.length, columns, values: Float64Array.from(rows.flat()) };
}

/** One channel as rows of numbers. */
export function rowsOf({ rows, columns, values }: Volume, channel = 0): number[][] {
  const first = channel * rows * columns;
  return Array.from({ length: rows }, (_, r) =>
    Array.from(values.subarray(first + r * columns, first + (r + 1) * columns)),
  );
}

/** One channel alone; it shares its values with the whole. */
export function channelOf(volume: Volume, channel: number): Volume {
  const plane = volume.rows * volume.columns;
  const values = volume.values.subarray(channel * plane, (channel + 1) * plane);
  return { ...volume, channels: 1, values };
}

/** Filters from nested lists: [out][in][rows][columns]. */
export function filtersOf(
  nested: readonly (readonly (readonly (readonly number[])[])[])[],
): Filters {
  const kernel = nested[0]?.[0] ?? [];
  return {
    outChannels: nested.length,
    inChannels: nested[0]?.length ?? 0,
    rows: kernel.length,
    columns: kernel[0]?.length ?? 0,
    values: Float64Array.from(nested.flat(3)),
  };
}

function checkShapes(input: Volume, weight: Filters, { groups, bias }: LayerOptions2d): void {
  if (!Number.isSafeInteger(groups) || groups < 1) {
    throw new RangeError(
      `The number of groups is ${groups}, but it must be a whole number from 1.`,
    );
  }
  if (input.channels % groups !== 0 || weight.outChannels % groups !== 0) {
    throw new RangeError(
      `${groups} groups must divide both the ${input.channels} input channels and the ${weight.outChannels} output channels.`,
    );
  }
  const wanted = input.channels / groups;
  if (weight.inChannels !== wanted) {
    throw new RangeError(
      `Each filter has ${weight.inChannels} slices, but needs ${wanted}: one for each input channel of its group.`,
    );
  }
  if (bias !== undefined && bias.length !== weight.outChannels) {
    throw new RangeError(
      `The bias has ${bias.length} values, but there are ${weight.outChannels} output channels.`,
    );
  }
  const held = (name: string, values: Float64Array, count: number) => {
    if (values.length !== count) {
      throw new RangeError(`${name} holds ${values.length} values, but its shape needs ${count}.`);
    }
  };
  held("The input", input.values, input.channels * input.rows * input.columns);
  const { outChannels, inChannels, rows, columns } = weight;
  held("The weight", weight.values, outChannels * inChannels * rows * columns);
}
