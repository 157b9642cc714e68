/** The state of the inventory: which round, what is answered, whether it has been marked. */

import { checkFlag, checkWord } from "../../ui/checks.ts";
import type { Problem } from "../../ui/problems.ts";

export interface Choice {
  text: string;
  why: string;
  right: boolean;
}

export interface Item {
  belief: string;
  prompt: string;
  choices: Choice[];
  chapter: string;
  state: string;
  see: string;
}

export const ROUNDS = ["before", "after"] as const;

export type Round = (typeof ROUNDS)[number];

/** The option "I do not know", which every question has. */
export const UNSURE = -1;

export interface State {
  round: Round;
  /** The chosen option of each question; null is open. */
  answers: (number | null)[];
  marked: boolean;
}

export const KEYS = ["round", "answers", "marked"] as const satisfies readonly (keyof State)[];

/** A round as it is remembered and taken along. */
export type Taken = Pick<State, "answers" | "marked">;

export function fits(answers: unknown, items: readonly Item[]): answers is (number | null)[] {
  return (
    Array.isArray(answers) &&
    answers.length === items.length &&
    answers.every(
      (answer, i) =>
        answer === null ||
        (Number.isInteger(answer) && answer >= UNSURE && answer < items[i]!.choices.length),
    )
  );
}

export function checkState(
  { round, answers, marked }: State,
  items: readonly Item[],
): Problem | null {
  const word =
    checkWord("round", "The round", round, ROUNDS) ?? checkFlag("mark", "Marked", marked);
  if (word) return word;
  if (fits(answers, items)) return null;
  return { control: "mark", message: `The answers do not fit the ${items.length} questions.` };
}

export const isRight = (item: Item, answer: number | null) =>
  answer !== null && answer !== UNSURE && item.choices[answer]!.right;

export const scoreOf = (items: readonly Item[], answers: readonly (number | null)[]) =>
  items.filter((item, i) => isRight(item, answers[i]!)).length;

/** The numbers, from 1, of the questions that wait for an answer. */
export const open = (answers: readonly (number | null)[]) =>
  answers.flatMap((answer, i) => (answer === null ? [i + 1] : []));

/** "3, 7 and 8". */
export function listed(numbers: readonly number[]): string {
  const words = numbers.map(String);
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words.join("");
}

/** What both rounds came to, in a sentence. */
export function summary(items: readonly Item[], taken: Partial<Record<Round, Taken>>): string {
  const said = ROUNDS.flatMap((round) => {
    const one = taken[round];
    return one?.marked ? [`${round} the course ${scoreOf(items, one.answers)}`] : [];
  });
  if (said.length === 0) return "";
  return `Right of ${items.length}: ${said.join(", ")}.`;
}

/** The file that a reader takes along: what was asked is named, so that it can be read alone. */
export function document(
  items: readonly Item[],
  taken: Partial<Record<Round, Taken>>,
  name: string,
): string {
  const rounds = ROUNDS.flatMap((round) => {
    const one = taken[round];
    if (!one?.marked) return [];
    return [{ round, answers: one.answers, right: scoreOf(items, one.answers) }];
  });
  const questions = items.map(({ belief, choices }) => ({
    belief,
    right: choices.findIndex(({ right }) => right),
  }));
  return `${JSON.stringify({ inventory: "convolutional networks", name, questions, rounds }, null, 1)}\n`;
}
