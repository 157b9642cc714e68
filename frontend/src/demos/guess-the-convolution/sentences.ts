/** What to say of a guess: why it is wrong, or what else would have been right. */

import { subscript as sub } from "../../core/format.ts";
import { outputLength } from "../../core/geometry.ts";
import { type Reading, readingGeometry } from "../../core/readings.ts";
import { columnsOf, compare, firstDifference } from "./comparison.ts";
import { answersOf, guessOf, isEndless, matches, type State, targetOf } from "./state.ts";

/** The verdict, and how to go on. */
export function verdict(state: State): { right: boolean; why: string } | null {
  if (!state.checked) return null;
  return matches(state)
    ? { right: true, why: otherReadings(answersOf(state)) }
    : { right: false, why: difference(state) };
}

type Setting = keyof Reading;

const SETTINGS: readonly Setting[] = ["size", "stride", "dilation", "padding"];

/** Whether the reading is the only one, and if not, which others there are. */
export function otherReadings(all: readonly Reading[]): string {
  if (all.length === 1) return "No other setting makes this matrix.";
  const start = `${all.length} settings make this very matrix, and each counts: `;
  const values = Object.fromEntries(
    SETTINGS.map((name) => [name, [...new Set(all.map((reading) => reading[name]))]]),
  ) as Record<Setting, (number | string)[]>;
  const product = SETTINGS.reduce((count, name) => count * values[name].length, 1);
  if (product === all.length) {
    return `${start}${SETTINGS.map((name) => `${name} ${either(values[name])}`).join(", ")}.`;
  }
  const named = all.map(
    (r) => `size ${r.size}, stride ${r.stride}, dilation ${r.dilation}, ${r.padding}`,
  );
  const shown = named.slice(0, 4).join("; ");
  return `${start}${shown}${named.length > 4 ? `; and ${named.length - 4} more` : ""}.`;
}

/** Which row differs, and which setting that betrays. */
function difference(state: State): string {
  const { length } = state;
  const [target, guess] = [targetOf(state), guessOf(state)];
  const places = compare(length, target, guess);
  const row = firstDifference(places);
  const [wanted, made] = [target, guess].map((r) => outputLength(readingGeometry(length, r)));
  const seen =
    row === null
      ? `All rows that both have agree, but the target has ${rows(wanted!)} and yours ${made}.`
      : differingRow(places, row, wanted!, made!);
  return `${seen} ${hint(guess, answersOf(state))}`;
}

function differingRow(
  places: ReturnType<typeof compare>,
  row: number,
  wanted: number,
  made: number,
): string {
  const name = `Row h${sub(row + 1)}`;
  if (row >= wanted) return `${name} is too much: the target has ${rows(wanted)}, yours ${made}.`;
  if (row >= made) return `${name} is missing: the target has ${rows(wanted)}, yours ${made}.`;
  const [target, guess] = (["target", "guess"] as const).map((of) => columnsOf(places, row, of));
  if (String(target) === String(guess)) {
    return `${name} differs: the right places are filled, but not with the right weights.`;
  }
  return `${name} differs: the target has weights at ${inputs(target!)}, yours at ${inputs(guess!)}.`;
}

/** Where to look: at the first setting that differs from the nearest right reading. */
function hint(guess: Reading, answers: readonly Reading[]): string {
  const agreement = (answer: Reading) =>
    SETTINGS.filter((name) => answer[name] === guess[name]).length;
  const nearest = answers.reduce((a, b) => (agreement(b) > agreement(a) ? b : a));
  if (nearest.stride !== guess.stride) {
    return "The stride is how far the weights move to the right from one row to the next: compare two rows in the middle.";
  }
  if (nearest.dilation !== guess.dilation) {
    return "The dilation is how far apart neighbouring weights stand within a row: look for gaps.";
  }
  if (nearest.size !== guess.size) {
    return "The size is how many weights a row in the middle has, where nothing is cut off.";
  }
  return PADDING_HINTS[nearest.padding];
}

const PADDING_HINTS: Record<Reading["padding"], string> = {
  zeros:
    "Only the padding is wrong. Look at the first and last rows: weights that fall outside are simply gone.",
  valid: "Only the padding is wrong. Look at the first and last rows: are any weights cut off?",
  reflect:
    "Only the padding is wrong. Look at the ends: weights that fall outside come back, mirrored at the end value.",
  replicate:
    "Only the padding is wrong. Look at the ends: weights that fall outside pile up on the end value.",
  circular:
    "Only the padding is wrong. Look at the ends: weights that leave on one side come in on the other.",
};

/** The target in words, row by row, for those who do not see it. */
export function inWords(state: State): string {
  const places = compare(state.length, targetOf(state), null);
  const count = outputLength(readingGeometry(state.length, targetOf(state)));
  const said = Array.from({ length: count }, (_, row) => {
    const held = places.filter((place) => place.row === row);
    const parts = held.map(({ column, target }) => `${target} at x ${column + 1}`);
    return `h ${row + 1}: ${parts.join(", ") || "nothing"}`;
  });
  return `Weight matrix, ${rows(count)} of ${state.length}. ${said.join("; ")}.`;
}

export function score(state: State): string {
  if (!isEndless(state)) return "";
  const { solved, first_try, seed } = state;
  const count = solved === 1 ? "1 puzzle" : `${solved} puzzles`;
  return `Puzzle ${seed}. Solved so far: ${count}, ${first_try} at the first try.`;
}

/** What a screen reader hears when the guess is handed in. */
export function spoken(state: State): string {
  const said = verdict(state);
  if (said === null) {
    const { size, stride, dilation, padding } = state;
    return `Guess: size ${size}, stride ${stride}, dilation ${dilation}, padding ${padding}`;
  }
  return `${said.right ? "Right." : "Not yet."} ${said.why}`;
}

const rows = (count: number) => (count === 1 ? "1 row" : `${count} rows`);

const inputs = (columns: readonly number[]) =>
  columns.length === 0 ? "none" : listed(columns.map((column) => `x${sub(column + 1)}`));

const either = (values: readonly (number | string)[]) =>
  values.length === 1 ? String(values[0]) : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;

const listed = (words: readonly string[]) =>
  words.length === 1 ? words[0]! : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
