import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { convolutionCost, denseCost, type LayerCost } from "../../src/core/layer-cost.ts";
import {
  argmax,
  decodeLayer,
  type Layer,
  permuteColumns,
  scores,
  softmax,
} from "../../src/core/network.ts";
import { inverse, permutation, permute } from "../../src/core/permutation.ts";
import { type NetworkName, network, ORDER, samples } from "../../src/data/mnist1d.ts";
import { deviation } from "./golden.ts";

interface Golden {
  scores: {
    network: NetworkName;
    sample: number;
    permuted: boolean;
    scale: number;
    scores: number[];
  }[];
  orders: { length: number; seed: number; order: number[] }[];
  costs: {
    size: number;
    channels: number;
    maps: number;
    kernel_size: number;
    dense: LayerCost;
    convolution: LayerCost;
  }[];
}

const file = new URL("../golden/mnist-1d.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

test("every network gives torch's scores to 1e-5, for samples in both orders", () => {
  assert.ok(golden.scores.length >= 120);
  for (const { network: name, sample, permuted, scale, scores: expected } of golden.scores) {
    const { values } = samples()[sample]!;
    const x = (permuted ? permute(values, ORDER) : values).map((value) => scale * value);
    const off = deviation([...scores(network(name), x)], expected);
    const size = Math.max(1, ...expected.map(Math.abs));
    assert.ok(off / size < 1e-5, `${name}, sample ${sample}: off by ${off}`);
  }
});

test("orders are those that Python draws, and can be undone", () => {
  for (const { length, seed, order } of golden.orders) {
    const drawn = permutation(length, seed);
    assert.deepEqual(drawn, order);
    assert.deepEqual(permute(permute(order, drawn), inverse(drawn)), order);
  }
});

test("costs are those that Python counts", () => {
  for (const { dense, convolution, ...layers } of golden.costs) {
    assert.deepEqual(denseCost(layers), dense);
    assert.deepEqual(convolutionCost(layers), convolution);
  }
});

test("the network with permuted columns says of permuted values what the other says of plain ones", () => {
  const plain = network("fullyConnected");
  const permuted = permuteColumns(plain, ORDER);
  for (const { values } of samples()) {
    const off = deviation(
      [...scores(permuted, permute(values, ORDER))],
      [...scores(plain, values)],
    );
    assert.ok(off < 1e-9, `off by ${off}`);
  }
});

test("only a fully connected first layer has columns to permute", () => {
  assert.throws(() => permuteColumns(network("convolutional"), ORDER), RangeError);
  assert.throws(() => permuteColumns(network("fullyConnected"), [0, 1]), RangeError);
});

test("a signal that does not fit is refused, never read beyond its end", () => {
  assert.throws(() => scores(network("fullyConnected"), [1, 2, 3]), /3 values for a layer of 40/);
  assert.throws(() => scores(network("convolutional"), [1, 2]), /2 values are no signal/);
});

test("a layer without all its weights, and one of no known kind, are refused", () => {
  const stored = { kind: "linear", inputs: 2, outputs: 2, codes: "AQ==", steps: "", bias: "" };
  assert.throws(() => decodeLayer(stored), /1 weights do not make 2 rows of 2/);
  const few = { ...stored, bits: 5, codes: "AgB/", steps: "AACAPwAAAEA=", bias: "AAAAAAAAAAA=" };
  assert.deepEqual([...decodeLayer(few).weight], [-32, 0, -31 * 2, 31 * 2]);
  assert.throws(() => decodeLayer({ ...stored, kind: "attention" }), /no layer is a attention/);
});

test("a small network by hand: a convolution with stride 2, ReLU, and a sum", () => {
  const convolution: Layer = {
    kind: "convolution",
    inputs: 1,
    outputs: 1,
    kernelSize: 2,
    stride: 2,
    weight: Float64Array.from([1, -1]),
    bias: Float64Array.from([0.5]),
  };
  const linear: Layer = {
    ...convolution,
    kind: "linear",
    inputs: 2,
    kernelSize: 1,
    stride: 1,
    weight: Float64Array.from([1, 10]),
    bias: Float64Array.from([-2]),
  };
  // 3 - 1 + 0.5 = 2.5; 2 - 6 + 0.5 < 0 becomes 0; 2.5 + 0 - 2 = 0.5.
  assert.deepEqual([...scores([convolution, linear], [3, 1, 2, 6, 9])], [0.5]);
});

test("probabilities add up to one, also where scores are huge", () => {
  assert.deepEqual(softmax([0, 0]), [0.5, 0.5]);
  assert.deepEqual(softmax([1e4, 0]), [1, 0]);
  assert.equal(argmax([0.2, 0.5, 0.5]), 1);
});
