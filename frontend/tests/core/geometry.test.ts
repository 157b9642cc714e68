import assert from "node:assert/strict";
import { test } from "node:test";
import { type Geometry, kernelSpan, outputLength, problem, taps } from "../../src/core/geometry.ts";
import type { Padding } from "../../src/core/padding.ts";

const ordinary: Geometry = {
  length: 12,
  kernelSize: 3,
  stride: 1,
  dilation: 1,
  padding: "zeros",
};

test("the span counts the first and the last tap", () => {
  assert.deepEqual(
    [1, 2, 3].map((d) => kernelSpan(3, d)),
    [3, 5, 7],
  );
  assert.equal(kernelSpan(1, 9), 1);
});

test("stride 1 keeps the length under every padding but valid", () => {
  for (const padding of ["zeros", "reflect", "replicate", "circular"] as const) {
    assert.equal(outputLength({ ...ordinary, kernelSize: 4, dilation: 3, padding }), 12);
  }
  assert.equal(outputLength({ ...ordinary, padding: "valid" }), 10);
});

test("a stride past the end leaves one output", () => {
  assert.equal(outputLength({ ...ordinary, stride: 99 }), 1);
});

test("an impossible geometry says why and what to change, in one sentence", () => {
  const valid = problem({ ...ordinary, length: 5, kernelSize: 9, padding: "valid" });
  assert.equal(
    valid,
    "The kernel spans 9 values, but the signal has only 5 and “valid” adds none: " +
      "shorten the kernel, lower the dilation, or choose a padding.",
  );
  const reflect = problem({ ...ordinary, length: 1, padding: "reflect" });
  assert.equal(
    reflect,
    "Reflect padding needs 1 value beyond the end, but a signal of 1 value can mirror at most 0: " +
      "shorten the kernel, lower the dilation, or choose another padding.",
  );
  const circular = problem({ ...ordinary, length: 2, kernelSize: 7, padding: "circular" });
  assert.equal(
    circular,
    "Circular padding needs 3 values beyond the end, but a signal of 2 values can wrap round only " +
      "once: shorten the kernel, lower the dilation, or choose another padding.",
  );
});

test("reflect may mirror one value fewer than there are, circular may wrap all of them", () => {
  const long = (amount: number, padding: Padding): Geometry => ({
    ...ordinary,
    length: 4,
    kernelSize: 2 * amount + 1,
    padding,
  });
  assert.equal(problem(long(3, "reflect")), null);
  assert.match(String(problem(long(4, "reflect"))), /Reflect/);
  assert.equal(problem(long(4, "circular")), null);
  assert.match(String(problem(long(5, "circular"))), /Circular/);
});

test("numbers that count nothing are refused: zero, fractions, NaN, infinity", () => {
  for (const bad of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.match(String(problem({ ...ordinary, length: bad })), /signal has no values/);
    assert.match(String(problem({ ...ordinary, kernelSize: bad })), /kernel has no weights/);
    assert.match(String(problem({ ...ordinary, stride: bad })), /^The stride is .* whole number/);
    assert.match(String(problem({ ...ordinary, dilation: bad })), /^The dilation is .* whole/);
  }
});

test("an unknown padding is refused with the five that exist", () => {
  const g = { ...ordinary, padding: "same" as Padding };
  assert.equal(
    problem(g),
    "The padding “same” is unknown: choose zeros, valid, reflect, replicate, circular.",
  );
  assert.throws(() => outputLength(g), { name: "RangeError", message: String(problem(g)) });
});

test("taps say where each weight reads and what it finds there", () => {
  assert.deepEqual(taps({ ...ordinary, length: 4, dilation: 2 }, 0), [
    { at: -2, source: null },
    { at: 0, source: 0 },
    { at: 2, source: 2 },
  ]);
  assert.deepEqual(taps({ ...ordinary, length: 4, stride: 3, padding: "circular" }, 1), [
    { at: 2, source: 2 },
    { at: 3, source: 3 },
    { at: 4, source: 0 },
  ]);
  assert.deepEqual(
    taps({ ...ordinary, length: 4, padding: "valid" }, 1).map((tap) => tap.at),
    [1, 2, 3],
  );
});

test("an even kernel reads one value more on the right than on the left", () => {
  assert.deepEqual(
    taps({ ...ordinary, kernelSize: 4 }, 5).map((tap) => tap.at),
    [4, 5, 6, 7],
  );
});
