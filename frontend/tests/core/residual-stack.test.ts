import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { changedAnswers, relativeChange, stackSizes } from "../../src/core/residual-stack.ts";
import { change, type State, stackOf, tenSamples } from "../../src/demos/residual-depth/state.ts";

interface Case extends State {
  activations: number[];
  gradients: number[];
  loss: number;
  change: number | null;
}

const file = new URL("../golden/residual-depth.json", import.meta.url);
const golden: { stacks: Case[] } = JSON.parse(readFileSync(file, "utf8"));

/** The largest difference of two numbers, relative to the second. */
function off(found: readonly number[], expected: readonly number[]): number {
  assert.equal(found.length, expected.length);
  const each = found.map((value, i) => {
    const truth = expected[i]!;
    return truth === 0 ? Math.abs(value) : Math.abs(value - truth) / Math.abs(truth);
  });
  return Math.max(...each);
}

test("sizes of activations and gradients are torch's to 1e-5, whatever their power of ten", () => {
  assert.ok(golden.stacks.length >= 40);
  for (const expected of golden.stacks) {
    const { depth, width, skip, batch_norm, initialisation, activation, seed } = expected;
    const where = JSON.stringify({
      depth,
      width,
      skip,
      batch_norm,
      initialisation,
      activation,
      seed,
    });
    const found = stackSizes(stackOf(expected), tenSamples());
    assert.ok(off(found.activations, expected.activations) < 1e-5, `activations of ${where}`);
    assert.ok(off(found.gradients, expected.gradients) < 1e-5, `gradients of ${where}`);
    assert.ok(off([found.loss], [expected.loss]) < 1e-5, `loss of ${where}`);
    const moved = change(expected);
    assert.equal(moved === null, expected.change === null);
    if (moved !== null) assert.ok(off([moved], [expected.change!]) < 1e-5, `change of ${where}`);
  }
});

test("a layer's weights do not depend on what comes after it", () => {
  const stack = stackOf({ ...golden.stacks[0]!, depth: 4, removed: 0 });
  const deeper = stackSizes({ ...stack, depth: 9 }, tenSamples());
  assert.deepEqual(deeper.activations.slice(0, 5), stackSizes(stack, tenSamples()).activations);
});

test("what does not change has not changed", () => {
  const scores = Float64Array.from({ length: 20 }, (_, i) => i % 7);
  assert.equal(relativeChange(scores, scores), 0);
  assert.equal(changedAnswers(scores, scores), 0);
  const turned = scores.map((score) => -score);
  assert.equal(relativeChange(scores, turned), 2);
  assert.equal(changedAnswers(scores, turned), 2);
});
