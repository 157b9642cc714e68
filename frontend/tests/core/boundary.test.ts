import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { boundaryF, boundaryOf, meanBoundaryF } from "../../src/core/boundary.ts";

interface Case {
  classes: number;
  width: number;
  tolerance: number;
  predicted: number[];
  truth: number[];
  f: (number | null)[];
}

const file = new URL("../golden/boundaries.json", import.meta.url);
const { cases }: { cases: Case[] } = JSON.parse(readFileSync(file, "utf8"));

test("outlines agree as well as Python says, to 1e-6", () => {
  assert.ok(cases.length > 40);
  for (const { classes, width, tolerance, predicted, truth, f } of cases) {
    const found = boundaryF(predicted, truth, classes, width, tolerance);
    assert.equal(found.length, f.length);
    for (const [i, value] of f.entries()) {
      if (value === null) assert.equal(found[i], null);
      else assert.ok(Math.abs(found[i]! - value) < 1e-6, `${found[i]} is not ${value}`);
    }
  }
});

test("the edge of an image is no boundary", () => {
  assert.deepEqual(boundaryOf([1, 1, 1, 1], 2, 1), []);
  assert.deepEqual(boundaryOf([1, 1, 0, 1, 1, 0], 3, 1), [1, 4]);
});

test("the mean leaves out classes without a boundary", () => {
  assert.equal(meanBoundaryF([null, 1, 0.5]), 0.75);
  assert.equal(meanBoundaryF([null, null]), 1);
});
