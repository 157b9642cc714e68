import assert from "node:assert/strict";
import { test } from "node:test";
import { PADDINGS, type Padding, paddingAmounts, sourceIndex } from "../../src/core/padding.ts";

const around = (length: number, padding: Padding, reach: number) =>
  Array.from({ length: length + 2 * reach }, (_, i) => sourceIndex(i - reach, length, padding));

test("the five paddings stand in the order of the controls", () => {
  assert.deepEqual([...PADDINGS], ["zeros", "valid", "reflect", "replicate", "circular"]);
});

test("valid adds nothing, the others d(K − 1) in all", () => {
  for (const padding of PADDINGS) {
    for (let size = 1; size <= 9; size++) {
      for (let dilation = 1; dilation <= 4; dilation++) {
        const { left, right } = paddingAmounts(size, dilation, padding);
        assert.equal(left + right, padding === "valid" ? 0 : dilation * (size - 1));
      }
    }
  }
});

test("where the amount is odd, the extra value stands on the right", () => {
  assert.deepEqual(paddingAmounts(4, 1, "zeros"), { left: 1, right: 2 });
  assert.deepEqual(paddingAmounts(2, 3, "circular"), { left: 1, right: 2 });
});

test("within the signal every padding reads the value itself", () => {
  for (const padding of PADDINGS) {
    assert.deepEqual(around(4, padding, 0), [0, 1, 2, 3]);
  }
});

test("beyond the ends each padding reads what its name says", () => {
  assert.deepEqual(around(3, "zeros", 2), [null, null, 0, 1, 2, null, null]);
  assert.deepEqual(around(3, "valid", 2), [null, null, 0, 1, 2, null, null]);
  assert.deepEqual(around(3, "reflect", 2), [2, 1, 0, 1, 2, 1, 0]);
  assert.deepEqual(around(3, "replicate", 2), [0, 0, 0, 1, 2, 2, 2]);
  assert.deepEqual(around(3, "circular", 2), [1, 2, 0, 1, 2, 0, 1]);
});

test("a signal of one value, and positions far beyond the ends, still read an input or a zero", () => {
  for (const padding of ["reflect", "replicate", "circular"] as const) {
    assert.deepEqual(around(1, padding, 3), [0, 0, 0, 0, 0, 0, 0]);
    for (let i = -50; i < 50; i++) {
      const source = sourceIndex(i, 4, padding)!;
      assert.ok(source >= 0 && source < 4);
    }
  }
});

test("an empty signal has nothing to read", () => {
  for (const padding of PADDINGS) assert.equal(sourceIndex(0, 0, padding), null);
});
