/** The page's training against torch's: the same start, the same batches, fifty steps. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compileTraining } from "../../assembly/compile.mjs";
import { compile } from "../../src/core/arithmetic.ts";
import { LENGTH, permuted, published, TEST, TRAIN } from "../../src/core/mnist1d.ts";
import { type NetworkName, parameterCount, pixelOrder } from "../../src/core/networks.ts";
import { learningRate, type Recipe, Trainer } from "../../src/core/trainer.ts";

interface Sample {
  split: "train" | "test";
  index: number;
  values: number[];
  label: number;
}

interface Run {
  network: NetworkName;
  learning_rate: number;
  momentum: number;
  batch_size: number;
  halve_every: number;
  seed: number;
  permuted: boolean;
  losses: number[];
  every: number;
  parameters: number[];
  gradients: number[];
  train_error: number;
  test_error: number;
}

const file = new URL("../golden/train-mnist-1d.json", import.meta.url);
const golden: { samples: Sample[]; runs: Run[] } = JSON.parse(readFileSync(file, "utf8"));
const data = published();
const binaries = await compileTraining();
const modules = {
  fused: await compile(binaries),
  plain: await compile({ ...binaries, fused: "" }),
};
const NOTEBOOK: Recipe = { learningRate: 0.05, momentum: 0.9, halveEvery: 800 };

const trainer = (name: NetworkName, seed = 0, batchSize = 100) =>
  new Trainer(modules.fused, name, data, { seed, batchSize });

/** The largest difference between numbers, and those of torch taken every so often. */
function deviation(ours: ArrayLike<number>, torch: readonly number[], every = 1): number {
  assert.equal(Math.ceil(ours.length / every), torch.length);
  return Math.max(...torch.map((value, i) => Math.abs(value - ours[i * every]!)));
}

test("the samples made in the page are the published ones", () => {
  assert.equal(data.y.length, TRAIN + TEST);
  for (const { split, index, values, label } of golden.samples) {
    const at = index + (split === "test" ? TRAIN : 0);
    const made = data.x.slice(at * LENGTH, (at + 1) * LENGTH);
    assert.ok(deviation(made, values) < 1e-5, `${split} ${index}`);
    assert.equal(data.y[at], label);
  }
});

test("the networks have the slide's numbers of parameters", () => {
  assert.equal(parameterCount("convolutional"), 2050);
  assert.equal(parameterCount("fully connected"), 59065);
});

for (const run of golden.runs) {
  for (const kind of ["fused", "plain"] as const) {
    const { network, batch_size: batchSize, seed } = run;
    const title = `${network}, batch ${batchSize}, seed ${seed}, ${kind}`;
    test(`fifty steps are torch's to 1e-4: ${title}`, () => {
      const x = run.permuted ? permuted(data.x, pixelOrder(seed)) : data.x;
      const ours = new Trainer(modules[kind], network, { ...data, x }, { seed, batchSize });
      const recipe = {
        learningRate: run.learning_rate,
        momentum: run.momentum,
        halveEvery: run.halve_every,
      };
      const losses = run.losses.map(() => {
        ours.advance(recipe);
        return ours.loss;
      });
      assert.ok(deviation(losses, run.losses) < 1e-4);
      assert.ok(deviation(ours.gradients(), run.gradients, run.every) < 1e-4);
      assert.ok(deviation(ours.parameters(), run.parameters, run.every) < 1e-4);
      // One sample of 4,000 may lie on the border between two classes.
      assert.ok(Math.abs(ours.evaluate(0, TRAIN).error - run.train_error) <= 1 / TRAIN);
      assert.ok(Math.abs(ours.evaluate(TRAIN, TEST).error - run.test_error) <= 1 / TEST);
    });
  }
}

test("the contributions of the positions add up to the weight's gradient", () => {
  for (const batchSize of [10, 100]) {
    const ours = trainer("convolutional", 4, batchSize);
    for (let i = 0; i < 3; i++) ours.advance(NOTEBOOK);
    for (const [channel, tap] of [
      [0, 0],
      [7, 2],
      [14, 1],
    ] as const) {
      const parts = ours.contributions(channel, tap);
      assert.equal(parts.length, 19);
      const sum = parts.reduce((total, part) => total + part, 0);
      assert.ok(Math.abs(sum - ours.gradients()[3 * channel + tap]!) < 1e-5);
    }
  }
});

test("a look at a sample changes nothing that training depends on", () => {
  const [looking, blind] = [trainer("fully connected"), trainer("fully connected")];
  for (let i = 0; i < 45; i++) {
    looking.advance(NOTEBOOK);
    blind.advance(NOTEBOOK);
    const layers = looking.look(TRAIN + i);
    assert.deepEqual(
      layers.map((layer) => layer.length),
      [285, 135, 60, 10],
    );
    looking.evaluate(0, 130);
  }
  assert.deepEqual(looking.parameters(), blind.parameters());
});

test("the first feature map is the first convolution, channel by channel", () => {
  const ours = trainer("convolutional", 5);
  const [maps] = ours.look(TRAIN);
  const w = ours.parameters();
  const x = data.x.slice(TRAIN * LENGTH, (TRAIN + 1) * LENGTH);
  for (let channel = 0; channel < 15; channel++) {
    for (let p = 0; p < 19; p++) {
      const z = [0, 1, 2].reduce(
        (sum, k) => sum + w[3 * channel + k]! * x[2 * p + k]!,
        w[45 + channel]!,
      );
      assert.ok(Math.abs(maps![channel * 19 + p]! - Math.max(0, z)) < 1e-5);
    }
  }
});

test("after a restart the same steps come again", () => {
  const ours = trainer("convolutional", 6);
  const losses = () =>
    Array.from({ length: 45 }, () => {
      ours.advance(NOTEBOOK);
      return ours.loss;
    });
  const first = losses();
  ours.restart();
  assert.equal(ours.step, 0);
  assert.deepEqual(losses(), first);
});

test("the learning rate halves after each so many steps, or never", () => {
  assert.equal(learningRate(NOTEBOOK, 799), 0.05);
  assert.equal(learningRate(NOTEBOOK, 800), 0.025);
  assert.equal(learningRate(NOTEBOOK, 1600), 0.0125);
  assert.equal(learningRate({ ...NOTEBOOK, halveEvery: 0 }, 1e5), 0.05);
});
