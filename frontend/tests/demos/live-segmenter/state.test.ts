import assert from "node:assert/strict";
import { test } from "node:test";
import type { Runner } from "../../../src/core/inference/runner.ts";
import { classPicture, errorPicture, labelsOf } from "../../../src/demos/live-segmenter/colours.ts";
import { CLASS_COUNT, keyOf, predictionOf } from "../../../src/demos/live-segmenter/networks.ts";
import {
  errors,
  failure,
  pixelSentence,
  spoken,
  summary,
} from "../../../src/demos/live-segmenter/sentences.ts";
import { snippet } from "../../../src/demos/live-segmenter/snippet.ts";
import {
  atPixel,
  check,
  derived,
  judged,
  type State,
} from "../../../src/demos/live-segmenter/state.ts";
import { install } from "../../../src/demos/scene/runners.ts";
import { heldOut, imageOf, rendered } from "../../../src/demos/scene/state.ts";

const start: State = {
  ...{ index: 5, scene: null, selected: -1, source: "scene", own: "" },
  ...{ network: "U-Net", view: "predicted", row: 3, column: 4 },
};
const truth = rendered(start).mask;
const AREA = 96 * 96;

/** A network whose highest score stands at these classes. */
function says(classes: ArrayLike<number>): void {
  const scores = new Float32Array(CLASS_COUNT * AREA);
  for (let i = 0; i < AREA; i++) scores[classes[i]! * AREA + i] = 5;
  const runner = { run: () => {}, map: () => ({ values: scores }) } as unknown as Runner;
  install(keyOf("U-Net"), runner);
}

test("without a network there is nothing to say, and that is said", () => {
  const state: State = { ...start, network: "none" };
  assert.equal(predictionOf(state), null);
  assert.equal(judged(state), null);
  assert.deepEqual(derived(state), { classes: [], mean_iou: null, accuracy: null });
  assert.equal(summary(state, null, null), "The network is being loaded.");
});

test("the truth itself has no error", () => {
  says(truth);
  const state = { ...start };
  const scores = judged(state)!;
  assert.deepEqual([scores.meanIou, scores.accuracy], [1, 1]);
  assert.equal(errors(scores), "Errors: none. Every pixel is right.");
  assert.equal(failure(state, scores, 0.5), null);
  assert.deepEqual(derived(state).classes.flat(), [...truth]);
  assert.match(pixelSentence(state, scores), /^Row 3, column 4: \w+ \(0\.9\d\) ✓ right\.$/);
  assert.ok(Math.abs(atPixel(state)!.reduce((a, b) => a + b) - 1) < 1e-6);
});

test("a picture called background throughout has a high accuracy and a low mean IoU", () => {
  says(new Uint8Array(AREA));
  const state = { ...start };
  const scores = judged(state)!;
  assert.ok(scores.accuracy > 0.8);
  assert.ok(scores.meanIou < 0.4);
  assert.equal(scores.missed, truth.filter((c) => c > 0).length);
  assert.match(summary(state, predictionOf(state), scores), /Background alone is 89 %/);
  assert.match(failure(state, scores, 0.5)!, /^the \w+ has an IoU of 0\.00$/);
  assert.match(spoken(state, predictionOf(state), scores), /^Row 3/);
});

test("what is invented and what is mixed up are told apart", () => {
  says(truth.map((c) => (c === 0 ? 7 : (c % 10) + 1)));
  const state = { ...start };
  const scores = judged(state)!;
  assert.equal(scores.invented, truth.filter((c) => c === 0).length);
  assert.equal(scores.mixed, truth.filter((c) => c > 0).length);
  assert.equal(scores.missed, 0);
});

test("pictures are opaque, and names stand where their class does", () => {
  const image = imageOf(start);
  for (const rgba of [
    classPicture(image, truth),
    errorPicture(image, new Uint8Array(AREA), truth, [190, 30, 24]),
  ]) {
    assert.ok(rgba.every((byte, i) => i % 4 < 3 || byte === 255));
  }
  assert.deepEqual(
    labelsOf(truth).map(({ label }) => label),
    [...new Set(truth)].filter((c) => c > 0).sort((a, b) => a - b),
  );
});

test("of an own image nothing is judged", () => {
  says(truth);
  const own = Buffer.alloc(3 * AREA).toString("base64");
  const state: State = { ...start, source: "own", own };
  assert.equal(judged(state), null);
  assert.match(summary(state, predictionOf(state), null), /^In your image: .*not known\.$/);
  assert.ok(snippet(state).every(({ code }) => !code.includes("mean_iou")));
});

test("a scene of background alone is named so", () => {
  says(new Uint8Array(AREA));
  const state: State = { ...start, scene: { ...heldOut(5), objects: [] } };
  assert.match(summary(state, predictionOf(state), judged(state)), /nothing but background/);
});

test("impossible settings are refused in words", () => {
  const said = (change: object) => check({ ...start, ...change })?.message ?? "";
  assert.equal(said({}), "");
  assert.match(said({ network: "net" }), /^Network is net; it is one of U-Net/);
  assert.match(said({ view: "both" }), /^Classes is both/);
  assert.match(said({ row: 96 }), /^Row is 96; it is a whole number from 0 to 95/);
  assert.match(said({ column: -1 }), /^Column is -1/);
});
