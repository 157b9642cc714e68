/** Numbers as a reader sees them: a true minus sign, and never a minus before zero. */

const MINUS = "\u2212";

/** A fixed number of decimals, so that columns of tabular figures align on the point. */
export function format(value: number, digits = 2): string {
  return signed(value.toFixed(digits));
}

/** The short form for labels: at most two decimals, trailing zeros dropped. */
export function compact(value: number): string {
  return signed(String(Number(value.toFixed(2))));
}

/** A whole number in Unicode subscript digits, for x₁₂. */
export function subscript(n: number): string {
  return String(n).replace(/[-\d]/g, (c) => (c === "-" ? "₋" : "₀₁₂₃₄₅₆₇₈₉"[Number(c)]!));
}

function signed(text: string): string {
  // Rounding can leave "-0.00", which no reader should see.
  const bare = Number(text) === 0 ? text.replace("-", "") : text;
  return bare.replace("Infinity", "∞").replaceAll("-", MINUS);
}
