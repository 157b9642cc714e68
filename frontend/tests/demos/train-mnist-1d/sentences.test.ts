import assert from "node:assert/strict";
import { test } from "node:test";
import { softmax } from "../../../src/core/network.ts";
import type { News, Point } from "../../../src/demos/train-mnist-1d/protocol.ts";
import * as say from "../../../src/demos/train-mnist-1d/sentences.ts";
import { point, state } from "./states.ts";

const news = (step: number, training = false): News => ({
  run: 1,
  network: "convolutional",
  step,
  training,
  points: [],
  loss: 0.1234,
  speed: 3210.4,
  layers: [],
  input: [],
  label: 7,
  kernels: [],
  lastStep: null,
});

const runner = (points: Point[], training = false) => ({
  news: news(points.at(-1)?.step ?? 0, training),
  points,
  before: [],
});

const finished = (convolutional: number, dense: number) => ({
  convolutional: runner([point(4000, convolutional)]),
  "fully connected": runner([point(4000, dense)]),
});

test("the verdict names both errors, and judges the guess by them", () => {
  const runners = finished(0.1, 0.3);
  const verdict = (guess: string) => say.verdict(state({ guess }), runners) ?? "";
  assert.match(verdict("convolutional"), /errs on 10\.0 %.* one on 30\.0 %\. You said .*: right\./);
  assert.match(verdict("fully connected"), /You said the fully connected one: look again/);
  assert.match(verdict("about equal"), /You said about equal: look again/);
  assert.doesNotMatch(verdict(""), /You said/);
  assert.match(say.verdict(state({ permuted: true }), runners) ?? "", /^With the values permuted/);
});

test("errors that differ by less than chance are about equal, and either may win", () => {
  const judged = (a: number, b: number, guess: string) =>
    /right\.$/.test(say.verdict(state({ guess }), finished(a, b)) ?? "");
  assert.ok(judged(0.4, 0.41, "about equal"));
  assert.ok(judged(0.45, 0.41, "fully connected"));
});

test("there is no verdict before both have made all their steps", () => {
  assert.equal(say.verdict(state({ steps: 5000 }), finished(0.1, 0.3)), null);
  const runners = { ...finished(0.1, 0.3), convolutional: runner([point(4000, 0.1)], true) };
  assert.equal(say.verdict(state(), runners), null);
});

test("a run that has left all numbers says so, and judges nobody", () => {
  const runners = {
    ...finished(0.1, 0.3),
    convolutional: runner([point(4000, 0.9, Number.NaN)]),
  };
  assert.match(say.verdict(state({ guess: "convolutional" }), runners) ?? "", /too large/);
  const { convolutional } = runners;
  assert.ok(
    say
      .standing({ ...convolutional, news: { ...news(9), loss: Number.NaN } })
      .includes("no number"),
  );
});

test("the status tells what is the case", () => {
  const fresh = { convolutional: runner([]), "fully connected": runner([]) };
  assert.match(say.status(state(), fresh, false), /^Nothing is trained yet/);
  assert.match(say.status(state({ training: true }), fresh, false), /^Training/);
  assert.match(say.status(state({ training: true }), fresh, true), /out of sight/);
  assert.equal(say.status(state({ steps: 9000 }), finished(0.1, 0.3), false), "Paused.");
});

test("a row holds step, speed, loss and errors, and dashes before there are any", () => {
  assert.deepEqual(say.standing(runner([point(4000, 0.107)])), [
    "4,000",
    "3,210",
    "0.123",
    "5.3 %",
    "10.7 %",
  ]);
  assert.deepEqual(say.standing({ news: null, points: [], before: [] }), ["0", "–", "–", "–", "–"]);
});

test("the curves are read at the last point up to a step", () => {
  const runners = {
    convolutional: runner([point(0, 0.9), point(100, 0.5)]),
    "fully connected": runner([point(0, 0.8)]),
  };
  assert.equal(
    say.reading(100, runners, "error"),
    "Step 100. convolutional: test 50.0 %, training 25.0 %; fully connected: test 80.0 %, training 40.0 %.",
  );
  assert.match(say.reading(0, runners, "loss"), /convolutional: test 1\.000, training 0\.500/);
});

test("the last step of a weight shows gradient, velocity and update with their numbers", () => {
  const list = (value: number) => new Array<number>(45).fill(value);
  const step = {
    rate: 0.05,
    before: list(0.3),
    after: list(0.302),
    gradient: list(-0.1),
    velocity: list(-0.04),
    contributions: [],
  };
  assert.deepEqual(say.lastStepLines(step, state()), [
    "g = −0.1000, the sum of what 19 positions add",
    "v ← μ v + g = 0.0600 + (−0.1000) = −0.0400",
    "ω ← ω − η v = 0.3000 − 0.05 · (−0.0400) = 0.3020",
  ]);
  const plain = { ...step, velocity: step.gradient };
  assert.equal(say.lastStepLines(plain, state())[1], "v ← g = −0.1000");
  assert.match(say.lastStepLines(null, state())[0]!, /Take a step/);
});

test("numbers too small for four decimals keep a digit", () => {
  assert.equal(say.fine(0.00002), "2.0e−5");
  assert.equal(say.fine(0), "0.0000");
  assert.equal(say.fine(Number.NaN), "not a number");
});

test("probabilities add up to one however large the scores", () => {
  const shares = softmax([1000, 1000, -1000]);
  assert.deepEqual(shares, [0.5, 0.5, 0]);
  assert.equal(say.opinion("convolutional", shares, 1), "convolutional: 0 (50 %), wrong, it is 1");
});
