/** Layers, patterns and readings, against what torch says. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ACTIVATIONS, type Activation, activate } from "../../src/core/activation.ts";
import { activated, denseBiases, denseWeights, preActivations } from "../../src/core/layer.ts";
import { convolutionMatrix } from "../../src/core/matrix.ts";
import { PADDINGS, type Padding } from "../../src/core/padding.ts";
import { weightPattern, weightPlaces } from "../../src/core/pattern.ts";
import {
  candidates,
  drawReading,
  type Reading,
  readingGeometry,
  readings,
  signature,
} from "../../src/core/readings.ts";
import { deviation } from "./golden.ts";

interface LayerCase {
  x: number[];
  w: number[];
  b: number;
  stride: number;
  dilation: number;
  padding: Padding;
  activation: Activation;
  h: number[];
  dense: number[];
}

const file = new URL("../golden/convolutional-layers.json", import.meta.url);
const golden: {
  layers: LayerCase[];
  readings: { length: number; same: string[] }[];
  targets: { length: number; seed: number; target: string }[];
} = JSON.parse(readFileSync(file, "utf8"));

const spell = ({ size, stride, dilation, padding }: Reading) =>
  `${size}/${stride}/${dilation}/${padding}`;

function read(words: string): Reading {
  const [size, stride, dilation, padding] = words.split("/");
  const numbers = [size, stride, dilation].map(Number) as [number, number, number];
  return {
    size: numbers[0],
    stride: numbers[1],
    dilation: numbers[2],
    padding: padding as Padding,
  };
}

test("a layer's outputs are torch's, as a convolution and fully connected", () => {
  assert.ok(golden.layers.length >= 100);
  for (const { x, w, b, activation, h, dense, ...options } of golden.layers) {
    const g = { length: x.length, kernelSize: w.length, ...options };
    const matrix = convolutionMatrix(w, g);
    const sums = preActivations(matrix, new Array(matrix.length).fill(b), x);
    assert.ok(deviation(activated(activation, sums), h) < 1e-6);
    const weights = denseWeights(x.length, x.length);
    const rows = x.map((_, r) => weights.slice(r * x.length, (r + 1) * x.length));
    const full = preActivations(rows, denseBiases(x.length), x);
    assert.ok(deviation(activated(activation, full), dense) < 1e-6);
  }
});

test("every activation is finite however large the sum", () => {
  for (const name of ACTIVATIONS) {
    for (const sum of [-1e4, -1, 0, 1, 1e4]) assert.ok(Number.isFinite(activate(name, sum)), name);
  }
});

test("a pattern says where each weight stands, and several where they meet", () => {
  const g = { length: 4, kernelSize: 3, stride: 1, dilation: 1, padding: "reflect" } as const;
  assert.deepEqual(weightPattern(g)[0], [[1], [0, 2], [], []]);
  assert.deepEqual(weightPlaces({ ...g, padding: "valid" }), [
    [0, 5],
    [1, 6],
    [2, 7],
  ]);
});

test("the readings of a matrix are those that torch cannot tell apart", () => {
  const possible = new Map<number, number>();
  for (const { length, same } of golden.readings) {
    possible.set(length, (possible.get(length) ?? 0) + same.length);
    assert.deepEqual(readings(length, read(same[0]!)).map(spell), same);
  }
  for (const [length, count] of possible) {
    const ours = candidates().filter((reading) => signature(length, reading) !== null);
    assert.equal(ours.length, count);
  }
});

test("what the lecture's questions ask has the answers that the syllabus settles", () => {
  const answers = (words: string) => readings(8, read(words)).map(spell);
  assert.deepEqual(answers("5/1/1/zeros"), ["5/1/1/zeros"]);
  assert.deepEqual(answers("3/1/1/valid"), ["3/1/1/valid"]);
  const diagonal = answers("1/1/1/zeros");
  assert.equal(diagonal.length, 4 * PADDINGS.length);
  assert.ok(diagonal.every((words) => words.startsWith("1/1/")));
});

test("a weight that is never in sight does not count, nor how the weights are numbered", () => {
  assert.deepEqual(readings(8, read("5/1/4/zeros")).map(spell), ["3/1/4/zeros", "5/1/4/zeros"]);
  // On a circle of six, two to the left is four to the right: the outer weights swap their places.
  const same = readings(6, read("3/1/2/circular")).map(spell);
  assert.ok(same.includes("3/1/4/circular"));
});

test("a puzzle's target is the same in Python, and shows all its weights", () => {
  for (const { length, seed, target } of golden.targets) {
    const drawn = drawReading(length, seed);
    assert.equal(spell(drawn), target);
    const places = weightPlaces(readingGeometry(length, drawn));
    assert.ok(places.length >= 2 && places.every((where) => where.length > 0));
  }
});
