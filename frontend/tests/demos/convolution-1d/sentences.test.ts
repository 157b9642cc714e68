import assert from "node:assert/strict";
import { test } from "node:test";
import {
  equation,
  lengthFormula,
  shiftSentence,
  spoken,
  verdict,
} from "../../../src/demos/convolution-1d/sentences.ts";
import { output, type State } from "../../../src/demos/convolution-1d/state.ts";
import { state } from "./states.ts";

const pieces = (given: State) => equation(given, output(given));

const written = (given: State) =>
  pieces(given)
    .map(({ words }) => words)
    .join("");

test("the equation holds every product and the sum", () => {
  assert.equal(written(state({ position: 2 })), "z₃ = 100·2 + 10·4 + 1·8 = 248.00");
});

test("negative numbers stand in brackets, with a true minus sign", () => {
  const given = state({ signal: [1, -2, 3], kernel: [-1, 0.5, 1], position: 1 });
  assert.equal(written(given), "z₂ = (−1)·1 + 0.5·(−2) + 1·3 = 1.00");
});

test("a value that padding puts there is marked as such, a mirrored one too", () => {
  const role = (given: State) => pieces(given).filter((piece) => piece.role !== undefined)[2];
  assert.deepEqual(role(state()), { words: "0", role: "padding" });
  assert.deepEqual(role(state({ padding: "reflect" })), { words: "2", role: "padding" });
  assert.deepEqual(role(state({ padding: "circular" })), { words: "32", role: "padding" });
  assert.deepEqual(role(state({ position: 1 })), { words: "1", role: "input" });
});

test("a third is written as one, so that the products can be checked by hand", () => {
  const given = state({ signal: [5.1, 10.1, 10.3], kernel: [1 / 3, 1 / 3, 1 / 3], position: 1 });
  assert.equal(written(given), "z₂ = 1/3·5.1 + 1/3·10.1 + 1/3·10.3 = 8.50");
});

test("a sum or a factor that is rounded is not called equal", () => {
  const sum = state({ signal: [5.2, 5.3, 5.4], kernel: [1 / 3], position: 0 });
  assert.equal(written(sum), "z₁ = 1/3·5.2 ≈ 1.73");
  const factor = state({ signal: [2], kernel: [0.123456], position: 0 });
  assert.equal(written(factor), "z₁ = 0.12·2 ≈ 0.25");
});

test("the equation reads the shifted signal", () => {
  assert.equal(written(state({ shift: 1, position: 1 })), "z₂ = 100·0 + 10·1 + 1·2 = 12.00");
});

test("the equation and the spoken words keep a predicted output to themselves", () => {
  const given = state({ predict: true, position: 2 });
  assert.match(written(given), / = \?$/);
  assert.equal(spoken(given, output(given)), "output 3 of 6: predict it");
  const guessed = { ...given, guess: 250 };
  assert.match(written(guessed), / = 248\.00$/);
  assert.equal(spoken(guessed, output(guessed)), "output 3 of 6 is 248.00");
});

test("the length formula gives the length that there is", () => {
  for (const padding of ["zeros", "valid", "circular"]) {
    for (const [stride, dilation] of [
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 1],
    ] as const) {
      const given = state({ padding, stride, dilation });
      const { formula } = lengthFormula(given);
      assert.ok(formula.endsWith(`= ${output(given).length}`), formula);
      // The formula's own numbers, worked out.
      const [length, added, d, k, s] = /⌊\((\d+) \+ (\d+) − (\d+)·\((\d+) − 1\) − 1\) \/ (\d+)⌋/
        .exec(formula)!
        .slice(1)
        .map(Number) as [number, number, number, number, number];
      const worked = Math.floor((length + added - d * (k - 1) - 1) / s) + 1;
      assert.equal(worked, output(given).length, formula);
    }
  }
});

test("what the formula means is said in grammatical words", () => {
  assert.equal(
    lengthFormula(state({ dilation: 2 })).meaning,
    "3 weights, each used for 6 outputs; one output covers 5 inputs.",
  );
  assert.equal(
    lengthFormula(state({ kernel: [1], signal: [1] })).meaning,
    "1 weight, used for 1 output; one output covers 1 input.",
  );
});

test("a guess is judged by its distance", () => {
  const judged = (guess: number | null) => {
    const given = state({ predict: true, position: 2, guess });
    return verdict(given, output(given));
  };
  assert.equal(judged(null), "");
  assert.equal(judged(248), "You said 248.00; it is 248.00, 0.00 away: exactly right.");
  assert.match(judged(248.1), /0\.10 away: close enough\.$/);
  assert.match(judged(-3), /^You said −3\.00; .* 251\.00 away: look at the products\.$/);
});

const shiftWords = (given: State) => shiftSentence(given, output(given));

test("without a shift nothing is said about it", () => {
  assert.equal(shiftWords(state()), "");
});

test("a circular shift is the same everywhere", () => {
  assert.equal(
    shiftWords(state({ shift: 2, padding: "circular" })),
    "Shift the input by 2, or the output by 2: the same at all 6 outputs that can be compared.",
  );
});

test("where a border spoils equivariance, the outputs are named", () => {
  // The first output sees the first value come in; the last misses the value that left.
  assert.equal(
    shiftWords(state({ shift: 1 })),
    "Shift the input by 1, or the output by 1: the same at 4 of 6 outputs; not at z₁, z₆, whose windows meet what came in or fell out at an end.",
  );
});

test("a shift that the stride does not divide answers to nothing", () => {
  assert.equal(
    shiftWords(state({ shift: -1, stride: 2 })),
    "A shift of −1 is not a multiple of the stride 2: no shift of the output answers to it.",
  );
});

test("a shift that leaves nothing over says so", () => {
  const round = state({ shift: 8, stride: 4, padding: "circular" });
  assert.match(shiftWords(round), /nothing is left to compare\.$/);
});
