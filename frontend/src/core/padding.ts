/** What stands beyond the ends of a signal, and how much of it a convolution needs. */

/** The five paddings, in the order in which a control lists them. */
export const PADDINGS = ["zeros", "valid", "reflect", "replicate", "circular"] as const;

export type Padding = (typeof PADDINGS)[number];

/**
 * The number of values added on each side.
 *
 * "valid" adds none. The other four add dilation·(kernelSize − 1) in all, so that stride 1 keeps
 * the length; where that is odd the extra value stands on the right, as in torch's "same".
 */
export function paddingAmounts(
  kernelSize: number,
  dilation: number,
  padding: Padding,
): { left: number; right: number } {
  if (padding === "valid") return { left: 0, right: 0 };
  const total = dilation * (kernelSize - 1);
  const left = Math.floor(total / 2);
  return { left, right: total - left };
}

/**
 * The index of the input value that stands at position `i`, or null where a zero stands.
 *
 * Positions count from the first value of the unpadded signal: −1 is the first padded value on the
 * left, `length` the first on the right.
 */
export function sourceIndex(i: number, length: number, padding: Padding): number | null {
  if (i >= 0 && i < length) return i;
  if (length < 1) return null;
  switch (padding) {
    case "reflect": {
      // A mirror on each end value: the signal runs there and back with this period.
      const period = Math.max(2 * (length - 1), 1);
      const folded = modulo(i, period);
      return folded < length ? folded : period - folded;
    }
    case "replicate":
      return i < 0 ? 0 : length - 1;
    case "circular":
      return modulo(i, length);
    default:
      return null;
  }
}

/** The remainder that is never negative, which `%` is not. */
function modulo(a: number, n: number): number {
  return ((a % n) + n) % n;
}
