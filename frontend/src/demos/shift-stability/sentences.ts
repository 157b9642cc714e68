/** The result in words. */

import { compact } from "../../core/format.ts";
import { original } from "../mnist-1d/sample.ts";
import { digits, expected, SHIFTS, type State } from "./state.ts";

export const NAMES = ["Fully connected", "Convolutional"] as const;

/** How far a prediction holds: the run of shifts around zero, and how many there are in all. */
export function held(
  state: State,
  said: readonly number[],
): { run: [number, number] | null; count: number } {
  const right = said.map((digit) => digit === expected(state, said));
  const middle = SHIFTS.indexOf(0);
  const count = right.filter(Boolean).length;
  if (!right[middle]) return { run: null, count };
  let [first, last] = [middle, middle];
  while (right[first - 1]) first -= 1;
  while (right[last + 1]) last += 1;
  return { run: [SHIFTS[first]!, SHIFTS[last]!], count };
}

/** "right at 9 of 21 shifts, without a break from −2 to 5". */
export function stability(state: State, said: readonly number[]): string {
  const { run, count } = held(state, said);
  const what = original(state).label === null ? "unchanged" : "right";
  const all = `${what} at ${count} of ${SHIFTS.length} shifts`;
  if (run === null) return `${all}, and wrong where it has not moved`;
  if (run[0] === run[1]) return `${all}; a single step either way changes it`;
  return `${all}, without a break from ${compact(run[0])} to ${compact(run[1])}`;
}

export function spoken(state: State): string {
  const at = SHIFTS.indexOf(state.shift);
  const said = digits(state).map((all, i) => `${NAMES[i]!.toLowerCase()} says ${all[at]}`);
  return `Shift ${compact(state.shift)}: ${said.join(", ")}`;
}
