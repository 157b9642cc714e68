import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FUNCTIONS } from "../../../src/core/equivariance.ts";
import { prototypes } from "../../../src/core/shapes.ts";
import { compare } from "../../../src/demos/equivariance/comparison.ts";
import type { State } from "../../../src/demos/equivariance/state.ts";
import { deviation } from "../../core/golden.ts";
import { state } from "./states.ts";

interface Case extends Partial<State> {
  output: number[];
  expected: number[] | null;
}

const file = new URL("../../golden/equivariance.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] };

test("both orders are what torch answers, in every golden case", () => {
  assert.ok(cases.length > 250);
  for (const { output, expected, ...given } of cases) {
    const found = compare(state(given));
    assert.ok(deviation(found.output.values, output) < 2e-6, JSON.stringify(given));
    if (expected === null) assert.equal(found.expected, null);
    else {
      assert.ok(deviation(found.expected?.values, expected) < 2e-6, JSON.stringify(given));
    }
  }
});

const LOCAL = ["convolution", "segmenter"] as const;

test("on a ring every shift is respected to the last bit by what is the same everywhere", () => {
  const signal = [0.1, 0.7, -1.3, 2.9, 5.2, 3.3, 0.123456789, 9.9];
  for (const name of LOCAL) {
    for (const kernel of ["gaussian", "mean", "derivative", "laplacian"]) {
      for (let shift = -9; shift <= 9; shift++) {
        const given = { signal, function: name, kernel, shift, border: "circular" };
        assert.equal(compare(state(given)).largest, 0, JSON.stringify(given));
      }
    }
  }
});

test("at stride 2 a ring respects even shifts exactly, and odd ones not", () => {
  for (const name of ["stride-2", "max-pool"]) {
    for (let shift = -8; shift <= 8; shift++) {
      const { largest, steps } = compare(state({ function: name, shift, border: "circular" }));
      assert.equal(largest === 0, shift % 2 === 0, `${name} ${shift}`);
      assert.ok(Math.abs(steps!.right - shift / 2) <= 0.5);
    }
  }
});

test("an image on a ring is respected along both axes", () => {
  const image = Array.from({ length: 64 }, (_, i) => (i * 37) % 10);
  for (const name of LOCAL) {
    const given = { dimensions: 2, image, function: name, shift: 3, down: -5, border: "circular" };
    assert.equal(compare(state(given)).largest, 0);
  }
});

test("a quarter turn is exact where the kernel looks the same from every side", () => {
  const image = Array.from({ length: 64 }, (_, i) => (i * 37) % 10);
  const turn = { dimensions: 2, image, transform: "rotate", angle: 90 };
  for (const kernel of ["gaussian", "laplacian"]) {
    assert.equal(compare(state({ ...turn, kernel })).largest, 0, kernel);
  }
  assert.ok(compare(state({ ...turn, kernel: "derivative" })).largest! > 1);
  assert.equal(compare(state({ ...turn, function: "max-pool" })).largest, 0);
});

test("a mean does not care about order, but for the last digit of its sum", () => {
  const whole = { function: "mean-pool", transform: "permute" };
  assert.equal(compare(state(whole)).largest, 0);
  const signal = [0.1, 0.7, -1.3, 2.9, 5.2, 3.3, 0.123456789, 9.9];
  assert.ok(compare(state({ ...whole, signal })).largest! < 1e-14);
});

test("zeros that come in make a difference only near the edge where they do", () => {
  const signal = [1, 2, 3, 4, 5, 6, 7, 8];
  const { difference } = compare(state({ signal, shift: 2 }));
  const places = difference!.flatMap((d, i) => (Math.abs(d) > 1e-12 ? [i] : []));
  assert.deepEqual(places, [1, 7]);
});

test("what does not move does not differ, whatever the function", () => {
  for (const name of FUNCTIONS) {
    for (const dimensions of [1, 2]) {
      assert.equal(compare(state({ function: name, dimensions })).largest, 0, name);
    }
  }
});

test("a permutation has no say about fewer places", () => {
  const { expected, largest } = compare(state({ function: "stride-2", transform: "permute" }));
  assert.equal(expected, null);
  assert.equal(largest, null);
});

test("the pooled classifier on a ring is invariant, the flattening one is not", () => {
  const image = [...prototypes(24, 24)[1]!.values];
  const moved = { dimensions: 2, image, function: "classifier", border: "circular", shift: 5 };
  assert.ok(compare(state({ ...moved, head: "pool" })).largest! < 1e-12);
  assert.ok(compare(state({ ...moved, head: "flatten" })).largest! > 0.01);
});
