/** Weights as they are stored, and as the arithmetic reads them. */

import type { StoredNetwork } from "./plan.ts";

/** Output channels that are computed at once. */
export const BLOCK = 8;

/** The numbers of a network, in single precision. */
export function decodeWeights({ precision, weights }: StoredNetwork): Float32Array {
  const letters = atob(weights);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  if (precision === "single") return new Float32Array(bytes.buffer);
  return decodeHalves(new Uint16Array(bytes.buffer));
}

/** Numbers of 16 bits (1 sign, 5 exponent, 10 fraction) in single precision, exactly. */
export function decodeHalves(halves: Uint16Array): Float32Array {
  const numbers = new Float32Array(halves.length);
  for (let i = 0; i < numbers.length; i++) numbers[i] = decodeHalf(halves[i]!);
  return numbers;
}

function decodeHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/**
 * Weights in the order in which they are read: block by block of eight output channels, row by row,
 * tap by tap, input channel by input channel. `pitch` is how many numbers a pixel of the input has.
 */
export function pack(
  into: Float32Array,
  [outs, ins, rows, columns]: readonly [number, number, number, number],
  pitch: number,
  weight: (out: number, input: number, row: number, column: number) => number,
): void {
  into.fill(0);
  for (let out = 0; out < outs; out++) {
    const lane = out % BLOCK;
    const block = ((out - lane) / BLOCK) * rows * columns * pitch;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const at = block + (row * columns + column) * pitch;
        for (let input = 0; input < ins; input++) {
          into[(at + input) * BLOCK + lane] = weight(out, input, row, column);
        }
      }
    }
  }
}

/** Numbers that `pack` fills. */
export function packedCount(outs: number, taps: number, pitch: number): number {
  return Math.ceil(outs / BLOCK) * BLOCK * taps * pitch;
}
