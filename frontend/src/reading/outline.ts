/** What the chapters hold, as the book's build has written it into a script: from disk nothing can be fetched. */

import type { Item } from "../demos/inventory/state.ts";
import { type Answer, answerMemory } from "../demos/question/memory.ts";

export interface Question {
  anchor: string;
  prompt: string;
  choices: { text: string; right: boolean; why: string }[];
  /** The number asked for, and how far from it an answer may be. */
  answer: number | null;
  tolerance: number;
}

export interface Chapter {
  /** Without its ending: book/03-convolution-1d. */
  page: string;
  title: string;
  sections: { id: string; title: string }[];
  questions: Question[];
  inventories: { id: string; items: Item[] }[];
}

declare global {
  var courseOutline: Chapter[] | undefined;
}

export const addressOf = ({ page }: Chapter, root: URL) => new URL(`${page}.html`, root);

export const memoryOf = (chapter: Chapter, question: Question, root: URL) =>
  answerMemory(
    addressOf(chapter, root).pathname,
    question.anchor,
    question.prompt,
    question.choices,
  );

export function isRight(question: Question, { chosen, given }: Answer): boolean {
  if (chosen !== null) return question.choices[chosen]?.right ?? false;
  return (
    given !== null &&
    Math.abs(given - (question.answer ?? Number.NaN)) <= question.tolerance + 1e-12
  );
}
