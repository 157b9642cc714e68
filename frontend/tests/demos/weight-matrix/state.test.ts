import assert from "node:assert/strict";
import { test } from "node:test";
import { PRESET_NAMES, takePreset } from "../../../src/demos/weight-matrix/presets.ts";
import {
  check,
  copies,
  entryChange,
  layerOf,
  parameterCounts,
  type State,
  settle,
  unitCount,
} from "../../../src/demos/weight-matrix/state.ts";
import { DENSE, state } from "./states.ts";

test("the layer holds the sums before the activation and the outputs after it", () => {
  const { sums, output, biases } = layerOf(state());
  assert.deepEqual(sums, [-1, 1, 6, 3.5, -0.5, 2.5]);
  assert.deepEqual(output, [0, 1, 6, 3.5, 0, 2.5]);
  assert.deepEqual(biases, [-1, -1, -1, -1, -1, -1]);
});

test("to change one entry is to change its weight, and so every copy", () => {
  const given = state();
  assert.equal(copies(layerOf(given), 1), 6);
  const next = { ...given, ...entryChange(given, 3, 3, 2) };
  assert.deepEqual(next.kernel, [0.5, 2, -0.5]);
  assert.deepEqual(
    layerOf(next).matrix.map((row, i) => row[i]),
    [2, 2, 2, 2, 2, 2],
  );
});

test("where two weights meet in an entry, the first makes up the change", () => {
  const given = state({ padding: "reflect" });
  const next = { ...given, ...entryChange(given, 0, 1, 1) };
  assert.deepEqual(next.kernel, [1.5, 1, -0.5]);
  assert.equal(layerOf(next).matrix[0]![1], 1);
});

test("an empty entry has no weight to change", () => {
  assert.deepEqual(entryChange(state(), 0, 5, 1), {});
});

test("in a fully connected layer an entry is alone", () => {
  const given = state(DENSE);
  const next = { ...given, ...entryChange(given, 1, 2, 5) };
  const [before, after] = [layerOf(given).matrix.flat(), layerOf(next).matrix.flat()];
  const changed = before.flatMap((value, i) => (value === after[i] ? [] : [i]));
  assert.deepEqual(changed, [8]);
  assert.equal(copies(layerOf(given), 8), 1);
});

test("the counts are D² and D against K and one", () => {
  assert.deepEqual(parameterCounts(state()), {
    dense: { weights: 36, biases: 6 },
    convolution: { weights: 3, biases: 1 },
  });
});

test("the chosen unit stays where there are fewer, and one that is asked for is not bent", () => {
  const last = state({ unit: 5 });
  const before = { last, initial: state({ unit: 0 }) };
  assert.equal(settle({ ...last, stride: 2 }, before).unit, 2);
  assert.equal(settle({ ...last, stride: 2, unit: 4 }, before).unit, 4);
});

test("touched weights are kept when inputs come and go", () => {
  const last = state({ ...DENSE, weights: Array.from({ length: 36 }, (_, i) => i / 10) });
  const fewer = settle({ ...last, signal: [1, 2] }, { last, initial: last });
  assert.deepEqual(fewer.weights, [0, 0.1, 0.6, 0.7]);
  const more = settle({ ...last, signal: [1, 2, 3, 4, 5, 6, 7] }, { last, initial: last });
  assert.equal(more.weights.length, 49);
  assert.equal(more.weights[7], 0.6);
  assert.equal(check(more), null);
});

test("what is impossible is refused beside the control that can mend it", () => {
  const refused: [{ [Key in keyof State]?: unknown }, string, RegExp][] = [
    [{ kind: "dense" }, "kind", /one of fully connected, convolution/],
    [{ signal: [1] }, "signal", /takes 2 to 10/],
    [{ kernel: [11] }, "kernel", /−?11.*-10 to 10/],
    [{ bias: "x" }, "bias", /number from -100 to 100/],
    [{ stride: 5 }, "stride", /from 1 to 4/],
    [{ activation: "gelu" }, "activation", /one of none, ReLU/],
    [{ padding: "valid", dilation: 3 }, "padding", /spans 7 values/],
    [{ ...DENSE, weights: [1, 2] }, "signal", /6 inputs need 36/],
    [{ unit: 6 }, "unit", /from 0 to 5/],
    [{ stride: 2, unit: 3 }, "unit", /from 0 to 2/],
  ];
  for (const [change, control, message] of refused) {
    const problem = check(state(change));
    assert.equal(problem?.control, control, JSON.stringify(change));
    assert.match(problem!.message, message);
  }
  assert.equal(check(state()), null);
});

test("every preset is a possible state for every number of inputs from three", () => {
  for (const name of PRESET_NAMES) {
    for (const signal of [
      [1, 2, 3],
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ]) {
      const given = { ...state({ signal, unit: 0 }), ...takePreset(name) };
      assert.equal(check(given), null, name);
      assert.ok(unitCount(given) > 0);
    }
  }
});
