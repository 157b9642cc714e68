import assert from "node:assert/strict";
import { test } from "node:test";
import {
  PAIRS,
  pairNamed,
  SIGNALS,
  signalNamed,
} from "../../../src/demos/compose-kernels/presets.ts";
import {
  outputSentence,
  summary,
  tapEquation,
  weightSentence,
} from "../../../src/demos/compose-kernels/sentences.ts";
import { snippet } from "../../../src/demos/compose-kernels/snippet.ts";
import {
  causes,
  check,
  derived,
  differences,
  KEYS,
  outputLength,
  settle,
} from "../../../src/demos/compose-kernels/state.ts";
import { state } from "./states.ts";

function assertRefused(change: Parameters<typeof state>[0], control: string, words: RegExp): void {
  const problem = check(state(change));
  assert.equal(problem?.control, control, JSON.stringify(change));
  assert.match(problem!.message, words);
}

test("a plain state is possible, and every trait of it is a key", () => {
  assert.equal(check(state()), null);
  assert.deepEqual(Object.keys(state()).sort(), [...KEYS].sort());
});

test("every preset is possible with every other", () => {
  for (const pair of PAIRS) {
    for (const signal of SIGNALS) {
      const preset = state({ ...pairNamed(pair, 3), signal: signalNamed(signal, 3), tap: 0 });
      assert.equal(check(preset), null, `${pair}, ${signal}`);
    }
  }
});

test("bad values are refused by name, value and what is allowed", () => {
  assertRefused({ signal: [] }, "signal", /has 0 values; it takes 1 to 32/);
  assertRefused({ first: [] }, "first", /first kernel has 0 values; it takes 1 to 5/);
  assertRefused({ second: "4" }, "second", /has no values/);
  assertRefused({ third: [1, Number.NaN] }, "third", /holds NaN/);
  assertRefused({ first: [1001] }, "first", /holds 1001; .* -1000 to 1000/);
  assertRefused({ padding: "reflect" }, "padding", /one of valid, zeros/);
  assertRefused({ relu: 1 }, "relu", /true or false/);
  assertRefused({ position: 2 }, "position", /from 0 to 1/);
  assertRefused({ tap: 5 }, "tap", /from 0 to 4/);
  assertRefused({ signal: [1, 2, 3, 4] }, "signal", /kernels span 5 values, .* only 4/);
});

test("the output and the tap looked at stay on ones that exist", () => {
  const last = state({ padding: "zeros", position: 5, tap: 4 });
  const before = { last, initial: last };
  const settled = settle({ ...last, padding: "valid", first: [1, 2] }, before);
  assert.deepEqual([settled.position, settled.tap], [2, 3]);
  assert.equal(outputLength(settled), 3);
});

test("rounding is no difference, and each cause is found by itself", () => {
  const linear = state({ first: [1 / 3, 1 / 3, 1 / 3], second: [0.1, 0.2, 0.3] });
  assert.deepEqual(differences(derived(linear)), [0, 0]);
  const padded = state({ padding: "zeros" });
  assert.deepEqual(causes(padded), { relu: false, padding: true });
  assert.deepEqual(causes({ ...padded, position: 2 }), { relu: false, padding: false });
  const clipped = state({ relu: true, signal: [1, 0, -2, -3, 1, 4] });
  assert.deepEqual(causes(clipped), { relu: true, padding: false });
});

test("a composed weight is written out", () => {
  const said = tapEquation(state()).map(({ words }) => words);
  assert.equal(said.join(""), "weight 3 = 1·6 + 2·5 + 3·4 = 28");
  const three = tapEquation(state({ third: [1, -1], tap: 1 })).map(({ words }) => words);
  assert.equal(three.join(""), "weight 2 = 4·(−1) + 13·1 = 9");
});

test("the sentences say where both ways agree, and why they do not", () => {
  assert.equal(summary(state()), "Equal at all 2 outputs.");
  assert.match(outputSentence(state()), /^z₁ is .* either way\.$/);
  const padded = state({ padding: "zeros" });
  assert.match(summary(padded), /^Equal at 4 of 6 outputs; furthest apart at z₆, by 24\.$/);
  assert.match(outputSentence(padded), /apart: a later stage read a padded zero/);
  const clipped = state({ relu: true, signal: [1, 0, -2, -3, 1, 4] });
  assert.match(outputSentence(clipped), /through the two stages .* apart: the ReLU cut off/);
  assert.match(
    weightSentence(state({ third: [1, 1, 1] })),
    /= 9 weights in 3 stages; 7 in the one/,
  );
});

test("the snippet names every stage and composes by true convolution", () => {
  const code = snippet(state({ third: [1, 2], relu: true, padding: "zeros" })).map((l) => l.code);
  assert.equal(code.filter((line) => line.includes(".relu()")).length, 2);
  assert.equal(code.filter((line) => line.includes(".flip(-1)")).length, 2);
  assert.ok(code.includes("one = F.conv1d(F.pad(x, (2, 3)), composed)"));
});
