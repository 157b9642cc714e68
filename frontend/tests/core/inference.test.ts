/** The page's inference against torch's: single layers of many settings, and whole networks. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compileInference } from "../../assembly/compile.mjs";
import { compile } from "../../src/core/arithmetic.ts";
import { Gradient } from "../../src/core/inference/gradient.ts";
import {
  type Plan,
  type StoredNetwork,
  shapesOf,
  weightCounts,
} from "../../src/core/inference/plan.ts";
import { Runner } from "../../src/core/inference/runner.ts";
import { decodeHalves } from "../../src/core/inference/weights.ts";

interface Setting {
  name: string;
  stored: StoredNetwork;
  image: number[];
  output: number[];
}

interface Whole {
  name: string;
  plan: Plan;
  /** Of the weights and of the biases of each layer that has any. */
  scales: number[];
  every: number;
  output: number[];
}

interface Slope {
  plan: Plan;
  scales: number[];
  output: number;
  every: number;
  gradient: number[];
}

const file = new URL("../golden/inference.json", import.meta.url);
const golden: { settings: Setting[]; networks: Whole[]; gradients: Slope[] } = JSON.parse(
  readFileSync(file, "utf8"),
);
const binaries = await compileInference();
const modules = {
  fused: await compile(binaries),
  plain: await compile({ plain: binaries.plain, fused: "" }),
};

/** As tests/golden/inference.py has it. */
function pattern(count: number, scale: number): number[] {
  return Array.from({ length: count }, (_, i) => ((((i * 7919 + 13) % 257) - 128) / 128) * scale);
}

function patternWeights(plan: Plan, scales: readonly number[]): Float32Array {
  const shapes = shapesOf(plan);
  const counts = plan.layers.flatMap((layer) => weightCounts(layer, shapes)).filter((n) => n > 0);
  assert.equal(counts.length, scales.length);
  return Float32Array.from(counts.flatMap((count, i) => pattern(count, scales[i]!)));
}

function single(plan: Plan, weights: Float32Array): StoredNetwork {
  const bytes = Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength);
  return { plan, precision: "single", weights: bytes.toString("base64") };
}

function assertClose(got: ArrayLike<number>, wanted: readonly number[], message: string): void {
  assert.equal(got.length, wanted.length, message);
  const worst = wanted.reduce((w, value, i) => Math.max(w, Math.abs(value - got[i]!)), 0);
  assert.ok(worst < 1e-4, `${message}: ${worst} apart`);
}

for (const [kind, module] of Object.entries(modules)) {
  test(`layers of many settings give torch's numbers (${kind})`, async () => {
    assert.ok(golden.settings.length > 50);
    for (const { name, stored, image, output } of golden.settings) {
      const runner = await Runner.start(stored, module);
      for (let pass = 0; pass < 2; pass++) runner.run(image);
      assertClose(runner.map().values, output, name);
    }
  });

  test(`each class of networks gives torch's numbers (${kind})`, async () => {
    for (const { name, plan, scales, every, output } of golden.networks) {
      const runner = await Runner.start(single(plan, patternWeights(plan, scales)), module);
      const [channels, rows, columns] = plan.image;
      runner.run(pattern(channels * rows * columns, 1).map((value) => (value + 1) / 2));
      const { values } = runner.map();
      assertClose(
        values.filter((_, i) => i % every === 0),
        output,
        name,
      );
    }
  });
}

test("the gradient is torch's", async () => {
  for (const { plan, scales, output, every, gradient } of golden.gradients) {
    const weights = patternWeights(plan, scales);
    const runner = await Runner.start(single(plan, weights), modules.fused, { traced: true });
    const back = new Gradient(runner, weights);
    const [channels, rows, columns] = plan.image;
    const image = pattern(channels * rows * columns, 1).map((value) => (value + 1) / 2);
    runner.run(image);
    for (let pass = 0; pass < 2; pass++) back.run(output);
    const slopes = back.map("image").values;
    assertClose(
      slopes.filter((_, i) => i % every === 0),
      gradient,
      `output ${output}`,
    );
  }
});

test("numbers of 16 bits are read exactly", () => {
  const halves = [0x0000, 0x8000, 0x3c00, 0xc000, 0x3555, 0x0001, 0x0400, 0x7bff, 0x7c00];
  assert.deepEqual(
    [...decodeHalves(Uint16Array.from(halves))],
    [0, -0, 1, -2, 0.333251953125, 2 ** -24, 2 ** -14, 65504, Number.POSITIVE_INFINITY],
  );
});

/** A network of two maps that are added, and one that is concatenated with nothing or itself. */
const joined: Plan = {
  image: [1, 2, 3],
  layers: [
    { kind: "activation", name: "positive", inputs: ["image"], shape: [1, 2, 3], slope: 0 },
    { kind: "add", name: "sum", inputs: ["image", "positive"], shape: [1, 2, 3], slope: 0.5 },
    { kind: "concatenate", name: "both", inputs: ["positive", "sum"], shape: [2, 2, 3] },
  ],
};

test("maps are added, and a map that is silenced counts as zeros", async () => {
  const runner = await Runner.start(single(joined, new Float32Array(0)), modules.fused);
  runner.run([1, -2, 3, -4, 5, -6]);
  assert.deepEqual([...runner.map("sum").values], [2, -1, 6, -2, 10, -3]);
  assert.deepEqual([...runner.map().values], [1, 0, 3, 0, 5, 0, 2, -1, 6, -2, 10, -3]);
  assert.deepEqual([...runner.map("both", 1).values], [2, -1, 6, -2, 10, -3]);
  runner.silenced.add("positive");
  runner.run();
  assert.deepEqual([...runner.map().values], [0, 0, 0, 0, 0, 0, 2, -1, 6, -2, 10, -3]);
});

const pooled: Plan = {
  image: [1, 2, 4],
  layers: [
    {
      ...{ kind: "maxPool", name: "pool", inputs: ["image"], shape: [1, 1, 2] },
      ...{ kernel: [2, 2], stride: [2, 2], padding: [0, 0] },
    },
    { kind: "unpool", name: "back", inputs: ["pool"], shape: [1, 2, 4], positions: "pool" },
  ],
};

test("the positions of maxima are kept where an unpooling uses them, the first of equals", async () => {
  const runner = await Runner.start(single(pooled, new Float32Array(0)), modules.plain);
  runner.run([1, 2, 7, 7, 3, -1, 7, 0]);
  assert.deepEqual([...runner.positions("pool")], [4, 2]);
  assert.deepEqual([...runner.map().values], [0, 0, 7, 0, 3, 0, 0, 0]);
  assert.throws(() => runner.positions("back"), /no positions are kept for back/);
});

test("what does not fit is refused in words", async () => {
  const runner = await Runner.start(single(pooled, new Float32Array(0)), modules.fused);
  assert.throws(() => runner.run([1, 2]), /2 values: expected 1 × 2 × 4 of them/);
  assert.throws(() => runner.map("pol"), /no map pol: there are image, pool, back/);
  assert.throws(() => runner.load(new Float32Array(3)), /3 weights: expected 0/);
});
