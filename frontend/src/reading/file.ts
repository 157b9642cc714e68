/** All that is remembered, as a file of the reader's own; and back, read as data that anyone may have written. */

import { fittingRounds, inventoryKey, type Rounds } from "../demos/inventory/taking.ts";
import { fitting } from "../demos/question/memory.ts";
import { recall, remember } from "../ui/memory.ts";
import { addressOf, type Chapter, memoryOf } from "./outline.ts";
import {
  keepReading,
  merge,
  NOTHING,
  parseReading,
  type Reading,
  recallReading,
} from "./record.ts";

const KIND = "convolutional networks: your reading";
const FORMAT = 1;

/** Letters of a file: a reader who answers everything has a tenth of it. */
export const LONGEST_FILE = 500_000;
const MOST_ENTRIES = 1000;

/** What a file holds, once it has been read. */
export interface Remembered {
  chapters: { page: string; reading: Reading }[];
  answers: {
    page: string;
    question: string;
    asked: string;
    chosen: number | null;
    given: number | null;
    revealed: boolean;
  }[];
  inventories: { page: string; id: string; rounds: Rounds }[];
}

/** Gather what this browser remembers of these chapters. */
export function gather(outline: readonly Chapter[], root: URL): Remembered {
  const found: Remembered = { chapters: [], answers: [], inventories: [] };
  for (const chapter of outline) {
    const { page, questions, inventories } = chapter;
    const reading = recallReading(addressOf(chapter, root).pathname);
    if (reading) found.chapters.push({ page, reading });
    for (const question of questions) {
      const memory = memoryOf(chapter, question, root);
      if (!memory.revealed()) continue;
      const { chosen, given } = memory.recall() ?? { chosen: null, given: null };
      const { asked } = memory;
      found.answers.push({ page, question: question.anchor, asked, chosen, given, revealed: true });
    }
    for (const { id, items } of inventories) {
      const rounds = fittingRounds(recall(inventoryKey(id, items)), items);
      if (Object.keys(rounds).length > 0) found.inventories.push({ page, id, rounds });
    }
  }
  return found;
}

export const write = (found: Remembered): string =>
  `${JSON.stringify({ kind: KIND, format: FORMAT, ...found }, null, 1)}\n`;

export class UnreadableFileError extends Error {}

/**
 * Put into this browser what a file holds of these chapters; how many entries were taken and how
 * many left, since what they belong to is not in this book, or not any more.
 */
export function restore(
  text: string,
  outline: readonly Chapter[],
  root: URL,
): { taken: number; left: number } {
  const { chapters, answers, inventories } = lists(text);
  const byPage = new Map(outline.map((chapter) => [chapter.page, chapter]));
  const count = { taken: 0, left: 0 };
  const each = (
    entries: unknown[],
    take: (entry: Record<string, unknown>, chapter: Chapter) => boolean,
  ) => {
    for (const entry of entries) {
      const fields = Object(entry) as Record<string, unknown>;
      const chapter = byPage.get(fields.page as string);
      count[chapter && take(fields, chapter) ? "taken" : "left"] += 1;
    }
  };
  each(chapters, ({ reading }, chapter) => {
    const path = addressOf(chapter, root).pathname;
    const read = parseReading(reading);
    const known = new Set(chapter.sections.map(({ id }) => id));
    if (!read || ![...read.seen, ...read.finished].every((id) => known.has(id))) return false;
    // Nobody has read in the future: such a date would stay the last one for ever.
    const when = Math.min(read.when, Date.now());
    const at = known.has(read.at) ? read.at : "";
    const heading = chapter.sections.find(({ id }) => id === at)?.title ?? "";
    const of = chapter.sections.length;
    keepReading(path, {
      ...merge(recallReading(path) ?? NOTHING, {
        ...read,
        at,
        when,
        heading: heading.slice(0, 120),
      }),
      of,
    });
    return true;
  });
  each(answers, ({ question, asked, chosen, given, revealed }, chapter) => {
    const known = chapter.questions.find(({ anchor }) => anchor === question);
    if (!known) return false;
    const memory = memoryOf(chapter, known, root);
    const answer = fitting({ chosen, given }, known.choices.length);
    if (memory.asked !== asked || (!answer && revealed !== true)) return false;
    if (answer) memory.keep(answer);
    else if (!memory.revealed()) memory.reveal();
    return true;
  });
  each(inventories, ({ id, rounds }, chapter) => {
    const known = chapter.inventories.find((inventory) => inventory.id === id);
    if (!known) return false;
    const read = fittingRounds(rounds, known.items);
    if (Object.keys(read).length === 0) return false;
    const key = inventoryKey(known.id, known.items);
    remember(key, { ...fittingRounds(recall(key), known.items), ...read });
    return true;
  });
  return count;
}

/** The three lists of a file; an error in words for a reader where it is no such file. */
function lists(text: string): Record<keyof Remembered, unknown[]> {
  if (text.length > LONGEST_FILE) throw new UnreadableFileError("The file is too long.");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableFileError("The file cannot be read: it is not JSON.");
  }
  const { kind, format, chapters, answers, inventories } = Object(value) as Record<string, unknown>;
  if (kind !== KIND) throw new UnreadableFileError("The file is not one that this page has saved.");
  if (format !== FORMAT) {
    throw new UnreadableFileError("The file was saved by another version of the book.");
  }
  const short = (list: unknown): list is unknown[] =>
    Array.isArray(list) && list.length <= MOST_ENTRIES;
  if (!short(chapters) || !short(answers) || !short(inventories)) {
    throw new UnreadableFileError("The file is damaged: a part of it is missing or too long.");
  }
  return { chapters, answers, inventories };
}
