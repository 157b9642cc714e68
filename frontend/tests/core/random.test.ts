import assert from "node:assert/strict";
import { test } from "node:test";
import { mulberry32 } from "../../src/core/random.ts";

test("the generator gives mulberry32's published numbers for seed 0", () => {
  const random = mulberry32(0);
  assert.deepEqual(
    [random(), random(), random()],
    [0.26642920868471265, 0.0003297457005828619, 0.2232720274478197],
  );
});

test("numbers fill [0, 1) evenly", () => {
  const random = mulberry32(42);
  const bins = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) bins[Math.floor(random() * 10)]! += 1;
  assert.equal(bins.length, 10);
  for (const count of bins) assert.ok(Math.abs(count - 1000) < 120, String(bins));
});
