import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "../../../src/demos/equivariance/comparison.ts";
import {
  definition,
  equation,
  reading,
  seamSentence,
  small,
  verdict,
} from "../../../src/demos/equivariance/sentences.ts";
import { state } from "./states.ts";

type Change = Parameters<typeof state>[0];

const judged = (change: Change) => verdict(state(change), compare(state(change)));
const equated = (change: Change) =>
  equation(state(change), compare(state(change)))
    .map(({ words }) => words)
    .join("");

test("the equation names both orders, or f[x] for an answer about the whole", () => {
  assert.equal(equated({ shift: 1 }), "largest |f[t[x]] − t[f[x]]| = 0");
  assert.equal(equated({ function: "mean-pool" }), "largest |f[t[x]] − f[x]| = 0");
  assert.match(equated({ function: "max-pool", transform: "permute" }), /not defined$/);
});

test("equal is said to the last bit, and why on a ring", () => {
  assert.equal(
    judged({ shift: 2, border: "circular" }),
    "All 8 places are equal, to the last bit. On a ring nothing comes in and nothing falls out.",
  );
  assert.match(judged({}), /Nothing has moved yet\.$/);
});

test("rounding is told from a difference", () => {
  const signal = [0.1, 0.2, 0.3, 0.7, 0.11, 0.13, 0.17, 0.19];
  const words = judged({ signal, function: "mean-pool", transform: "permute", permutation: 2 });
  assert.match(words, /equal up to rounding: \d\.\d·10⁻¹. is the last digit/);
});

test("a difference says at how many places, how large and why", () => {
  const signal = [1, 2, 3, 4, 5, 6, 7, 8];
  assert.match(judged({ signal, shift: 2 }), /^They differ at 2 of 8 places, by up to \d.*edge\.$/);
  assert.match(judged({ function: "fully-connected", shift: 1 }), /weights of its own/);
  assert.match(judged({ transform: "permute" }), /gives every place new ones/);
});

test("at stride 2 the two shifts are told apart", () => {
  const strided = { function: "stride-2", border: "circular" };
  assert.match(judged({ ...strided, shift: 4 }), /^A shift of 4 in is a shift of 2 out\. All 4/);
  assert.match(judged({ ...strided, shift: 3 }), /^A shift of 3 in would be one of 1\.5 out,/);
  assert.match(judged({ ...strided, shift: 2, down: 5 }), /^A shift of 2 in is a shift of 1 out/);
  assert.match(
    judged({ ...strided, dimensions: 2, shift: 2, down: -4 }),
    /^A shift of \(2, −4\) in is a shift of \(1, −2\) out/,
  );
});

test("the numbers of a place are read out, and of an answer by its name", () => {
  const at = (change: Change) => reading(state(change), compare(state(change)));
  assert.equal(at({ place: 3 }), "At place 4: f[t[x]] = 2.250, t[f[x]] = 2.250, difference 0.000.");
  assert.match(at({ dimensions: 2, place: 9 }), /^At row 2, column 2: /);
  assert.match(at({ function: "mean-pool", place: 0 }), /^At mean: .* f\[x\] = /);
  assert.equal(at({ place: 900 }), "");
  assert.equal(at({}), "");
});

test("the dashed lines are explained where there are any", () => {
  assert.equal(seamSentence(state()), "");
  assert.match(seamSentence(state({ shift: 1 })), /Zeros have come in/);
  assert.match(seamSentence(state({ shift: 1, border: "circular" })), /the seam/);
});

test("each function is said in full", () => {
  assert.match(definition(state({ function: "segmenter" })), /exceeds 3\.3/);
  assert.match(definition(state({ function: "classifier", head: "pool" })), /mean of each feature/);
  assert.match(definition(state({ dimensions: 2 })), /3 × 3 weights/);
});

test("a minute number is written as a power of ten", () => {
  assert.equal(small(1.84e-16), "1.8·10⁻¹⁶");
  assert.equal(small(0.25), "0.25");
});
