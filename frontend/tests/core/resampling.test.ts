import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { rowsOf, type Volume, volumeOf } from "../../src/core/convolution2d.ts";
import {
  bilinear,
  cropped,
  difference,
  duplicate,
  less,
  maxPool2d,
  meanPool2d,
  rolled,
  subsample,
  unpool,
} from "../../src/core/resampling.ts";
import {
  convolved,
  coverage,
  coverage2d,
  stampRows,
  transposed,
  transposed2d,
} from "../../src/core/transposed.ts";
import { deviation } from "./golden.ts";

type Channels = number[][][];

interface Golden {
  downs: {
    x: Channels;
    size: number;
    stride: number;
    every: Channels;
    max: Channels;
    positions: Channels;
    mean: Channels;
    by: [number, number];
    rolled: Channels;
  }[];
  ups: {
    x: Channels;
    factor: number;
    duplicate: Channels;
    unpooling: Channels;
    bilinear: Channels;
  }[];
  stamps: {
    y: number[];
    kernel: number[];
    stride: number;
    padding: number;
    extra: number;
    z: number[];
    coverage: number[];
    image: Channels;
    stamped: Channels;
    back?: number[];
  }[];
}

const file = new URL("../golden/resampling.json", import.meta.url);
const { downs, ups, stamps }: Golden = JSON.parse(readFileSync(file, "utf8"));

const image = (x: Channels): Volume => ({
  channels: x.length,
  rows: x[0]!.length,
  columns: x[0]![0]!.length,
  values: Float64Array.from(x.flat(2)),
});
const nested = (v: Volume) => Array.from({ length: v.channels }, (_, c) => rowsOf(v, c));
const near = (found: unknown, wanted: unknown) => assert.ok(deviation(found, wanted) < 1e-6);

test("fewer pixels are torch's, and so are the places of the largest", () => {
  assert.ok(downs.length + ups.length + stamps.length > 500);
  for (const { x, size, stride, ...wanted } of downs) {
    const from = image(x);
    near(nested(subsample(from, stride)), wanted.every);
    near(nested(meanPool2d(from, size, stride)), wanted.mean);
    const { pooled, positions } = maxPool2d(from, size, stride);
    near(nested(pooled), wanted.max);
    assert.deepEqual([...positions], wanted.positions.flat(2));
    near(nested(rolled(from, ...wanted.by)), wanted.rolled);
  }
});

test("more pixels are torch's", () => {
  assert.equal(ups.length, 60);
  for (const { x, factor, ...wanted } of ups) {
    const pooled = maxPool2d(image(x), factor, factor);
    near(nested(duplicate(pooled.pooled, factor)), wanted.duplicate);
    near(nested(bilinear(pooled.pooled, factor)), wanted.bilinear);
    near(nested(unpool(pooled, x[0]!.length, x[0]![0]!.length)), wanted.unpooling);
  }
});

test("stamps add up to torch's transposed convolution, and lead back by its convolution", () => {
  assert.ok(stamps.length > 200);
  for (const c of stamps) {
    const options = { stride: c.stride, padding: c.padding, extra: c.extra };
    near(transposed(c.y, c.kernel, options), c.z);
    near(coverage(c.y.length, c.kernel.length, options), c.coverage);
    near(nested(transposed2d(image(c.image), c.kernel, options)), c.stamped);
    if (c.back) near(convolved(c.z, c.kernel, options), c.back);
    const rows = stampRows(c.y.length, c.kernel, options);
    const product = c.z.map((_, n) => rows.reduce((sum, row, i) => sum + row[n]! * c.y[i]!, 0));
    near(product, c.z);
  }
});

test("half of the stamps are half of the sum", () => {
  assert.deepEqual(transposed([1, 2], [1, 1, 1], { stride: 2, padding: 0 }, 1), [1, 1, 1, 0, 0]);
});

test("a kernel that its stride does not divide covers unevenly", () => {
  assert.deepEqual(coverage(3, 3, { stride: 2, padding: 0 }), [1, 1, 2, 1, 2, 1, 1]);
  assert.deepEqual(coverage(3, 4, { stride: 2, padding: 1 }), [1, 2, 2, 2, 2, 1]);
  assert.deepEqual(
    rowsOf(coverage2d({ rows: 2, columns: 2 }, 3, { stride: 2, padding: 0 }))[2],
    [2, 2, 4, 2, 2],
  );
});

test("a difference is counted, and its mean and largest are told", () => {
  const [a, b] = [volumeOf([[1, 2, 3, 4]]), volumeOf([[1, 0, 3, 5]])];
  assert.deepEqual(difference(a, b), { changed: 2, count: 4, mean: 0.75, most: 2 });
  assert.deepEqual([...less(a, b).values], [0, 2, 0, -1]);
  assert.deepEqual(rowsOf(cropped(a, 1, 2)), [[1, 2]]);
});
