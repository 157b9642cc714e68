/** Counts, beside the page, how often the networks err on moved test examples. */

import type { Layer } from "../../core/network.ts";
import { errorsOf, placed, shifted, testExamples } from "../../core/test-errors.ts";

/** What is counted: the networks, and to which shifts and places examples are moved. */
export interface Order {
  networks: Layer[][];
  shift: readonly number[];
  place: readonly number[];
}

export interface News {
  kind: "shift" | "place";
  /** Which of the shifts, or places. */
  index: number;
  errors: number[];
}

addEventListener("message", ({ data }: MessageEvent<Order>) => {
  const examples = testExamples();
  const tell = (news: News) => postMessage(news);
  // A coarse picture of both first, then the rest.
  for (const [first, every] of [
    [0, 4],
    [2, 4],
    [1, 2],
  ] as const) {
    for (const kind of ["place", "shift"] as const) {
      for (let index = first; index < data[kind].length; index += every) {
        const at = data[kind][index]!;
        const errors = errorsOf(data.networks, examples, (example) =>
          kind === "place" ? placed(example, at) : shifted(example, at),
        );
        tell({ kind, index, errors });
      }
    }
  }
});
