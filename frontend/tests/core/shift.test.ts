import assert from "node:assert/strict";
import { test } from "node:test";
import { convolve } from "../../src/core/convolution.ts";
import { PADDINGS } from "../../src/core/padding.ts";
import { mulberry32 } from "../../src/core/random.ts";
import { shiftOutput, shiftSignal } from "../../src/core/shift.ts";

const random = mulberry32(1);
const numbers = (count: number) => Array.from({ length: count }, () => random() - 0.5);

test("a shift moves every value and lets zeros in", () => {
  assert.deepEqual(shiftSignal([1, 2, 3, 4], 1, "zeros"), [0, 1, 2, 3]);
  assert.deepEqual(shiftSignal([1, 2, 3, 4], -2, "valid"), [3, 4, 0, 0]);
});

test("a circular shift loses nothing", () => {
  assert.deepEqual(shiftSignal([1, 2, 3, 4], 1, "circular"), [4, 1, 2, 3]);
  assert.deepEqual(shiftSignal([1, 2, 3, 4], -5, "circular"), [2, 3, 4, 1]);
});

test("with circular padding every convolution is exactly equivariant to shifts by its stride", () => {
  for (const length of [5, 6, 8, 9]) {
    for (const stride of [1, 2, 3]) {
      for (const shift of [-4, -3, -2, 2, 3, 6]) {
        const options = { stride, dilation: 1, padding: "circular" } as const;
        const signal = numbers(length);
        const kernel = numbers(3);
        const expected = shiftOutput(convolve(signal, kernel, options), {
          ...options,
          shift,
          length,
        });
        if (expected === null) {
          assert.notEqual(shift % stride, 0);
          continue;
        }
        const found = convolve(shiftSignal(signal, shift, "circular"), kernel, options);
        for (const [i, value] of expected.entries()) {
          if (value !== null) assert.ok(Math.abs(found[i]! - value) < 1e-12, `${length} ${stride}`);
        }
      }
    }
  }
});

test("away from the borders every padding agrees with the shifted output", () => {
  const signal = [...numbers(4).map(() => 0), ...numbers(8), ...numbers(4).map(() => 0)];
  const kernel = numbers(3);
  for (const padding of PADDINGS) {
    const options = { stride: 1, dilation: 1, padding } as const;
    const expected = shiftOutput(convolve(signal, kernel, options), {
      ...options,
      shift: 2,
      length: signal.length,
    });
    const found = convolve(shiftSignal(signal, 2, padding), kernel, options);
    for (let i = 3; i < found.length - 3; i++)
      assert.ok(Math.abs(found[i]! - expected![i]!) < 1e-12);
  }
});

test("a shift that the stride does not divide answers to no shift of the output", () => {
  const options = { shift: 1, stride: 2, padding: "zeros", length: 4 } as const;
  assert.equal(shiftOutput([1, 2], options), null);
});
