/** Numbers as a reader sees them: a true minus sign, and never a minus before zero. */

const MINUS = "\u2212";

/** The largest denominator of a fraction that is worth reading as one. */
const LARGEST_DENOMINATOR = 32;

/** A fixed number of decimals, so that columns of tabular figures align on the point. */
export function format(value: number, digits = 2): string {
  return signed(value.toFixed(digits));
}

/** What a sum in double precision may leave of zero. */
const NOISE = 1e-9;

/** At most two decimals, trailing zeros dropped; what is small reads as small, not as zero. */
export function compact(value: number): string {
  const rounded = Number(value.toFixed(2));
  const small = rounded === 0 && Math.abs(value) > NOISE;
  return signed(String(small ? Number(value.toPrecision(1)) : rounded));
}

/** All of a number: a decimal, or a fraction such as 1/3 where that is shorter. */
export function exact(value: number): string {
  const decimal = String(value);
  return signed(decimal.length <= 6 ? decimal : (fraction(value) ?? decimal));
}

/** All of a number where that is short enough for a label, else rounded. */
export function short(value: number): string {
  const all = exact(value);
  return all.length <= 5 ? all : compact(value);
}

/** The longest number that is worth reading whole in a list of many. */
const LONGEST = 8;

/** All of a number where it is no longer than that, else to four decimals, or digits where small. */
export function readable(value: number): string {
  const all = exact(value);
  if (all.length <= LONGEST) return all;
  return signed(String(Number(Math.abs(value) < 0.001 ? value.toPrecision(4) : value.toFixed(4))));
}

/** A whole number in Unicode subscript digits, for x₁₂. */
export function subscript(n: number): string {
  return String(n).replace(/[-\d]/g, (c) => (c === "-" ? "₋" : "₀₁₂₃₄₅₆₇₈₉"[Number(c)]!));
}

/** The fraction with a small denominator that is this very number, or null. */
function fraction(value: number): string | null {
  for (let denominator = 2; denominator <= LARGEST_DENOMINATOR; denominator++) {
    const numerator = Math.round(value * denominator);
    if (numerator !== 0 && numerator / denominator === value) return `${numerator}/${denominator}`;
  }
  return null;
}

/** A power of ten: 10⁻³. */
export function powerOfTen(exponent: number): string {
  const raised = String(exponent).replace(/[-\d]/g, (c) =>
    c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]!,
  );
  return exponent === 0 ? "1" : `10${raised}`;
}

/** Three digits of a positive number of any size: 0.0213, 47.1, or 1.80·10⁻¹⁶. */
export function anySize(value: number): string {
  if (value === 0) return "0";
  if (value >= 0.001 && value < 9999.5) return String(Number(value.toPrecision(3)));
  const [digits, exponent] = value.toExponential(2).split("e") as [string, string];
  return `${digits}·${powerOfTen(Number(exponent))}`;
}

function signed(text: string): string {
  // Rounding can leave "-0.00", which no reader should see.
  const bare = Number(text) === 0 ? text.replace("-", "") : text;
  return bare.replace("Infinity", "∞").replaceAll("-", MINUS);
}

/** To the nearest whole number, with a comma at each thousand. */
export function grouped(value: number): string {
  return signed(String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ","));
}

/** A number of bytes in the unit of powers of 1,024 that suits it, to three digits. */
export function byteSize(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let power = 0;
  let rest = bytes;
  // What would round to 1,000 or more reads better in the next unit.
  while (rest >= 999.5 && power < units.length - 1) {
    rest /= 1024;
    power += 1;
  }
  const digits = rest >= 99.95 || power === 0 ? 0 : rest >= 9.995 ? 1 : 2;
  return `${rest.toFixed(digits)} ${units[power]}`;
}
