import assert from "node:assert/strict";
import { test } from "node:test";
import {
  KERNELS,
  type KernelName,
  kernelName,
  namedKernel,
  randomKernel,
  resizeKernel,
} from "../../src/core/kernels.ts";
import { deviation, golden } from "./golden.ts";

test("every named kernel at every size equals torch's to 1e-6, or cannot be in both", (t) => {
  let largest = 0;
  for (const { name, size, weights } of golden.kernels) {
    const actual = namedKernel(name, size);
    if (weights === null) assert.equal(actual, null, `${name} of size ${size}`);
    else largest = Math.max(largest, deviation(actual, weights));
  }
  assert.ok(largest < 1e-6);
  t.diagnostic(`largest deviation from torch: ${largest.toExponential(1)}`);
});

test("the golden kernels are all names at sizes 1 to 9", () => {
  assert.deepEqual([...KERNELS], ["identity", "mean", "gaussian", "derivative", "laplacian"]);
  assert.equal(golden.kernels.length, KERNELS.length * 9);
});

test("familiar sizes are exact, so that labels are short", () => {
  assert.deepEqual(namedKernel("derivative", 3), [-0.5, 0, 0.5]);
  assert.deepEqual(namedKernel("derivative", 2), [-1, 1]);
  assert.deepEqual(
    namedKernel("gaussian", 5),
    [1, 4, 6, 4, 1].map((b) => b / 16),
  );
  assert.deepEqual(namedKernel("laplacian", 3), [1, -2, 1]);
});

test("no size, a fraction and an unknown name have no kernel", () => {
  for (const size of [0, -3, 2.5, Number.NaN]) assert.equal(namedKernel("mean", size), null);
  assert.equal(namedKernel("sobel" as KernelName, 3), null);
});

test("a random kernel is the same for the same seed and another for another", () => {
  assert.deepEqual(randomKernel(5, 7), randomKernel(5, 7));
  assert.notDeepEqual(randomKernel(5, 7), randomKernel(5, 8));
});

test("random weights stand on one decimal in [−1, 1] and are never all zero", () => {
  const seen = new Set<number>();
  for (let seed = 0; seed < 500; seed++) {
    for (const size of [1, 3, 9]) {
      const weights = randomKernel(size, seed);
      assert.equal(weights.length, size);
      assert.ok(weights.some((w) => w !== 0));
      for (const w of weights) {
        assert.ok(w >= -1 && w <= 1 && w === Math.round(w * 10) / 10 && !Object.is(w, -0));
        seen.add(w);
      }
    }
  }
  assert.equal(seen.size, 21);
});

test("a random kernel of no size is refused in words", () => {
  assert.throws(() => randomKernel(0, 1), /needs a whole number of weights from 1, not 0/);
});

test("a kernel is known by its weights, and an unknown one has no name", () => {
  for (const name of KERNELS) assert.equal(kernelName(namedKernel(name, 5)!), name);
  assert.equal(kernelName([1, 2, 3]), null);
});

test("a resized kernel keeps its name where it can, else its weights, with zeros at the ends", () => {
  assert.deepEqual(resizeKernel(namedKernel("mean", 3)!, 5), namedKernel("mean", 5));
  assert.deepEqual(resizeKernel([1, 2, 3], 5), [0, 1, 2, 3, 0]);
  assert.deepEqual(resizeKernel([0, 1, 2, 3, 0], 3), [1, 2, 3]);
});
