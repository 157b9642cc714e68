/** Weighted sums over windows, from one map into another. */

import { type Axis, haloOf } from "./axes.ts";
import type { InferenceMachine } from "./machine.ts";
import type { Halo, PlacedMap } from "./maps.ts";
import { BLOCK, pack, packedCount } from "./weights.ts";

/** One layer's part of a pass. */
export interface Step {
  run(): void;
  /** Take new weights: all of the network's, in the order of the plan. */
  load?(weights: Float32Array): void;
}

/** Where the weights of a layer stand among all, by output, input, row and column of the kernel. */
export type WeightPlace = (out: number, input: number, row: number, column: number) => number;

export interface Windows {
  rows: Axis;
  columns: Axis;
  /** −1 where there is no weight. */
  weight: WeightPlace;
}

export const NO_HALO: Halo = { top: 0, bottom: 0, left: 0, right: 0 };

/** The zeros that windows need around a map. */
export function windowHalo({ rows, columns }: Windows, map: { shape: PlacedMap["shape"] }): Halo {
  const [top, bottom] = haloOf(rows, map.shape[1]);
  const [left, right] = haloOf(columns, map.shape[2]);
  return { top, bottom, left, right };
}

export function widest(a: Halo, b: Halo): Halo {
  return {
    top: Math.max(a.top, b.top),
    bottom: Math.max(a.bottom, b.bottom),
    left: Math.max(a.left, b.left),
    right: Math.max(a.right, b.right),
  };
}

/** The step that computes `output` from `input`; `bias` is where its biases begin, or null. */
export function windowStep(
  machine: InferenceMachine,
  input: PlacedMap,
  output: PlacedMap,
  { rows, columns, weight }: Windows,
  bias: number | null,
  slope: number,
): Step {
  const [inChannels] = input.shape;
  const [channels] = output.shape;
  const taps = rows.taps * columns.taps;
  const count = packedCount(channels, taps, input.pitch);
  const [weights, biases] = [
    machine.take(count),
    machine.take(BLOCK * Math.ceil(channels / BLOCK)),
  ];
  const blocks = Math.ceil(channels / BLOCK);
  // Neighbouring taps are neighbours in memory as well: a whole row of the window is one run.
  const whole = columns.dilation === 1;
  const run = whole ? columns.taps * input.pitch : input.pitch;
  const numbers = [
    ...[input.at(rows.start, columns.start), columns.step * input.step, rows.step * input.row],
    ...[rows.taps, rows.dilation * input.row],
    ...[whole ? 1 : columns.taps, columns.dilation * input.step, run],
    ...[weights, (4 * count) / blocks, biases, blocks],
    ...[output.at(rows.outStart, columns.outStart)],
    ...[columns.outStep * output.step, rows.outStep * output.row, columns.count, rows.count, slope],
  ];
  return {
    run: () => machine.run.convolve(...numbers),
    load(all) {
      pack(
        machine.floats(weights, count),
        [channels, inChannels, rows.taps, columns.taps],
        input.pitch,
        (out, ins, row, column) => {
          const place = weight(out, ins, row, column);
          return place < 0 ? 0 : all[place]!;
        },
      );
      if (bias !== null) {
        machine.floats(biases, channels).set(all.subarray(bias, bias + channels));
      }
    },
  };
}
