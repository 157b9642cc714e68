/** Numbers that each show one thing. */

import { grid } from "../../core/drawings.ts";

export const NUMBERS = ["step", "single one", "ramp"] as const;

export function numbersNamed(name: (typeof NUMBERS)[number]): number[][] {
  switch (name) {
    case "step":
      return [
        [2, 1, 2, 8, 9, 8],
        [1, 2, 1, 9, 8, 9],
        [2, 2, 1, 8, 8, 9],
        [1, 2, 2, 9, 9, 8],
        [2, 1, 1, 8, 9, 9],
        [1, 1, 2, 9, 8, 8],
      ];
    case "single one":
      return grid(6, (r, c) => (r === 2 && c === 3 ? 1 : 0));
    default:
      return grid(6, (r, c) => r + 2 * c);
  }
}
