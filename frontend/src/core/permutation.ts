/** One fixed order of positions, the same as Python draws from the same seed. */

import { mulberry32 } from "./random.ts";

/** `order[i]` is the position whose value comes to stand at i (R. Durstenfeld's shuffle, 1964). */
export function permutation(length: number, seed: number): number[] {
  const random = mulberry32(seed);
  const order = Array.from({ length }, (_, i) => i);
  for (let last = length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

export function permute<T>(values: readonly T[], order: readonly number[]): T[] {
  return order.map((from) => values[from]!);
}

/** The order that undoes another. */
export function inverse(order: readonly number[]): number[] {
  const back = new Array<number>(order.length);
  for (const [i, from] of order.entries()) back[from] = i;
  return back;
}
