import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Box } from "../../src/core/boxes.ts";
import {
  boxCount,
  type CellPrediction,
  cellLoss,
  decode,
  depthOf,
  encode,
  encodeAll,
  numberCount,
  TERMS,
  toldFrom,
} from "../../src/core/yolo-grid.ts";
import { deviation } from "./golden.ts";

interface Golden {
  encodings: {
    boxes: Box[];
    labels: number[];
    cells: number;
    collisions: [number, number][];
    /** Row, column, class, x, y, w, h. */
    held: number[][];
  }[];
  losses: {
    cells: number;
    boxes_per_cell: number;
    boxes: Box[];
    labels: number[];
    prediction: number[][][];
    terms: number[];
  }[];
}

const file = new URL("../golden/detection.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

test("the paper's numbers", () => {
  const paper = { cells: 7, boxesPerCell: 2, classCount: 20 };
  assert.deepEqual([depthOf(paper), boxCount(paper), numberCount(paper)], [30, 98, 1470]);
});

test("cells answer, and collide, as in course_lib.detection", () => {
  for (const { boxes, labels, cells, collisions, held } of golden.encodings) {
    const { told, holder } = encodeAll(boxes, 448, cells);
    const lost = holder.flatMap((first, own) => (first === own ? [] : [[first, own]]));
    assert.deepEqual(lost, collisions);
    const answers = told
      .map(({ row, column, x, y, w, h }, i) => [row, column, labels[i]!, x, y, w, h])
      .filter((_, i) => holder[i] === i)
      .sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
    assert.ok(deviation(answers, held) < 1e-8);
  }
});

test("decoding gives the box back", () => {
  for (const { boxes, cells } of golden.encodings) {
    for (const box of boxes) {
      assert.ok(deviation(decode(encode(box, 448, cells), 448, cells), box) < 1e-9);
      const place = { row: 1, column: 2 };
      const told = toldFrom(place, box, 448, cells);
      assert.ok(deviation(decode({ ...place, ...told }, 448, cells), box) < 1e-9);
    }
  }
});

test("the loss is that of course_lib.detection, term by term", () => {
  for (const one of golden.losses) {
    const { cells, boxes_per_cell: count } = one;
    const { told, holder } = encodeAll(one.boxes, 96, cells);
    const sums = TERMS.map(() => 0);
    for (const [row, line] of one.prediction.entries()) {
      for (const [column, numbers] of line.entries()) {
        const prediction: CellPrediction = {
          boxes: Array.from({ length: count }, (_, j) => {
            const [x, y, w, h, confidence] = numbers.slice(5 * j, 5 * j + 5);
            return { x: x!, y: y!, w: w!, h: h!, confidence: confidence! };
          }),
          classes: numbers.slice(5 * count),
        };
        const index = told.findIndex(
          (t, i) => t.row === row && t.column === column && holder[i] === i,
        );
        const target = index < 0 ? null : { ...told[index]!, label: one.labels[index]! };
        const terms = cellLoss(prediction, target, cells);
        for (const [t, name] of TERMS.entries()) sums[t]! += terms[name];
      }
    }
    assert.ok(deviation(sums, one.terms) < 1e-6, JSON.stringify(one));
  }
});
