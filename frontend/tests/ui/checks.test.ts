/** What a trait may be is said in a sentence, whatever it is. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  checkFlag,
  checkNumber,
  checkNumbers,
  checkWhole,
  checkWord,
} from "../../src/ui/checks.ts";

const RANGE = { min: 0, max: 5 };

test("what may be is let through", () => {
  assert.equal(checkNumbers("x", "x", [], RANGE, RANGE), null);
  assert.equal(checkNumber("x", "x", 0.5, RANGE), null);
  assert.equal(checkWhole("x", "x", 5, RANGE), null);
  assert.equal(checkWord("x", "x", "two", ["one", "two"]), null);
  assert.equal(checkWord("x", "x", 10, [1, 10]), null);
  assert.equal(checkFlag("x", "x", false), null);
});

test("what is no list has no values, also where a list may be empty", () => {
  const message = "The third kernel has no values; it takes 0 to 5.";
  for (const values of [null, "1, 2", { length: 0 }]) {
    const problem = checkNumbers("third", "The third kernel", values, RANGE, RANGE);
    assert.deepEqual(problem, { control: "third", message });
  }
});

test("a box that is neither on nor off is named by its label", () => {
  assert.equal(checkFlag("relu", "ReLU", "yes")?.message, "“ReLU” is yes; it is true or false.");
});

test("a huge value does not make a huge sentence", () => {
  const huge = "9".repeat(10_000);
  for (const problem of [
    checkNumbers("x", "x", [huge], RANGE, RANGE),
    checkNumber("x", "x", huge, RANGE),
    checkWhole("x", "x", huge, RANGE),
    checkWord("x", "x", huge, ["one"]),
    checkFlag("x", "x", huge),
  ]) {
    assert.match(problem!.message, /9…/);
    assert.ok(problem!.message.length < 120);
  }
});
