/** What a trait may be, and the sentence that says so where it is not. */

import type { Problem } from "./problems.ts";

export interface Limits {
  min: number;
  max: number;
}

/** A list of numbers: how many, and how large each. */
export function checkNumbers(
  control: string,
  name: string,
  values: unknown,
  { min, max }: Limits,
  value: Limits,
): Problem | null {
  const list = Array.isArray(values) ? values : [];
  if (list.length < min || list.length > max) {
    return { control, message: `${name} has ${list.length} values; it takes ${min} to ${max}.` };
  }
  const bad = list.findIndex((v) => typeof v !== "number" || !(v >= value.min && v <= value.max));
  if (bad < 0) return null;
  const range = `${value.min} to ${value.max}`;
  return { control, message: `${name} holds ${list[bad]}; each value is a number from ${range}.` };
}

/** A whole number in a range. */
export function checkWhole(
  control: string,
  name: string,
  value: unknown,
  { min, max }: Limits,
): Problem | null {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return null;
  return { control, message: `${name} is ${value}; it is a whole number from ${min} to ${max}.` };
}

/** One number in a range. */
export function checkNumber(
  control: string,
  name: string,
  value: unknown,
  { min, max }: Limits,
): Problem | null {
  if (typeof value === "number" && value >= min && value <= max) return null;
  return { control, message: `${name} is ${value}; it is a number from ${min} to ${max}.` };
}

/** One of a few words. */
export function checkWord(
  control: string,
  name: string,
  value: unknown,
  words: readonly string[],
): Problem | null {
  if (words.includes(value as string)) return null;
  return { control, message: `${name} is ${value}; it is one of ${words.join(", ")}.` };
}
