import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  addedZeros,
  composeKernels,
  type StagePadding,
  throughOne,
  throughStages,
} from "../../src/core/composition.ts";
import { deviation } from "./golden.ts";

interface Case {
  signal: number[];
  kernels: number[][];
  padding: StagePadding;
  relu: boolean;
  composed: number[];
  output: number[];
  direct: number[];
}

const file = new URL("../golden/compositions.json", import.meta.url);
const { cases }: { cases: Case[] } = JSON.parse(readFileSync(file, "utf8"));

test("composed kernels and both ways through them are torch's to 1e-6", () => {
  assert.ok(cases.length >= 300);
  for (const c of cases) {
    const said = JSON.stringify(c);
    assert.ok(deviation(composeKernels(c.kernels), c.composed) < 1e-6, said);
    assert.ok(deviation(throughStages(c.signal, c.kernels, c).at(-1)!, c.output) < 1e-6, said);
    assert.ok(deviation(throughOne(c.signal, c.kernels, c.padding), c.direct) < 1e-6, said);
  }
});

test("without padding and ReLU both ways agree, at every size", () => {
  for (const c of cases.filter(({ padding, relu }) => padding === "valid" && !relu)) {
    assert.ok(deviation(c.output, c.direct) < 1e-6);
  }
});

test("two threes compose to five and three to seven, as numbers are multiplied", () => {
  const composed = composeKernels([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  assert.deepEqual(composed, [4, 13, 28, 27, 18]);
  const carried = composed.reduce((number, digit) => 10 * number + digit, 0);
  assert.equal(carried, 123 * 456);
  assert.equal(composeKernels([composed, [1, 1, 1]]).length, 7);
});

test("the zeros of all stages add up, the odd one on the right", () => {
  assert.deepEqual(
    addedZeros(
      [
        [1, 1],
        [1, 1, 1, 1],
      ],
      "zeros",
    ),
    { left: 1, right: 3 },
  );
  assert.deepEqual(
    addedZeros(
      [
        [1, 1],
        [1, 1],
      ],
      "valid",
    ),
    { left: 0, right: 0 },
  );
});
