import assert from "node:assert/strict";
import { test } from "node:test";
import { compact, exact, format, grouped, short, subscript } from "../../src/core/format.ts";

test("a number has a fixed number of decimals and a true minus sign", () => {
  assert.equal(format(1.005), "1.00");
  assert.equal(format(-2.5), "\u22122.50");
  assert.equal(format(-2.5, 0), "\u22123");
  assert.equal(format(12.3456, 3), "12.346");
});

test("zero never has a minus sign, not even after rounding", () => {
  assert.equal(format(-0), "0.00");
  assert.equal(format(-0.004), "0.00");
  assert.equal(format(-0.4, 0), "0");
  assert.equal(compact(-0), "0");
  assert.equal(compact(-2e-16), "0");
});

test("a label of a small number does not read as zero", () => {
  assert.equal(compact(0.001), "0.001");
  assert.equal(compact(-0.0042), "−0.004");
});

test("an exact number is a short decimal, a fraction, or all its digits", () => {
  assert.equal(exact(0.25), "0.25");
  assert.equal(exact(1 / 3), "1/3");
  assert.equal(exact(-2 / 9), "−2/9");
  assert.equal(exact(0.123456789), "0.123456789");
  assert.equal(exact(-0), "0");
});

test("a short number is exact where that takes five characters at most", () => {
  assert.equal(short(1 / 3), "1/3");
  assert.equal(short(0.001), "0.001");
  assert.equal(short(0.123456789), "0.12");
});

test("labels drop trailing zeros and keep two decimals at most", () => {
  assert.equal(compact(2), "2");
  assert.equal(compact(0.5), "0.5");
  assert.equal(compact(1 / 3), "0.33");
  assert.equal(compact(-1.1), "\u22121.1");
  assert.equal(compact(100), "100");
  assert.equal(compact(0.1 + 0.2), "0.3");
});

test("what is no number or too large is still readable", () => {
  assert.equal(format(Number.NEGATIVE_INFINITY), "\u2212∞");
  assert.equal(compact(Number.POSITIVE_INFINITY), "∞");
  assert.equal(format(Number.NaN), "NaN");
});

test("subscripts are Unicode digits", () => {
  assert.equal(subscript(0), "₀");
  assert.equal(subscript(1234567890), "₁₂₃₄₅₆₇₈₉₀");
  assert.equal(subscript(-1), "₋₁");
});

test("thousands are grouped, of the nearest whole number", () => {
  assert.equal(grouped(1234567), "1,234,567");
  assert.equal(grouped(999.6), "1,000");
  assert.equal(grouped(-1234), "−1,234");
  assert.equal(grouped(-0.2), "0");
});
