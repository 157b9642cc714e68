import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { influence, inputsHolding, profileWidth } from "../../src/core/influence.ts";
import {
  centre,
  chainLengths,
  type Layer,
  pathCounts,
  receptiveFields,
  stackParameters,
  unitsReached,
  unitsRead,
} from "../../src/core/receptive-field.ts";
import { deviation } from "./golden.ts";

interface Stack {
  layers: number[][];
  length: number;
  lengths: number[];
  row: number;
  unit: number;
  paths: number[];
  input: number;
  reached: number[];
}

interface Gradients {
  layers: number[][];
  length: number;
  row: number;
  unit: number;
  channels: number;
  seed: number;
  draws: number;
  squared: number[];
  signed: number[];
}

const file = new URL("../golden/receptive-fields.json", import.meta.url);
const golden: { stacks: Stack[]; influences: Gradients[] } = JSON.parse(readFileSync(file, "utf8"));

const layersOf = (rows: number[][]): Layer[] =>
  rows.map(([kernelSize, stride, dilation, padding]) => ({
    kernelSize: kernelSize!,
    stride: stride!,
    dilation: dilation!,
    padding: padding!,
  }));

const alike = (count: number, ...layer: number[]) =>
  layersOf(Array.from({ length: count }, () => layer));

test("there are at least three hundred golden stacks", () => {
  assert.ok(golden.stacks.length >= 300);
});

test("lengths, paths, inputs read and units reached are torch's", () => {
  for (const c of golden.stacks) {
    const layers = layersOf(c.layers);
    const said = JSON.stringify(c);
    assert.deepEqual(chainLengths(layers, c.length), c.lengths, said);
    assert.deepEqual(pathCounts(layers, c.length, c.row, c.unit), c.paths, said);
    const read = c.paths.flatMap((paths, i) => (paths > 0 ? [i] : []));
    assert.deepEqual(unitsRead(layers, c.length, c.row, c.unit)[0], read, said);
    assert.deepEqual(unitsReached(layers, c.length, c.input).at(-1), c.reached, said);
  }
});

test("what a unit reads lies within its field, and without ends it fills it to both ends", () => {
  for (const { layers: rows, length, row, unit, paths } of golden.stacks) {
    const field = receptiveFields(layersOf(rows))[row]!;
    const first = field.start + unit * field.jump;
    const last = first + field.size - 1;
    const read = paths.flatMap((n, i) => (n > 0 ? [i] : []));
    assert.ok(read.every((i) => i >= first && i <= last));
    assert.equal(centre(field, unit), (first + last) / 2);
    const inside = layersOf(rows).every(({ padding }) => padding === 0);
    if (inside) assert.deepEqual([read[0], read.at(-1)], [first, last], String(length));
  }
});

test("threes grow by two, and with stride two to 15", () => {
  const sizes = (layers: Layer[]) => receptiveFields(layers).map(({ size }) => size);
  assert.deepEqual(sizes(alike(3, 3, 1, 1, 0)), [1, 3, 5, 7]);
  assert.deepEqual(sizes(alike(3, 3, 2, 1, 0)), [1, 3, 7, 15]);
});

test("a layer that finds no room has no unit, nor has any above it", () => {
  assert.deepEqual(chainLengths(alike(3, 4, 1, 1, 0), 8), [8, 5, 2, 0]);
  assert.deepEqual(chainLengths(alike(4, 4, 1, 1, 1), 3), [3, 2, 1, 0, 0]);
});

test("the last of forty inputs reaches no unit of the network for MNIST-1D", () => {
  const layers = alike(3, 3, 2, 1, 0);
  assert.deepEqual(unitsReached(layers, 40, 39), [[39], [], [], []]);
  assert.deepEqual(unitsReached(layers, 40, 38).at(-1), [3]);
});

test("parameters count a bias for each channel: 60 + 690 + 690", () => {
  assert.equal(stackParameters(alike(3, 3, 2, 1, 0), 15), 1440);
});

test("mean gradients over random weights are torch's to 1e-8 of the largest", () => {
  assert.ok(golden.influences.length >= 10);
  for (const c of golden.influences) {
    const options = { ...c, layers: layersOf(c.layers) };
    const run = influence(options);
    for (let i = 0; i < c.draws; i++) run.draw();
    assert.equal(run.count(), c.draws);
    const largest = Math.max(...c.squared, 1e-9);
    assert.ok(deviation(run.squared(), c.squared) < 1e-8 * largest, JSON.stringify(c));
    assert.ok(deviation(run.signed(), c.signed) < 1e-8 * Math.max(1, largest), JSON.stringify(c));
  }
});

test("over many draws squares make a bell as wide as the paths', and signs cancel", () => {
  const layers = alike(6, 3, 1, 1, 0);
  const run = influence({ layers, length: 13, row: 6, unit: 0, channels: 8, seed: 1 });
  for (let i = 0; i < 3000; i++) run.draw();
  const squared = run.squared();
  assert.ok(Math.abs(profileWidth(squared) - 2) < 0.25, String(profileWidth(squared)));
  const signed = run.signed();
  for (const [i, value] of signed.entries()) {
    // Five standard errors.
    assert.ok(Math.abs(value) < 5 * Math.sqrt(squared[i]! / 3000) + 1e-12);
  }
});

test("a profile's width is a standard deviation, and its inputs are counted from the largest", () => {
  assert.equal(profileWidth([1, 0, 1]), 1);
  assert.equal(profileWidth([0, 0]), 0);
  assert.equal(inputsHolding([1, 2, 6, 1], 0.8), 2);
  assert.equal(inputsHolding([1, 1, 1, 1], 1), 4);
  assert.equal(inputsHolding([0, 0], 0.9), 0);
});
