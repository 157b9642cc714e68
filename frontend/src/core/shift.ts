/** Translation of a signal, and what it does to a convolution. */

import type { Padding } from "./padding.ts";

/** The index whose value moves to position `i`, or null where a zero moves in. */
export function shiftSource(
  i: number,
  shift: number,
  length: number,
  wrap: boolean,
): number | null {
  const source = i - shift;
  if (wrap) return ((source % length) + length) % length;
  return source >= 0 && source < length ? source : null;
}

/** Move a signal `shift` positions to the right; zeros move in, unless the signal is circular. */
export function shiftSignal(signal: readonly number[], shift: number, padding: Padding): number[] {
  return signal.map((_, i) => {
    const source = shiftSource(i, shift, signal.length, padding === "circular");
    return source === null ? 0 : signal[source]!;
  });
}

/**
 * The output moved as the input was: what equivariance says that the shifted input must give.
 *
 * At stride s a shift of the input by k moves the output by k / s, which exists only where s
 * divides k: null otherwise. Zeros move in as they do into the input. A circular output comes round
 * only where s divides the signal's length; else the positions that would come round are null.
 *
 * @param output  of the signal before it was shifted
 * @param length  of the signal
 */
export function shiftOutput(
  output: readonly number[],
  {
    shift,
    stride,
    padding,
    length,
  }: { shift: number; stride: number; padding: Padding; length: number },
): (number | null)[] | null {
  if (shift % stride !== 0) return null;
  const circular = padding === "circular";
  const wrap = circular && length % stride === 0;
  return output.map((_, i) => {
    const source = shiftSource(i, shift / stride, output.length, wrap);
    if (source === null) return circular ? null : 0;
    return output[source]!;
  });
}
