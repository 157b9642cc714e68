import assert from "node:assert/strict";
import { test } from "node:test";
import type { Evidence, Said } from "../../../src/demos/inside-a-classifier/evidence.ts";
import { moved } from "../../../src/demos/inside-a-classifier/image.ts";
import { fieldSize, LAYERS, sees, shapeOf } from "../../../src/demos/inside-a-classifier/layers.ts";
import {
  account,
  cellWords,
  comparison,
  unitWords,
  verdict,
} from "../../../src/demos/inside-a-classifier/sentences.ts";
import { snippet } from "../../../src/demos/inside-a-classifier/snippet.ts";
import { check, type State, settle } from "../../../src/demos/inside-a-classifier/state.ts";

const STATE: State = {
  ...{ index: 0, source: "scene", own: "", right: 0, down: 0, dots: [], hand: "move" },
  ...{ target: -1, explanation: "class map", weights: "trained" },
  ...{ layer: "conv 1", channel: 0, row: 23, column: 23 },
};

test("the first state is possible, and what is impossible is refused beside its control", () => {
  assert.equal(check(STATE), null);
  const refused: [Partial<State>, string, RegExp][] = [
    [{ index: -1 }, "index", /Held-out scene is -1; it is a whole number from 0 to 9999/],
    [{ right: 49 }, "right", /Moved right is 49/],
    [{ dots: [1, 2] }, "hand", /column, row and colour \(0 to 5\)/],
    [{ dots: [1, 2, 6] }, "hand", /column, row and colour/],
    [{ dots: [1, 96, 0] }, "hand", /each value is a number from 0 to 95/],
    [{ source: "own" }, "own", /There is no image yet/],
    [{ own: "AAAA" }, "own", /not 96 × 96 pixels/],
    [{ target: 10 }, "target", /The class is 10/],
    [{ channel: 16 }, "channel", /Map is 16; it is a whole number from 0 to 15/],
    [{ layer: "pool 3" }, "row", /Row is 23; it is a whole number from 0 to 5/],
    [{ weights: "random" as never }, "weights", /Weights is random/],
  ];
  for (const [change, control, words] of refused) {
    const problem = check({ ...STATE, ...change });
    assert.equal(problem?.control, control);
    assert.match(problem.message, words);
  }
});

test("in another layer the unit looks at the same part of the image", () => {
  const last = { ...STATE, row: 40, column: 3, channel: 15 };
  const there = settle({ ...last, layer: "pool 3" }, { last });
  assert.deepEqual([there.channel, there.row, there.column], [15, 5, 0]);
  const back = settle({ ...there, layer: "conv 1" }, { last: there });
  assert.deepEqual([back.channel, back.row, back.column], [15, 44, 4]);
  const linked = settle({ ...STATE, layer: "pool 3", row: 30, column: 2 }, { last });
  assert.deepEqual([linked.row, linked.column], [3, 2]);
});

test("receptive fields grow as kernels and strides make them", () => {
  assert.deepEqual(LAYERS.map(fieldSize), [7, 11, 27, 35, 51, 67, 83]);
  assert.deepEqual(sees("conv 1", 0), [0, 3]);
  assert.deepEqual(sees("conv 1", 23), [43, 49]);
  assert.deepEqual(shapeOf("pool 3"), [64, 6, 6]);
});

test("an image moves by whole pixels, and its border is repeated", () => {
  const planes = Uint8Array.from({ length: 3 * 96 * 96 }, (_, i) => i % 96);
  const result = moved(planes, 2, -5);
  assert.deepEqual([...result.subarray(0, 5)], [0, 0, 0, 1, 2]);
  assert.deepEqual([...moved(planes, 0, 0)], [...planes]);
});

const SAID: Said = {
  scores: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  probabilities: [0.1, 0, 0, 0, 0, 0, 0, 0, 0.9, 0],
  ...{ best: 8, target: 8, label: 0 },
};

test("sentences say what the network says and how far off it is", () => {
  assert.match(verdict(null), /being started/);
  assert.match(verdict(SAID), /It says mug \(90.0 %\): wrong. The scene shows a ball, .* 10.0 %/);
  assert.match(verdict({ ...SAID, label: 8 }), /It says mug \(90.0 %\): right/);
  assert.match(verdict({ ...SAID, label: null }), /one of its ten classes/);
  const words = unitWords({ ...STATE, row: 0 }, -1.5);
  assert.match(words, /row 1, column 24 of map 1: −1.50. It sees 7 × 7 pixels, .* rows 1–4 /);
});

test("an account adds up, and a map that is not whole yet is counted", () => {
  const values = new Float32Array(36).fill(0.25);
  const evidence: Evidence = {
    ...{ kind: "class map", count: 6, values, drawn: values, score: 8, sum: 9, known: 36 },
  };
  assert.equal(
    account(SAID, evidence),
    "Score of mug: 8.00 = 9.00 from the 36 positions − 1.00 from the biases.",
  );
  const covering: Evidence = { ...evidence, kind: "covering", known: 20 };
  assert.equal(account(SAID, covering), "Covered 20 of 36 places …");
  assert.equal(cellWords(evidence, 1, 2), "Cell in row 2, column 3: +0.25");
});

test("a control that resembles the trained network's picture is called what it is", () => {
  const control: State = { ...STATE, weights: "all shuffled" };
  assert.match(comparison(STATE, null), /^The control/);
  assert.match(comparison(control, 0.6), /0.60. This network has learnt nothing/);
  assert.match(comparison(control, 0.2), /A little/);
  assert.match(comparison(control, -0.1), /−0.10. Hardly anything is left/);
});

test("the snippet moves and draws only where the state does", () => {
  const code = (state: State) => snippet(state).map((line) => line.code);
  assert.ok(!code(STATE).some((line) => line.includes("clamp") || line.includes("tones")));
  const changed = code({ ...STATE, down: -2, dots: [1, 2, 3], weights: "dense layers shuffled" });
  assert.ok(changed.includes("rows = (torch.arange(96) + 2).clamp(0, 95)"));
  assert.ok(changed.includes("dots = [1, 2, 3]"));
  assert.ok(changed.includes("network = shuffle_weights(network, layers=2)"));
});
