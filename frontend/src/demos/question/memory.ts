/** What the browser remembers of a question: the answer, and that the explanation has been seen. */

import { fingerprint, recall, remember } from "../../ui/memory.ts";

export interface Answer {
  /** The chosen option, or null. */
  chosen: number | null;
  /** The number given, or null. */
  given: number | null;
}

/** Where the answers of a page are kept: an address holds its own, also from disk. */
export const answersOf = (path: string) => `question:${path}:`;

export function answerMemory(
  path: string,
  anchor: string,
  prompt: string,
  choices: readonly unknown[],
) {
  const asked = fingerprint(JSON.stringify([prompt, choices]));
  const key = `${answersOf(path)}${anchor}:${asked}`;
  const kept = () => Object(recall(key)) as Record<string, unknown>;
  const memory = {
    /** Changes with the question's words: an answer must not outlive its question. */
    asked,
    /** The answer, also one that has been taken back, leaves behind that its why has been seen. */
    keep(answer: Answer): void {
      const revealed = answered(answer) || memory.revealed();
      remember(key, revealed ? { chosen: answer.chosen, given: answer.given, revealed } : null);
    },
    /** Note that the explanation has been seen, where no answer stands. */
    reveal: () => remember(key, { chosen: null, given: null, revealed: true }),
    revealed: (): boolean => memory.recall() !== null || kept().revealed === true,
    recall: (): Answer | null => fitting(kept(), choices.length),
  };
  return memory;
}

/** What is kept may have been written by anyone: only an answer that fits the question is taken. */
export function fitting(value: unknown, choices: number): Answer | null {
  const { chosen, given } = Object(value) as Record<string, unknown>;
  if (choices === 0) {
    return typeof given === "number" && Number.isFinite(given) ? { chosen: null, given } : null;
  }
  const fits = Number.isInteger(chosen) && (chosen as number) >= 0 && (chosen as number) < choices;
  return fits ? { chosen: chosen as number, given: null } : null;
}

const answered = ({ chosen, given }: Answer) => chosen !== null || given !== null;
