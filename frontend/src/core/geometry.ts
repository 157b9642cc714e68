/** Where a kernel stands and what it reads: lengths and positions, without any values. */

import { PADDINGS, type Padding, paddingAmounts, sourceIndex } from "./padding.ts";

export interface Geometry {
  length: number;
  kernelSize: number;
  stride: number;
  dilation: number;
  padding: Padding;
}

/** The number of positions from the first tap to the last, both included. */
export function kernelSpan(kernelSize: number, dilation: number): number {
  return dilation * (kernelSize - 1) + 1;
}

/**
 * The number of outputs, ⌊(length + left + right − span) / stride⌋ + 1.
 *
 * @throws RangeError with the text of `problem` where no output exists.
 */
export function outputLength(g: Geometry): number {
  const reason = problem(g);
  if (reason !== null) throw new RangeError(reason);
  const { left, right } = paddingAmounts(g.kernelSize, g.dilation, g.padding);
  const padded = g.length + left + right;
  return Math.floor((padded - kernelSpan(g.kernelSize, g.dilation)) / g.stride) + 1;
}

/** Why this combination is impossible and what to change, in one sentence; null where it is possible. */
export function problem(g: Geometry): string | null {
  if (!isCount(g.length)) return "The signal has no values: give it at least one.";
  if (!isCount(g.kernelSize)) return "The kernel has no weights: give it at least one.";
  if (!isCount(g.stride)) {
    return `The stride is ${g.stride}, but it must be a whole number from 1 upwards.`;
  }
  if (!isCount(g.dilation)) {
    return `The dilation is ${g.dilation}, but it must be a whole number from 1 upwards.`;
  }
  if (!PADDINGS.includes(g.padding)) {
    return `The padding “${g.padding}” is unknown: choose ${PADDINGS.join(", ")}.`;
  }

  const span = kernelSpan(g.kernelSize, g.dilation);
  if (g.padding === "valid" && span > g.length) {
    return `The kernel spans ${values(span)}, but the signal has only ${g.length} and “valid” adds none: ${remedy("a padding")}`;
  }
  // The right side is never the shorter one, so it alone decides.
  const { right } = paddingAmounts(g.kernelSize, g.dilation, g.padding);
  if (g.padding === "reflect" && right >= g.length) {
    return `Reflect padding needs ${values(right)} beyond the end, but a signal of ${values(g.length)} can mirror at most ${g.length - 1}: ${remedy("another padding")}`;
  }
  if (g.padding === "circular" && right > g.length) {
    return `Circular padding needs ${values(right)} beyond the end, but a signal of ${values(g.length)} can wrap round only once: ${remedy("another padding")}`;
  }
  return null;
}

/**
 * What each tap of the kernel reads for the output at `position`.
 *
 * `at` counts from the first value of the unpadded signal; `source` is the index of the input value
 * that stands there, or null for a zero.
 */
export function taps(g: Geometry, position: number): { at: number; source: number | null }[] {
  const { left } = paddingAmounts(g.kernelSize, g.dilation, g.padding);
  const start = position * g.stride - left;
  return Array.from({ length: g.kernelSize }, (_, k) => {
    const at = start + k * g.dilation;
    return { at, source: sourceIndex(at, g.length, g.padding) };
  });
}

function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 1;
}

function values(n: number): string {
  return n === 1 ? "1 value" : `${n} values`;
}

function remedy(choice: string): string {
  return `shorten the kernel, lower the dilation, or choose ${choice}.`;
}
