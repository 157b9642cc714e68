/** What is remembered of a chapter: which sections were seen, which were read to their end. */

import { recall, remember } from "../ui/memory.ts";

export interface Reading {
  /** Ids of the sections whose heading has been in view. */
  seen: string[];
  /** Ids of those whose end has been in view. */
  finished: string[];
  /** How many sections the chapter has. */
  of: number;
  /** The section that was in view last, and its heading. */
  at: string;
  heading: string;
  /** When that was, ms. */
  when: number;
}

export const NOTHING: Reading = { seen: [], finished: [], of: 0, at: "", heading: "", when: 0 };

const MOST_SECTIONS = 100;
const LONGEST_HEADING = 120;
const LAST_DATE = 8.64e15; // of JavaScript's calendar
const ID = /^[\w.-]{1,120}$/;

/** Each page has a key of its own, so that two windows do not overwrite one another. */
export const READ = "read:";

export const recallReading = (path: string): Reading | null => parseReading(recall(READ + path));

export const keepReading = (path: string, reading: Reading): void => remember(READ + path, reading);

/** What is kept may have been written by anyone: null unless all of it is as it must be. */
export function parseReading(value: unknown): Reading | null {
  if (typeof value !== "object" || value === null) return null;
  const { seen, finished, of, at, heading, when } = value as Record<string, unknown>;
  if (!ids(seen) || !ids(finished) || !within(of, MOST_SECTIONS) || !within(when, LAST_DATE)) {
    return null;
  }
  if (typeof at !== "string" || (at !== "" && !ID.test(at))) return null;
  if (typeof heading !== "string" || heading.length > LONGEST_HEADING) return null;
  return { seen: unique(seen), finished: unique(finished), of, at, heading, when };
}

/** What is known from here and from there; the place is that of the later visit. */
export function merge(one: Reading, other: Reading): Reading {
  const later = other.when > one.when ? other : one;
  return {
    ...later,
    seen: unique([...one.seen, ...other.seen]).slice(0, MOST_SECTIONS),
    finished: unique([...one.finished, ...other.finished]).slice(0, MOST_SECTIONS),
  };
}

/** A heading as it is kept. */
export const headingOf = (text: string) => text.trim().slice(0, LONGEST_HEADING);

const unique = (names: readonly string[]) => [...new Set(names)];

const within = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;

const ids = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length <= MOST_SECTIONS &&
  value.every((id) => typeof id === "string" && ID.test(id));
