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
  const list: unknown[] | null = Array.isArray(values) ? values : null;
  if (list === null || list.length < min || list.length > max) {
    const count = list?.length ?? "no";
    return { control, message: `${name} has ${count} values; it takes ${min} to ${max}.` };
  }
  const bad = list.findIndex((v) => typeof v !== "number" || !(v >= value.min && v <= value.max));
  if (bad < 0) return null;
  const range = `${value.min} to ${value.max}`;
  return {
    control,
    message: `${name} holds ${said(list[bad])}; each value is a number from ${range}.`,
  };
}

/** Rows of numbers, all of one length: how many of each there may be, and how large a number. */
export function checkRows(
  control: string,
  name: string,
  rows: unknown,
  { least = 1, most, low, high }: { least?: number; most: number; low: number; high: number },
): Problem | null {
  const refuse = (what: string): Problem => ({ control, message: `${name} ${what}` });
  const list = Array.isArray(rows) ? rows : [];
  const count = least === most ? `${most}` : `${least} to ${most}`;
  const wanted = `${count} rows of ${count} numbers`;
  if (list.length < least || list.length > most) {
    return refuse(`has ${list.length} rows; it takes ${wanted}.`);
  }
  const length = Array.isArray(list[0]) ? list[0].length : 0;
  for (const row of list) {
    if (!Array.isArray(row) || row.length < least || row.length > most) {
      return refuse(`has a row that is none; it takes ${wanted}.`);
    }
    if (row.length !== length) return refuse("has rows that differ in length; all need the same.");
    const bad = row.findIndex((v) => typeof v !== "number" || !(v >= low && v <= high));
    if (bad >= 0) {
      return refuse(`holds ${said(row[bad])}; each value is a number from ${low} to ${high}.`);
    }
  }
  return null;
}

/** An image of the reader's own has to be there before it can be the input. */
export function checkOwn(asked: boolean, own: readonly unknown[]): Problem | null {
  if (!asked || own.length > 0) return null;
  return { control: "own", message: "There is no image yet: choose one from your disk." };
}

/** A whole number in a range. */
export function checkWhole(
  control: string,
  name: string,
  value: unknown,
  { min, max }: Limits,
): Problem | null {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return null;
  return {
    control,
    message: `${name} is ${said(value)}; it is a whole number from ${min} to ${max}.`,
  };
}

/** One number in a range. */
export function checkNumber(
  control: string,
  name: string,
  value: unknown,
  { min, max }: Limits,
): Problem | null {
  if (typeof value === "number" && value >= min && value <= max) return null;
  return { control, message: `${name} is ${said(value)}; it is a number from ${min} to ${max}.` };
}

/** One of a few words, or of a few numbers. */
export function checkWord(
  control: string,
  name: string,
  value: unknown,
  words: readonly unknown[],
): Problem | null {
  if (words.includes(value)) return null;
  return { control, message: `${name} is ${said(value)}; it is one of ${words.join(", ")}.` };
}

/** True or false; the label of its box is quoted. */
export function checkFlag(control: string, label: string, value: unknown): Problem | null {
  if (typeof value === "boolean") return null;
  return { control, message: `“${label}” is ${said(value)}; it is true or false.` };
}

const LONGEST = 40;

/** A value as a sentence can hold it, whatever it is. */
function said(value: unknown): string {
  const words = String(value);
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
