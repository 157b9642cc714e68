import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CASE_NAMES,
  caseNamed,
  objectsOf,
  PREDICTION_NAMES,
  predictionNamed,
} from "../../../src/demos/yolo-grid/presets.ts";
import { answer, counts, judgement, terms } from "../../../src/demos/yolo-grid/sentences.ts";
import {
  check,
  computed,
  derived,
  type State,
  settle,
} from "../../../src/demos/yolo-grid/state.ts";

const STATE: State = {
  ...objectsOf("mugs"),
  ...{ selected: 3, cells: 7, boxes_per_cell: 2, class_count: 20, view: "encode", grabbed: -1 },
  predicted: [
    [80, 162, 229, 293],
    [3, 109, 286, 358],
    [100, 100, 300, 300],
  ],
  ...{ confidences: [0.6, 0.3, 0.1], probability: 0.7, background: 0.05 },
};

const of = (change: Partial<State>): State => settle({ ...STATE, ...change });

test("the counts are computed with the state's numbers", () => {
  assert.match(counts(STATE), /= 98 boxes; .* = 7 × 7 × 30 = 1,470 numbers/);
  const ours = counts(of({ cells: 6, class_count: 10 }));
  assert.match(ours, /= 72 boxes; .* = 6 × 6 × 20 = 720 numbers/);
});

test("every preset is possible, and says what it shows", () => {
  const said: Record<string, RegExp> = {
    "the scene's objects": /answers for object 1, mug/,
    "two centres in one cell": /^Collision: .*object 1.*object 2.* the other is lost/,
    "larger than its cell": /5\.63 cells wide and 4\.5 high/,
    "centre on a line": /lies on a line: the cell to the right or below/,
  };
  for (const name of CASE_NAMES) {
    for (const cells of [6, 7]) {
      const state = of({ ...caseNamed(name, of({ cells })), cells });
      assert.equal(check(state), null, name);
      if (cells === 7) assert.match(answer(state), said[name]!, name);
    }
  }
  for (const name of PREDICTION_NAMES) {
    const state = of({ view: "loss", ...predictionNamed(name, STATE) });
    assert.equal(check(state), null, name);
    assert.ok(Number.isFinite(computed(state).total));
  }
});

test("a faultless prediction costs nothing; of equal boxes the first is responsible", () => {
  const faultless = of({ view: "loss", ...predictionNamed("no fault", STATE) });
  assert.ok(computed(faultless).total < 1e-12);
  assert.match(judgement(faultless), /Nothing is left to learn/);
  const both = of({ view: "loss", ...predictionNamed("both say the same", STATE) });
  assert.equal(computed(both).cell.responsible, 0);
  assert.match(judgement(both), /so the first is responsible/);
});

test("the terms add up, and the silent boxes are all others", () => {
  const state = of({ view: "loss" });
  const { total, quiet } = computed(state);
  assert.ok(Math.abs(terms(state).reduce((sum, { value }) => sum + value, 0) - total) < 1e-12);
  // 98 boxes, less two told here and three others that answer.
  assert.equal(quiet, 98 - 2 - 3);
});

test("an object that lost its cell is spoken of by the one that holds it", () => {
  const state = of({ view: "loss", ...caseNamed("two centres in one cell", STATE) });
  assert.deepEqual(derived(state).collisions, [[0, 1]]);
  assert.equal(computed(state).holder, 0);
  assert.match(judgement(state), /^Object 2 is lost: its cell answers for object 1/);
});

test("what is impossible is refused in words", () => {
  const cases: [Partial<State>, RegExp][] = [
    [{ boxes: [[10, 10, 5, 20]], labels: [0] }, /^Object 1 is inside out: its right edge, 5/],
    [{ boxes: [[10, 10, 12, 20]], labels: [0] }, /smaller than 4 pixels/],
    [{ boxes: [[10, 10, 500, 20]], labels: [0] }, /number from 0 to 448/],
    [{ boxes: [] }, /There are 0 boxes/],
    [{ labels: [1] }, /4 boxes, but 1 classes/],
    [{ cells: 1 }, /The number of cells is 1/],
    [{ class_count: 3 }, /The number of classes is 3/],
    [{ confidences: [2, 0, 0] }, /The confidences holds 2/],
    [{ probability: -0.5 }, /The probability is -0.5/],
  ];
  for (const [change, words] of cases) {
    assert.match(String(check(of(change))?.message), words);
  }
});

test("what pointed at an object that is gone points at the last", () => {
  const state = of({ boxes: STATE.boxes.slice(0, 2), labels: STATE.labels.slice(0, 2) });
  assert.equal(state.selected, 1);
  assert.equal(of({ boxes_per_cell: 1, grabbed: 1 }).grabbed, 0);
});
