import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decodeGrid } from "../../src/core/detector.ts";
import { classMap, confusion, probabilitiesAt, scoresOf } from "../../src/core/segmentation.ts";
import { deviation } from "./golden.ts";

interface GridCase {
  cells: number;
  boxes_per_cell: number;
  classes: number;
  raw: number[];
  boxes: number[][];
  scores: number[];
  labels: number[];
}

interface MapCase {
  classes: number;
  truth: number[];
  predicted: number[];
  iou: (number | null)[];
  mean_iou: number;
  accuracy: number;
}

const file = new URL("../golden/live.json", import.meta.url);
const golden: { grids: GridCase[]; maps: MapCase[] } = JSON.parse(readFileSync(file, "utf8"));

test("a grid's numbers name torch's boxes, scores and classes to 1e-6", () => {
  for (const { cells, boxes_per_cell, classes, raw, ...expected } of golden.grids) {
    const grid = { cells, boxesPerCell: boxes_per_cell, classCount: classes };
    const found = decodeGrid(raw, 96, grid);
    assert.deepEqual(
      found.map(({ label }) => label),
      expected.labels,
    );
    assert.ok(
      deviation(
        found.map(({ box }) => [...box]),
        expected.boxes,
      ) < 1e-6,
    );
    assert.ok(
      deviation(
        found.map(({ score }) => score),
        expected.scores,
      ) < 1e-6,
    );
  }
});

test("the scores of a map are torch's", () => {
  for (const { classes, truth, predicted, ...expected } of golden.maps) {
    const scores = scoresOf(confusion(predicted, truth, classes), classes);
    assert.deepEqual(
      scores.iou.map((v) => v === null),
      expected.iou.map((v) => v === null),
    );
    assert.ok(
      deviation(
        scores.iou.map((v) => v ?? 0),
        expected.iou.map((v) => v ?? 0),
      ) < 1e-9,
    );
    assert.ok(Math.abs(scores.meanIou - expected.mean_iou) < 1e-9);
    assert.ok(Math.abs(scores.accuracy - expected.accuracy) < 1e-9);
  }
});

test("a pixel has the class of its highest score, of several the first", () => {
  const scores = [1, 5, 0, 0, 1, 4, 0, 9, 1, 5, 0, -1];
  assert.deepEqual([...classMap(scores, 3)], [0, 0, 0, 1]);
  const probabilities = probabilitiesAt(scores, 3, 3);
  assert.ok(Math.abs(probabilities.reduce((a, b) => a + b) - 1) < 1e-12);
  assert.ok(probabilities[1]! > 0.99);
});
