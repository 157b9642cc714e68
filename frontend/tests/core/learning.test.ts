import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  contributions,
  descend,
  gradient,
  largestEigenvalue,
  largestRate,
  loss,
  predicted,
  RUNAWAY,
  scatter,
} from "../../src/core/learning.ts";
import { deviation } from "./golden.ts";

interface Case {
  signal: number[];
  target: number[];
  start: number[];
  rate: number;
  steps: number;
  kernel: number[];
  loss: number;
  gradient: number[];
  limit: number;
}

const file = new URL("../golden/channels.json", import.meta.url);
const cases: Case[] = JSON.parse(readFileSync(file, "utf8")).learnt;

test("descent, loss and gradient equal torch's autograd and optimizer to 1e-6", () => {
  assert.ok(cases.length >= 30);
  for (const c of cases) {
    const kernel = descend(c, c.start, c.rate, c.steps).at(-1)!;
    assert.ok(deviation(kernel, c.kernel) < 1e-6, JSON.stringify(c));
    assert.ok(deviation(loss(c, kernel), c.loss) < 1e-6, JSON.stringify(c));
    assert.ok(deviation(gradient(c, kernel), c.gradient) < 1e-6, JSON.stringify(c));
  }
});

test("the gradient equals a finite difference of the loss", () => {
  const h = 1e-5;
  for (const c of cases) {
    const numeric = c.kernel.map((w, k) => {
      const at = (value: number) => loss(c, c.kernel.with(k, value));
      return (at(w + h) - at(w - h)) / (2 * h);
    });
    assert.ok(deviation(numeric, gradient(c, c.kernel)) < 1e-6, JSON.stringify(c));
  }
});

test("the rate's limit equals torch's to 1e-6", () => {
  for (const c of cases) {
    const off = Math.abs(largestRate(c.signal, c.start.length) - c.limit);
    assert.ok(off < 1e-6 * Math.max(1, c.limit), JSON.stringify(c));
  }
});

test("just below the limit the loss falls, just above it grows without end", () => {
  const signal = [1, -2, 0.5, 3, 1, -1];
  const task = { signal, target: predicted(signal, [1, -2, 1]) };
  const limit = largestRate(signal, 3);
  const below = descend(task, [0, 0, 0], 0.99 * limit, 400).map((kernel) => loss(task, kernel));
  const above = descend(task, [0, 0, 0], 1.05 * limit, 400).map((kernel) => loss(task, kernel));
  assert.ok(below.at(-1)! < 1e-3);
  assert.ok(above.at(-1)! > above[0]!);
});

test("weights that run away end the descent while all is still finite", () => {
  const path = descend({ signal: [100, 100, 100], target: [0, 0, 0] }, [1, 1], 2, 200);
  assert.ok(path.length < 200);
  assert.ok(path.at(-1)!.some((w) => Math.abs(w) > RUNAWAY));
  assert.ok(path.flat().every(Number.isFinite));
});

test("a zero signal teaches nothing, at any rate", () => {
  const task = { signal: [0, 0, 0], target: [1, 2, 3] };
  assert.equal(deviation(contributions(task, [1, 2]), [new Array(3).fill(0), [0, 0, 0]]), 0);
  assert.equal(largestRate(task.signal, 2), Number.POSITIVE_INFINITY);
});

test("the largest eigenvalue of a symmetric matrix", () => {
  assert.ok(
    Math.abs(
      largestEigenvalue([
        [2, 1],
        [1, 2],
      ]) - 3,
    ) < 1e-12,
  );
  assert.equal(largestEigenvalue([[-4]]), -4);
});

test("scatter is the same for the same seed, and about as wide as it says", () => {
  assert.deepEqual(scatter(5, 3), scatter(5, 3));
  assert.notDeepEqual(scatter(5, 3), scatter(5, 4));
  const many = scatter(4000, 1);
  const squares = many.reduce((sum, value) => sum + value * value, 0) / many.length;
  assert.ok(Math.abs(squares - 1) < 0.1);
});
