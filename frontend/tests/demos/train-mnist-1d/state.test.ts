import assert from "node:assert/strict";
import { test } from "node:test";
import { due } from "../../../src/demos/train-mnist-1d/protocol.ts";
import { check, LINKABLE, RECIPES } from "../../../src/demos/train-mnist-1d/state.ts";
import { state } from "./states.ts";

function assertRefused(change: Parameters<typeof state>[0], control: string, words: RegExp): void {
  const problem = check(state(change));
  assert.equal(problem?.control, control);
  assert.match(problem!.message, words);
}

test("the demo's own state and every recipe are possible", () => {
  assert.equal(check(state()), null);
  for (const [name, recipe] of Object.entries(RECIPES)) {
    assert.equal(check(state(recipe)), null, name);
  }
});

test("numbers out of range or of another kind are refused with what is allowed", () => {
  assertRefused({ learning_rate: -0.1 }, "learning_rate", /is -0\.1; .* from 0 to 10/);
  assertRefused({ learning_rate: Number.NaN }, "learning_rate", /is NaN/);
  assertRefused({ learning_rate: "0.1" }, "learning_rate", /it is a number/);
  assertRefused({ momentum: 1 }, "momentum", /from 0 to 0\.999/);
  assertRefused({ steps: 0 }, "steps", /whole number from 1 to 100000/);
  assertRefused({ steps: 1.5 }, "steps", /is 1\.5/);
  assertRefused({ halve_every: -1 }, "halve_every", /is -1/);
  assertRefused({ seed: 1000 }, "seed", /from 0 to 999/);
  assertRefused({ sample: null }, "sample", /is null/);
  assertRefused({ kernel: 15 }, "kernel", /from 0 to 14/);
  assertRefused({ tap: 3 }, "tap", /from 0 to 2/);
});

test("a word or a batch size that is none of those there are is refused with them", () => {
  assertRefused({ batch_size: 64 }, "batch_size", /is 64; it is one of 10, 25, 100, 400/);
  assertRefused({ guess: "both" }, "guess", /convolutional, fully connected, about equal/);
  assertRefused({ curve: "accuracy" }, "curve", /error, loss/);
});

test("a switch is on or off", () => {
  for (const name of ["permuted", "training", "background"] as const) {
    assertRefused({ [name]: 1 }, name, /is 1; it is true or false/);
  }
});

test("a link cannot start the reader's processor", () => {
  assert.ok(!LINKABLE.includes("training"));
  assert.ok(!LINKABLE.includes("background"));
  assert.ok(LINKABLE.includes("permuted"));
});

test("points lie dense at first, and a hundred thousand steps make few", () => {
  const points = Array.from({ length: 100_001 }, (_, step) => step).filter(due);
  assert.deepEqual(points.slice(0, 3), [0, 10, 20]);
  assert.ok(points.length < 200);
  assert.equal(points.at(-1), 100_000);
});
