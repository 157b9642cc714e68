import assert from "node:assert/strict";
import { test } from "node:test";
import { convolve, convolveChannels } from "../../src/core/convolution.ts";
import { outputLength, problem } from "../../src/core/geometry.ts";
import { type ConvolutionCase, deviation, golden, SENTENCES } from "./golden.ts";

const options = { stride: 1, dilation: 1, padding: "zeros" } as const;

function run({ x, w, b, stride, dilation, padding, groups }: ConvolutionCase): number[][] {
  const bias = b === undefined ? {} : { bias: b };
  return convolveChannels(x, w, { stride, dilation, padding, groups, ...bias });
}

function geometryOf({ x, w, stride, dilation, padding }: ConvolutionCase) {
  return { length: x[0]!.length, kernelSize: w[0]![0]!.length, stride, dilation, padding };
}

test("there are at least two thousand golden cases", () => {
  assert.ok(golden.cases.length >= 2000);
});

test("every possible golden case equals torch to 1e-6", (t) => {
  let largest = 0;
  let count = 0;
  for (const c of golden.cases.filter((c) => c.z !== undefined)) {
    const off = deviation(run(c), c.z);
    assert.ok(off < 1e-6, `off by ${off}: ${JSON.stringify(c)}`);
    largest = Math.max(largest, off);
    count += 1;
  }
  t.diagnostic(`largest deviation from torch over ${count} cases: ${largest.toExponential(1)}`);
});

test("every golden case with one channel gives the same through convolve", () => {
  for (const c of golden.cases.filter((c) => c.z && !c.b)) {
    assert.deepEqual(convolve(c.x[0]!, c.w[0]![0]!, c), run(c)[0]);
  }
});

test("exactly the golden cases that torch refuses are refused, for torch's reason", () => {
  for (const c of golden.cases) {
    const sentence = problem(geometryOf(c));
    if (c.error === undefined) {
      assert.equal(sentence, null, JSON.stringify(c));
    } else {
      assert.match(String(sentence), SENTENCES[c.error], JSON.stringify(c));
      assert.throws(() => run(c), { name: "RangeError", message: String(sentence) });
    }
  }
});

test("the output length is the length of torch's output", () => {
  for (const c of golden.cases.filter((c) => c.z !== undefined)) {
    assert.equal(outputLength(geometryOf(c)), c.z![0]!.length);
  }
});

test("the kernel is not reversed", () => {
  assert.deepEqual(convolve([1, 2, 4, 8], [100, 10, 1], options), [12, 124, 248, 480]);
});

test("the arguments are left as they were", () => {
  const signal = Object.freeze([1, 2, 3]);
  const kernel = Object.freeze([1, 0, -1]);
  assert.deepEqual(convolve(signal, kernel, options), [-2, -2, 2]);
});

test("a zero that is padded meets no weight, not even an infinite one", () => {
  assert.deepEqual(convolve([1], [Number.POSITIVE_INFINITY, 1, 1], options), [1]);
});

test("groups that do not divide the channels are refused in words", () => {
  const input = [[1], [2], [3]];
  const weight = [[[1]], [[1]]];
  const attempt = (groups: number) => () => convolveChannels(input, weight, { ...options, groups });
  assert.throws(attempt(2), /2 groups must divide both the 3 input channels and the 2 output/);
  assert.throws(attempt(0), /number of groups is 0/);
  assert.throws(attempt(1.5), /number of groups is 1.5/);
});

test("ragged input, weights that do not fit and a bias of another length are refused", () => {
  const all = { ...options, groups: 1 };
  assert.throws(() => convolveChannels([[1, 2], [1]], [[[1], [1]]], all), /differ in length/);
  assert.throws(() => convolveChannels([[1], [1]], [[[1]]], all), /needs 2 kernels of 1 weights/);
  assert.throws(() => convolveChannels([[1]], [[[1]], [[1, 2]]], all), /needs 1 kernels of 1/);
  assert.throws(
    () => convolveChannels([[1]], [[[1]]], { ...all, bias: [1, 2] }),
    /bias has 2 values, but there are 1 output channels/,
  );
  assert.throws(() => convolveChannels([], [], all), /The signal has no values/);
});
