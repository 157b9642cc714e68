import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  axes,
  channelOf,
  convolve2d,
  filtersOf,
  outputSize,
  problem2d,
  rectified,
  rowsOf,
  type Volume,
  volumeOf,
  window2d,
} from "../../src/core/convolution2d.ts";
import { kernelName2d, namedKernel2d, resizeKernel2d } from "../../src/core/kernels2d.ts";
import type { Padding } from "../../src/core/padding.ts";
import { deviation, type Reason } from "./golden.ts";

interface Case {
  x: number[][][];
  w: number[][][][];
  b?: number[];
  stride: number;
  dilation: number;
  padding: Padding;
  groups: number;
  z?: number[][][];
  error?: Reason;
}

const file = new URL("../golden/convolution-2d.json", import.meta.url);
const { cases }: { cases: Case[] } = JSON.parse(readFileSync(file, "utf8"));

const imageOf = (x: number[][][]): Volume => ({
  channels: x.length,
  rows: x[0]!.length,
  columns: x[0]![0]!.length,
  values: Float64Array.from(x.flat(2)),
});
const axesOf = ({ x, w, ...options }: Case) => axes(imageOf(x), filtersOf(w), options);
const run = ({ x, w, b, ...options }: Case) =>
  convolve2d(imageOf(x), filtersOf(w), { ...options, ...(b ? { bias: b } : {}) });
const rowsOfAll = (z: Volume) => Array.from({ length: z.channels }, (_, c) => rowsOf(z, c));

const plain = { stride: 1, dilation: 1, padding: "zeros", groups: 1 } as const;

test("every possible golden case equals torch to 1e-6", (t) => {
  assert.ok(cases.filter((c) => c.z).length >= 1000);
  const possible = cases.filter((c) => c.z !== undefined);
  const largest = Math.max(...possible.map((c) => deviation(rowsOfAll(run(c)), c.z)));
  assert.ok(largest < 1e-6, `off by ${largest}`);
  t.diagnostic(`largest deviation over ${possible.length} cases: ${largest.toExponential(1)}`);
});

test("exactly the golden cases that torch refuses are refused, for torch's reason", () => {
  const said: Partial<Record<Reason, RegExp>> = {
    stride: /^The stride is 0/,
    dilation: /^The dilation is 0/,
    "kernel-too-long": /^The kernel spans \d+ values, but the image has only \d+/,
    "reflect-too-short": /^Reflect padding needs/,
    "circular-too-short": /^Circular padding needs/,
  };
  for (const c of cases) {
    const sentence = problem2d(axesOf(c));
    if (c.error === undefined) assert.equal(sentence, null, JSON.stringify(c));
    else {
      assert.match(String(sentence), said[c.error]!, JSON.stringify(c));
      assert.throws(() => run(c), { name: "RangeError", message: String(sentence) });
    }
  }
});

test("the window of an output reads what its sum is made of", () => {
  for (const c of cases.filter((c) => c.z && !c.b).slice(0, 200)) {
    const both = axesOf(c);
    const { rows, columns } = outputSize(both);
    const [row, column] = [rows - 1, Math.floor(columns / 2)];
    const values = imageOf(c.x).values;
    const weights = c.w[0]![0]!.flat();
    const sum = window2d(both, row, column).reduce(
      (total, { source }, k) => total + (source === null ? 0 : weights[k]! * values[source]!),
      0,
    );
    assert.ok(Math.abs(sum - c.z![0]![row]![column]!) < 1e-6);
  }
});

test("padding is known from the image also where it repeats a value", () => {
  const both = axes(
    { rows: 3, columns: 3 },
    { rows: 3, columns: 3 },
    { ...plain, padding: "replicate" },
  );
  const corner = window2d(both, 0, 0);
  assert.deepEqual(
    corner.map(({ padded }) => padded),
    [true, true, true, true, false, false, true, false, false],
  );
  assert.equal(corner[0]!.source, 0);
});

test("shapes that do not fit are refused in words", () => {
  const image = { ...volumeOf([[1, 2]]), channels: 2, values: Float64Array.of(1, 2, 3, 4) };
  const filter = filtersOf([[[[1]]]]);
  assert.throws(() => convolve2d(image, filter, plain), /Each filter has 1 slices, but needs 2/);
  assert.throws(() => convolve2d(image, filter, { ...plain, groups: 3 }), /3 groups must divide/);
  assert.throws(() => convolve2d(image, filter, { ...plain, groups: 0 }), /whole number from 1/);
  const both = filtersOf([[[[1]], [[1]]]]);
  assert.throws(() => convolve2d(image, both, { ...plain, bias: [1, 2] }), /bias has 2 values/);
  const short = { ...image, values: Float64Array.of(1) };
  assert.throws(
    () => convolve2d(short, both, plain),
    /input holds 1 values, but its shape needs 4/,
  );
});

test("ReLU, channels and rows", () => {
  const two = { channels: 2, rows: 1, columns: 2, values: Float64Array.of(-1, 2, 3, -4) };
  assert.deepEqual(rowsOf(rectified(two), 1), [[3, 0]]);
  assert.deepEqual([...channelOf(two, 1).values], [3, -4]);
  assert.deepEqual(
    rowsOf(
      volumeOf([
        [1, 2],
        [3, 4],
      ]),
    ),
    [
      [1, 2],
      [3, 4],
    ],
  );
});

test("named kernels are the textbook's", () => {
  assert.deepEqual(namedKernel2d("sobel x", 3), [
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ]);
  assert.deepEqual(namedKernel2d("sobel x", 5)![2], [-6, -12, 0, 12, 6]);
  assert.deepEqual(namedKernel2d("sobel y", 3), [
    [-1, -2, -1],
    [0, 0, 0],
    [1, 2, 1],
  ]);
  assert.deepEqual(namedKernel2d("gaussian", 3)![1], [0.125, 0.25, 0.125]);
  assert.equal(namedKernel2d("laplacian", 5), null);
  assert.equal(namedKernel2d("sobel y", 1), null);
  const sum = (rows: number[][]) => rows.flat().reduce((a, b) => a + b, 0);
  for (const size of [1, 3, 5, 7]) {
    for (const name of ["identity", "box mean", "gaussian"] as const) {
      assert.ok(Math.abs(sum(namedKernel2d(name, size)!) - 1) < 1e-12);
    }
  }
});

test("a kernel of another size keeps its name, or its weights in the middle", () => {
  assert.equal(kernelName2d(resizeKernel2d(namedKernel2d("gaussian", 3)!, 7)), "gaussian");
  const own = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ];
  assert.deepEqual(resizeKernel2d(own, 1), [[5]]);
  assert.deepEqual(resizeKernel2d(own, 5)[1], [0, 1, 2, 3, 0]);
  assert.deepEqual(resizeKernel2d(resizeKernel2d(own, 5), 3), own);
});
