/** The guess laid over the target, place by place. */

import { weightPattern, weightPlaces } from "../../core/pattern.ts";
import { type Reading, readingGeometry } from "../../core/readings.ts";

/** What a place of the matrix holds of the target and of the guess. */
export interface Place {
  row: number;
  column: number;
  /** The target's weights there, as letters; "" for none. */
  target: string;
  /** The guess's, by the letters of the weights that they match; "" for none. */
  guess: string;
}

const LETTERS = "abcde";

/** Letters of the weights that are in sight, in their order; null for the others. */
function letters(length: number, reading: Reading): (string | null)[] {
  let next = 0;
  return weightPlaces(readingGeometry(length, reading)).map((places) =>
    places.length > 0 ? LETTERS[next++]! : null,
  );
}

/**
 * The guess's weights by the target's letters: each takes that of the weight with which it shares
 * most places, the best match first; one that shares none is a stranger, "?".
 */
function matched(length: number, guess: Reading, target: Reading): string[] {
  const names = letters(length, target);
  const wanted = weightPlaces(readingGeometry(length, target)).map((places) => new Set(places));
  const given = weightPlaces(readingGeometry(length, guess));
  const pairs = given.flatMap((places, k) =>
    wanted.map((set, t) => ({ k, t, shared: places.filter((place) => set.has(place)).length })),
  );
  const found = given.map(() => "?");
  const taken = new Set<number>();
  for (const { k, t, shared } of pairs.sort((a, b) => b.shared - a.shared)) {
    if (shared === 0 || found[k] !== "?" || taken.has(t)) continue;
    found[k] = names[t]!;
    taken.add(t);
  }
  return found;
}

/** Every place where either holds a weight, row by row; without a guess only the target's. */
export function compare(length: number, target: Reading, guess: Reading | null): Place[] {
  const names = letters(length, target);
  const wanted = weightPattern(readingGeometry(length, target));
  const given = guess ? weightPattern(readingGeometry(length, guess)) : [];
  const match = guess ? matched(length, guess, target) : [];
  const places: Place[] = [];
  for (let row = 0; row < Math.max(wanted.length, given.length); row++) {
    for (let column = 0; column < length; column++) {
      const word = (entry: number[] | undefined, by: readonly (string | null)[]) =>
        (entry ?? [])
          .map((k) => by[k])
          .sort()
          .join("+");
      const place = {
        row,
        column,
        target: word(wanted[row]?.[column], names),
        guess: word(given[row]?.[column], match),
      };
      if (place.target || place.guess) places.push(place);
    }
  }
  return places;
}

/** The first row in which the guess differs, or null. */
export function firstDifference(places: readonly Place[]): number | null {
  return places.find(({ target, guess }) => target !== guess)?.row ?? null;
}

/** How far the band moves to the right from one row to the next, where it can be seen. */
export function columnsOf(places: readonly Place[], row: number, of: "target" | "guess"): number[] {
  return places.filter((place) => place.row === row && place[of]).map(({ column }) => column);
}
