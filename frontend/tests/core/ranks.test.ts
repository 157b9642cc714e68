import assert from "node:assert/strict";
import { test } from "node:test";
import { covered, PATCH, placesAlong } from "../../src/core/occlusion.ts";
import { rankCorrelation, ranks } from "../../src/core/ranks.ts";

test("ranks are places in ascending order, and equal values share theirs", () => {
  assert.deepEqual([...ranks([3, -1, 7, 3])], [1.5, 0, 3, 1.5]);
  assert.deepEqual([...ranks([2, 2, 2])], [1, 1, 1]);
});

test("the correlation of ranks knows order only", () => {
  const values = [0.1, 5, -2, 30, 7, 7.5];
  const close = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-12, `${a}, ${b}`);
  close(rankCorrelation(values, values.map(Math.exp)), 1);
  close(
    rankCorrelation(
      values,
      values.map((v) => -(v ** 3)),
    ),
    -1,
  );
  // Spearman's own formula, where no values are equal: 1 − 6 Σd² / n(n² − 1).
  close(rankCorrelation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]), 1 - (6 * 4) / (5 * 24));
  assert.equal(rankCorrelation(values, [1, 1, 1, 1, 1, 1]), 0);
});

test("a square covers one place of each channel, and nothing of the image itself", () => {
  const image = new Float32Array(3 * 96 * 96).fill(1);
  assert.equal(placesAlong(96), 10);
  for (const place of [0, 9, 57, 99]) {
    const result = covered(image, 96, place);
    const grey = [...result.entries()].filter(([, value]) => value === 0.5).map(([at]) => at);
    assert.equal(grey.length, 3 * PATCH ** 2);
    assert.equal(grey[0], 96 * 8 * Math.floor(place / 10) + 8 * (place % 10));
    assert.equal(grey.at(-1), 2 * 96 * 96 + grey[0]! + 23 * 96 + 23);
  }
  assert.ok(image.every((value) => value === 1));
});
