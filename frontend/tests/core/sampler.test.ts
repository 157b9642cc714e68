import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { RandomState } from "../../src/core/mersenne.ts";
import { publishedDraw, templates } from "../../src/core/mnist1d.ts";
import { DATA_SET, type Draws, draw, sample, stages } from "../../src/core/sampler.ts";
import { deviation } from "./golden.ts";

type Changed = Exclude<keyof Draws, "correlated" | "white"> | "correlated_noise" | "white_noise";

interface Case {
  digit: number;
  seed: number;
  /** Padding, shift, scale, shear, and the first and last number of each noise. */
  drawn: number[];
  changes: Partial<Record<Changed, number>>;
  values?: number[][];
  sums?: number[];
  ends?: number[][];
}

interface Example {
  index: number;
  digit: number;
  drawn: number[];
  sample: number[];
}

const file = new URL("../golden/mnist-1d-sampler.json", import.meta.url);
const golden: { stages: Case[]; examples: Example[] } = JSON.parse(readFileSync(file, "utf8"));
const digits = templates();

const NEAR = 1e-9;

function scalars({ padding, shift, scale, shear, correlated, white }: Draws): number[] {
  return [
    ...[padding, shift, scale, shear],
    ...[correlated[0]!, correlated[71]!, white[0]!, white[71]!],
  ];
}

const weighted = (values: Float64Array) =>
  values.reduce((sum, value, i) => sum + ((((i * 37) % 101) + 1) / 101) * value, 0);

test("every stage is Python's to nine decimals, drawn or by hand", () => {
  assert.ok(golden.stages.length >= 200);
  for (const { digit, seed, drawn, changes, values, sums, ends } of golden.stages) {
    const name = JSON.stringify({ digit, seed, changes });
    const draws = draw(new RandomState(seed));
    assert.ok(deviation(scalars(draws), drawn) < NEAR, name);
    const { correlated_noise, white_noise, ...edits } = changes;
    const made = stages(
      digits[digit]!,
      { ...draws, ...edits },
      {
        correlated: correlated_noise ?? DATA_SET.strengths.correlated,
        white: white_noise ?? DATA_SET.strengths.white,
      },
    );
    assert.equal(made.length, 9);
    if (values)
      assert.ok(
        deviation(
          made.map((v) => [...v]),
          values,
        ) < NEAR,
        name,
      );
    else {
      assert.ok(deviation(made.map(weighted), sums) < NEAR, name);
      const some = made.map((v) => [v[0], v[Math.floor(v.length / 3)], v.at(-1)]);
      assert.ok(deviation(some, ends) < NEAR, name);
    }
  }
});

test("the draws of a published sample make that sample", () => {
  for (const { index, digit, drawn, sample: expected } of golden.examples) {
    const { label, draws } = publishedDraw(index);
    assert.equal(label, digit);
    assert.ok(deviation(scalars(draws), drawn) < NEAR);
    assert.ok(deviation([...sample(digits[label]!, draws)], expected) < NEAR);
  }
});

test("a copied generator goes on by itself, and from the same place", () => {
  const random = new RandomState(3);
  random.normal();
  const twin = random.copy();
  assert.deepEqual(
    [twin.normal(), twin.uniform(), twin.whole(9)],
    [random.normal(), random.uniform(), random.whole(9)],
  );
});
