import assert from "node:assert/strict";
import { test } from "node:test";
import { STACKS, stackNamed } from "../../../src/demos/receptive-field/presets.ts";
import {
  check,
  derived,
  KEYS,
  LIMITS,
  middleUnit,
  settle,
} from "../../../src/demos/receptive-field/state.ts";
import { alike, state } from "./states.ts";

/** Asserts that a change of one trait is refused beside the control of that name. */
function assertRefused(change: Parameters<typeof state>[0], control: string, words: RegExp): void {
  const problem = check(state(change));
  assert.equal(problem?.control, control, JSON.stringify(change));
  assert.match(problem!.message, words);
  assert.ok(problem!.message.length < 250);
}

test("a plain state is possible, and every trait of it is a key", () => {
  assert.equal(check(state()), null);
  assert.deepEqual(Object.keys(state()).sort(), [...KEYS].sort());
});

test("every preset is possible and points at something", () => {
  for (const name of STACKS) {
    const preset = state({ ...stackNamed(name), layer: 1 });
    assert.equal(check(preset), null, name);
    assert.ok(derived(preset).read.length > 0, name);
  }
});

test("one step beyond each limit is refused with the limits", () => {
  for (const name of ["length", "channels", "draws", "seed"] as const) {
    const { min, max } = LIMITS[name];
    for (const value of [min - 1, max + 1, 2.5, "3", null]) {
      assertRefused({ [name]: value }, name, new RegExp(`from ${min} to ${max}`));
    }
  }
  for (const [i, name] of (["kernel_size", "stride", "dilation", "padding"] as const).entries()) {
    const { min, max } = LIMITS[name];
    for (const value of [min - 1, max + 1]) {
      const layers = [[3, 1, 1, 0].with(i, value)];
      assertRefused({ layers, unit: [] }, name, new RegExp(`of layer 1 is ${value}; .*${max}`));
    }
  }
});

test("what are no layers is refused in words", () => {
  assertRefused({ layers: [] }, "layers", /There are 0 layers/);
  assertRefused({ layers: "3" }, "layers", /There are 0 layers/);
  assertRefused({ layers: alike(9, 1, 1, 1, 0) }, "layers", /There are 9 layers/);
  assertRefused({ layers: [[3, 1, 1]] }, "layers", /Layer 1 needs four numbers/);
  assertRefused({ layers: [3] }, "layers", /Layer 1 needs four numbers/);
});

test("a layer without a unit is refused by name, with what it spans and what there is", () => {
  assertRefused(
    { length: 5 },
    "layers",
    /Layer 3 would have no unit: its kernel spans 3, .* only 1\./,
  );
  assertRefused({ layers: [[9, 1, 8, 2]] }, "layers", /spans 65, .* only 15 and 4 zeros/);
});

test("a unit or an input that does not exist is refused", () => {
  assertRefused({ unit: [4, 0] }, "unit", /layer is 4/);
  assertRefused({ unit: [3, 9] }, "unit", /from 0 to 8/);
  assertRefused({ unit: [3] }, "unit", /its layer and its index/);
  assertRefused({ input: [15] }, "input", /from 0 to 14/);
  assertRefused({ input: 3 }, "input", /its index alone/);
  assertRefused({ view: "all" }, "view", /one of field, paths, gradients/);
  assertRefused({ layer: 4 }, "layer", /from 1 to 3/);
});

test("what is pointed at stays inside when the stack shrinks, but what is asked for is not bent", () => {
  const last = state({ unit: [3, 8], input: [14], layer: 3 });
  const before = { last, initial: state() };
  const fewer = settle({ ...last, layers: alike(2, 3, 2, 1, 0), length: 9 }, before);
  assert.deepEqual([fewer.unit, fewer.input, fewer.layer], [[2, 0], [8], 2]);
  assert.equal(check(fewer), null);
  const asked = settle({ ...last, unit: [3, 99] }, before);
  assert.deepEqual(asked.unit, [3, 99]);
});

test("the traits that the page computes are the fields, counted from 0", () => {
  const found = derived(
    state({ length: 40, layers: alike(3, 3, 2, 1, 0), unit: [3, 3], input: [39] }),
  );
  assert.deepEqual(found.sizes, [3, 7, 15]);
  assert.deepEqual(found.jumps, [2, 4, 8]);
  assert.deepEqual(found.starts, [0, 0, 0]);
  assert.deepEqual(found.lengths, [19, 9, 4]);
  assert.deepEqual(found.reached, []);
  assert.deepEqual([found.read[0], found.read.at(-1)], [24, 38]);
  assert.deepEqual(derived(state({ layers: alike(3, 3, 1, 1, 1) })).starts, [-1, -2, -3]);
  assert.deepEqual(derived(state({ unit: [], input: [] })).output, []);
});

test("the middle unit stands in the last layer", () => {
  assert.deepEqual(middleUnit(state()), [3, 4]);
});
