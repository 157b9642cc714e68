import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Layer, layerOutput, reconstruct, slices, sums } from "../../src/core/channels.ts";
import { shortest } from "../../src/core/least-squares.ts";
import { deviation } from "./golden.ts";

interface LayerCase extends Layer {
  sums: number[][];
  output: number[][];
}

interface RebuiltCase extends Layer {
  kept: number[];
  rebuilt: number[][];
}

const file = new URL("../golden/channels.json", import.meta.url);
const golden: { layers: LayerCase[]; rebuilt: RebuiltCase[] } = JSON.parse(
  readFileSync(file, "utf8"),
);

test("every layer equals torch to 1e-6, before and after ReLU", () => {
  assert.ok(golden.layers.length >= 150);
  for (const c of golden.layers) {
    assert.ok(deviation(sums(c), c.sums) < 1e-6, JSON.stringify(c));
    assert.ok(deviation(layerOutput(c), c.output) < 1e-6, JSON.stringify(c));
  }
});

test("the slices of a filter and its bias add up to the channel", () => {
  for (const c of golden.layers) {
    for (const [o, bias] of c.biases.entries()) {
      const parts = slices(c, o);
      const total = parts[0]!.map((_, i) => parts.reduce((sum, part) => sum + part[i]!, bias));
      assert.ok(deviation(total, c.sums[o]) < 1e-6);
    }
  }
});

test("what is rebuilt equals what another method finds, to 1e-6", (t) => {
  let largest = 0;
  for (const c of golden.rebuilt) {
    const off = deviation(reconstruct(c, c.kept).signals, c.rebuilt);
    assert.ok(off < 1e-6, `off by ${off}: ${JSON.stringify(c)}`);
    largest = Math.max(largest, off);
  }
  t.diagnostic(`largest difference over ${golden.rebuilt.length}: ${largest.toExponential(1)}`);
});

test("what is rebuilt gives the same outputs in the channels that are kept", () => {
  for (const c of golden.rebuilt) {
    const { signals } = reconstruct(c, c.kept);
    const again = layerOutput({ ...c, signals });
    const before = layerOutput(c);
    for (const o of c.kept) assert.ok(deviation(again[o], before[o]) < 1e-6, JSON.stringify(c));
  }
});

test("the counts and the error say how the input was rebuilt", () => {
  const layer: Layer = {
    signals: [[3, -4, 0]],
    kernels: [[[1]]],
    biases: [0],
    padding: "zeros",
    relu: true,
  };
  const found = reconstruct(layer, [0]);
  assert.deepEqual([found.equations, found.bounds], [1, 2]);
  assert.deepEqual(found.signals, [[3, 0, 0]]);
  assert.ok(Math.abs(found.error - 4 / Math.sqrt(3)) < 1e-12);
  assert.deepEqual(reconstruct(layer, []).signals, [[0, 0, 0]]);
});

test("bounds move the vector only as far as they must", () => {
  const none = { rows: [], values: [] };
  assert.deepEqual(shortest(2, none, { rows: [[1, 0]], values: [5] }), [0, 0]);
  const one = shortest(2, none, { rows: [[1, 0]], values: [-5] });
  assert.ok(deviation(one, [-5, 0]) < 1e-9);
  const two = shortest(2, { rows: [[1, 1]], values: [2] }, { rows: [[1, 0]], values: [0.5] });
  assert.ok(deviation(two, [0.5, 1.5]) < 1e-9);
});
