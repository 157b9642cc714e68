/**
 * Receptive fields of a stack of convolutions: what each unit reads, and whom each input reaches.
 *
 * Positions and units count from 0. Row 0 is the input, row l the units of layer l; positions below
 * 0 or beyond the last input lie in the padding.
 */

import { kernelSpan } from "./geometry.ts";

export interface Layer {
  kernelSize: number;
  stride: number;
  dilation: number;
  /** Zeros added on each side. */
  padding: number;
}

export interface Field {
  /** Inputs from the first that a unit reads to the last. */
  size: number;
  /** How many inputs the fields of neighbouring units are apart. */
  jump: number;
  /** The first position that unit 0 reads. */
  start: number;
}

/** The field of each row; an input reads itself. */
export function receptiveFields(layers: readonly Layer[]): Field[] {
  const fields: Field[] = [{ size: 1, jump: 1, start: 0 }];
  for (const { kernelSize, stride, dilation, padding } of layers) {
    const { size, jump, start } = fields.at(-1)!;
    fields.push({
      size: size + dilation * (kernelSize - 1) * jump,
      jump: jump * stride,
      start: start - padding * jump,
    });
  }
  return fields;
}

/** The number of units of each row; 0 for a layer that has none, and for all above it. */
export function chainLengths(layers: readonly Layer[], length: number): number[] {
  const lengths = [length];
  for (const { kernelSize, stride, dilation, padding } of layers) {
    const below = lengths.at(-1)!;
    const room = below + 2 * padding - kernelSpan(kernelSize, dilation);
    lengths.push(below === 0 || room < 0 ? 0 : Math.floor(room / stride) + 1);
  }
  return lengths;
}

/** Where the middle of a unit's field lies, in inputs. */
export function centre({ size, jump, start }: Field, unit: number): number {
  return start + unit * jump + (size - 1) / 2;
}

/** The positions of the row below that a unit reads, in the padding too. */
export function positionsRead(layer: Layer, unit: number): number[] {
  const first = unit * layer.stride - layer.padding;
  return Array.from({ length: layer.kernelSize }, (_, k) => first + k * layer.dilation);
}

/** The units of every row from the input up to `row` that one unit of that row reads. */
export function unitsRead(
  layers: readonly Layer[],
  length: number,
  row: number,
  unit: number,
): number[][] {
  const lengths = chainLengths(layers, length);
  const rows: number[][] = [[unit]];
  for (let l = row; l > 0; l--) {
    const below = new Set<number>();
    for (const u of rows[0]!) {
      for (const p of positionsRead(layers[l - 1]!, u)) {
        if (p >= 0 && p < lengths[l - 1]!) below.add(p);
      }
    }
    rows.unshift([...below].sort((a, b) => a - b));
  }
  return rows;
}

/** The units of every row that an input reaches. */
export function unitsReached(
  layers: readonly Layer[],
  length: number,
  position: number,
): number[][] {
  const lengths = chainLengths(layers, length);
  const rows: number[][] = [[position]];
  for (const [l, layer] of layers.entries()) {
    const below = new Set(rows[l]!);
    const reached: number[] = [];
    for (let u = 0; u < lengths[l + 1]!; u++) {
      if (positionsRead(layer, u).some((p) => below.has(p))) reached.push(u);
    }
    rows.push(reached);
  }
  return rows;
}

/** How many paths lead from each input to one unit: its gradient where every weight is 1. */
export function pathCounts(
  layers: readonly Layer[],
  length: number,
  row: number,
  unit: number,
): number[] {
  const lengths = chainLengths(layers, length);
  let counts = new Array<number>(lengths[row]!).fill(0);
  counts[unit] = 1;
  for (let l = row; l > 0; l--) {
    const below = new Array<number>(lengths[l - 1]!).fill(0);
    for (const [u, paths] of counts.entries()) {
      if (paths === 0) continue;
      for (const p of positionsRead(layers[l - 1]!, u)) {
        if (p >= 0 && p < below.length) below[p]! += paths;
      }
    }
    counts = below;
  }
  return counts;
}

/** Weights and biases of the first layers of a stack, with one input channel. */
export function stackParameters(layers: readonly Layer[], channels: number): number {
  return layers.reduce((sum, { kernelSize }, l) => {
    const inputs = l === 0 ? 1 : channels;
    return sum + (inputs * kernelSize + 1) * channels;
  }, 0);
}
