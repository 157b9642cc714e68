/** A list shows as many digits as can be read, and keeps them all. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readable } from "../../src/core/format.ts";
import { unrounded } from "../../src/ui/list-field.ts";
import { parseNumbers } from "../../src/ui/numbers.ts";

const LONG = [0.4362892210483551, 1 / 3, -0.012345678901, 0.4362892210483551 / 3, 2];
const RANGE = { min: -100, max: 100 };

/** What a reader takes from the field who has changed its text. */
function taken(edit: (words: string[]) => string[]): number[] {
  const { value } = parseNumbers(edit(LONG.map(readable)).join(", "), RANGE, { min: 1, max: 9 });
  return unrounded(value!, LONG);
}

test("what is left as it was keeps all its digits, beside what is typed", () => {
  assert.deepEqual(
    taken((words) => words),
    LONG,
  );
  assert.deepEqual(
    taken((words) => words.with(1, "7").with(3, "8.5")),
    LONG.with(1, 7).with(3, 8.5),
  );
});

test("a number put in or taken out leaves those before it and after it as they were", () => {
  assert.deepEqual(
    taken((words) => words.toSpliced(2, 0, "5")),
    LONG.toSpliced(2, 0, 5),
  );
  assert.deepEqual(
    taken((words) => words.toSpliced(1, 2)),
    LONG.toSpliced(1, 2),
  );
});
