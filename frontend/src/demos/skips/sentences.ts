/** The result in words. */

import { format } from "../../core/format.ts";
import { probabilitiesAt } from "../../core/segmentation.ts";
import { type Answer, type Answers, sceneOf } from "./answers.ts";
import { allOn, LEVELS, NAMES, SIDE, type State } from "./state.ts";

export const percent = (share: number) => format(100 * share, 1);

export const WHOLE = "all skips on";
export const WITHOUT = "trained without";

/** What the second network is called, by its skips. */
export function switchedName(skips: readonly boolean[]): string {
  const off = LEVELS.filter((_, n) => !skips[n]);
  if (off.length === 0) return WHOLE;
  if (off.length === LEVELS.length) return "all skips cut";
  return `cut at ${off.join(", ")}`;
}

/** "12, 24 and 48". */
function listed(sides: readonly number[]): string {
  const words = sides.map(String);
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words.join("");
}

export function resultSentence({ skips }: State, answers: Answers | null): string {
  if (!answers) return "The networks are starting.";
  const [whole, switched, without] = answers;
  const said = (one: Answer) =>
    `mean IoU ${percent(one.meanIou)} %, boundary F ${percent(one.boundaryF)} %`;
  if (allOn(skips)) return `On this scene the U-Net with all its skips has ${said(whole)}.`;
  const off = LEVELS.filter((_, n) => !skips[n]);
  const what = off.length > 1 ? "the skips" : "the skip";
  return (
    `With ${what} at ${listed(off)} pixels cut: mean IoU ${percent(switched.meanIou)} % instead of ` +
    `${percent(whole.meanIou)}, boundary F ${percent(switched.boundaryF)} % instead of ` +
    `${percent(whole.boundaryF)}.${
      without
        ? ` The network that never had a skip: ${percent(without.meanIou)} and ${percent(without.boundaryF)} %.`
        : ""
    }`
  );
}

/** The two classes that a network thinks likeliest at a pixel. */
function guesses({ scores, classes }: Answer, at: number): string {
  if (!scores) return NAMES[classes[at]!]!;
  const p = probabilitiesAt(scores, NAMES.length, at);
  const order = p.map((_, label) => label).sort((a, b) => p[b]! - p[a]!);
  return order
    .slice(0, 2)
    .map((label) => `${NAMES[label]} ${percent(p[label]!)} %`)
    .join(", ");
}

/** What stands at a pixel, and what each network says of it. */
export function pixelSentences(state: State, answers: Answers | null): string[] {
  const [row, column] = state.pixel as [number, number];
  const at = row * SIDE + column;
  const truth = NAMES[sceneOf(state).mask[at]!]!;
  const first = `Row ${row}, column ${column} is ${truth}.`;
  if (!answers) return [first, "", ""];
  const [, switched, without] = answers;
  return [
    first,
    `${switchedName(state.skips)}: ${guesses(switched, at)}`,
    without ? `${WITHOUT}: ${guesses(without, at)}` : "",
  ];
}
