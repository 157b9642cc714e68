import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  averagePrecision,
  type Box,
  boxProblem,
  type Detection,
  inOrder,
  intersectionOf,
  iou,
  matches,
  nonMaxSuppression,
  overlapOf,
  precisionRecall,
  suppression,
  type Truth,
} from "../../src/core/boxes.ts";
import { deviation } from "./golden.ts";

interface Found {
  boxes: Box[];
  scores: number[];
  labels: number[];
}

interface Golden {
  overlaps: { a: Box[]; b: Box[]; iou: number[][] }[];
  suppressions: (Found & {
    overlap: number;
    threshold: number;
    kept: number[];
    kept_without_classes: number[];
  })[];
  precisions: (Found & {
    truths: Box[];
    true_labels: number[];
    least: number;
    precision: number[][];
    recall: (number | null)[][];
    average_precision: (number | null)[];
  })[];
}

const file = new URL("../golden/detection.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

const detectionsOf = ({ boxes, scores, labels }: Found): Detection[] =>
  boxes.map((box, i) => ({ box, score: scores[i]!, label: labels[i]! }));
const plain = (value: number) => (Number.isNaN(value) ? null : value);

test("IoU is that of course_lib.detection, for boxes without an area too", () => {
  for (const { a, b, iou: expected } of golden.overlaps) {
    const actual = a.map((one) => b.map((other) => iou(one, other)));
    assert.ok(deviation(actual, expected) < 1e-8, JSON.stringify({ a, b }));
  }
});

test("what survives suppression is what survives in course_lib.detection", () => {
  for (const one of golden.suppressions) {
    const { overlap, threshold } = one;
    const found = detectionsOf(one);
    assert.deepEqual(nonMaxSuppression(found, { overlap, threshold }), one.kept);
    const without = nonMaxSuppression(found, { overlap, threshold, byClass: false });
    assert.deepEqual(without, one.kept_without_classes);
  }
});

test("precision, recall and average precision are those of course_lib.detection", () => {
  for (const one of golden.precisions) {
    const found = detectionsOf(one);
    const truths: Truth[] = one.truths.map((box, i) => ({ box, label: one.true_labels[i]! }));
    const matched = matches(found, truths, one.least);
    for (const label of [0, 1]) {
      const right = matched.filter((m) => found[m.index]!.label === label).map((m) => m.right);
      const objects = truths.filter((truth) => truth.label === label).length;
      const curve = precisionRecall(right, objects);
      assert.ok(deviation(curve.precision, one.precision[label]) < 1e-8);
      if (objects > 0) assert.ok(deviation(curve.recall, one.recall[label]) < 1e-8);
      const expected = one.average_precision[label]!;
      const actual = plain(averagePrecision(curve));
      if (expected === null) assert.equal(actual, null);
      else assert.ok(Math.abs(actual! - expected) < 1e-8, JSON.stringify(one));
    }
  }
});

test("intersection and union are areas", () => {
  assert.deepEqual(overlapOf([0, 0, 2, 2], [1, 1, 3, 3]), {
    intersection: 1,
    union: 7,
    iou: 1 / 7,
  });
  assert.equal(intersectionOf([0, 0, 2, 2], [2, 0, 3, 2]), null);
});

test("a survivor compares itself with what is left of its class, and says by how much", () => {
  const found: Detection[] = [
    { box: [0, 0, 4, 4], score: 0.6, label: 0 },
    { box: [0, 0, 4, 3], score: 0.9, label: 0 },
    { box: [0, 0, 4, 4], score: 0.7, label: 1 },
    { box: [0, 0, 4, 4], score: 0.1, label: 0 },
  ];
  assert.deepEqual(suppression(found, { threshold: 0.2, overlap: 0.5 }), {
    below: [3],
    steps: [
      { keeper: 1, rivals: [{ index: 0, iou: 0.75, gone: true }] },
      { keeper: 2, rivals: [] },
    ],
  });
});

test("a second that reaches the same object is wrong, and one of another class finds none", () => {
  const truths: Truth[] = [{ box: [0, 0, 4, 4], label: 0 }];
  const found: Detection[] = [
    { box: [0, 0, 4, 3], score: 0.5, label: 0 },
    { box: [0, 0, 4, 4], score: 0.9, label: 0 },
    { box: [0, 0, 4, 4], score: 0.8, label: 1 },
  ];
  assert.deepEqual(matches(found, truths), [
    { index: 1, truth: 0, iou: 1, right: true },
    { index: 2, truth: null, iou: 0, right: false },
    { index: 0, truth: 0, iou: 0.75, right: false },
  ]);
});

test("a box that is inside out is said to be so, or put in order", () => {
  assert.equal(boxProblem("Box A", [1, 1, 3, 3]), null);
  assert.match(String(boxProblem("Box A", [3, 1, 1, 3])), /^Box A is inside out: its right edge/);
  assert.match(String(boxProblem("Box A", [1, 3, 3, 1])), /its lower edge, 1, lies above 3/);
  assert.match(String(boxProblem("Box A", [1, Number.NaN, 3, 1])), /no number/);
  assert.deepEqual(inOrder([3, 5, 1, 2]), [1, 2, 3, 5]);
});
