import assert from "node:assert/strict";
import { test } from "node:test";
import { check, KEYS, LIMITS } from "../../../src/demos/equivariance/state.ts";
import { state } from "./states.ts";

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

test("each end of each limit is possible, and one step beyond is refused with the limits", () => {
  for (const name of ["shift", "down", "angle", "scale", "permutation"] as const) {
    const { min, max } = LIMITS[name];
    for (const value of [min, max]) assert.equal(check(state({ [name]: value })), null);
    for (const value of [min - 1, max + 1, 1.5, "2", null, Number.NaN]) {
      assertRefused({ [name]: value }, name, new RegExp(`from ${min} to ${max}`));
    }
  }
});

test("a word that is not one of those there are is refused with them", () => {
  assertRefused({ transform: "mirror" }, "transform", /one of translate, rotate, scale, permute/);
  assertRefused({ function: "relu" }, "function", /one of convolution, stride-2/);
  assertRefused({ kernel: null }, "kernel", /one of gaussian/);
  assertRefused({ head: "" }, "head", /one of flatten, pool/);
  assertRefused({ border: "valid" }, "border", /one of zeros, circular/);
  assertRefused({ dimensions: 3 }, "dimensions", /it is 1 or 2/);
});

test("a signal has an even number of values, an image is an even square of grey levels", () => {
  assertRefused({ signal: [1, 2] }, "signal", /has 2 values; .* even number from 8 to 32/);
  assertRefused({ signal: new Array(9).fill(1) }, "signal", /has 9 values/);
  assertRefused({ signal: new Array(8).fill("1") }, "signal", /holds 1; each value is a number/);
  assertRefused({ image: new Array(72).fill(1) }, "image", /has 72 values; .* square/);
  assertRefused({ image: new Array(81).fill(1) }, "image", /has 81 values/);
  assertRefused({ image: new Array(64).fill(10) }, "image", /holds 10; .* from 0 to 9/);
  assert.equal(check(state({ image: new Array(1024).fill(9) })), null);
});

test("a kernel of one's own has as many weights as the named ones", () => {
  assert.equal(check(state({ weights: [1, 0, -1] })), null);
  assert.equal(check(state({ dimensions: 2, weights: new Array(9).fill(-100) })), null);
  assertRefused({ weights: new Array(9).fill(1) }, "weights", /has 9 weights; it takes 3, or none/);
  assertRefused({ dimensions: 2, weights: [1, 2, 3] }, "weights", /it takes 9/);
  assertRefused({ weights: [1, 2, 101] }, "weights", /holds 101; .* from -100 to 100/);
  assertRefused({ weights: "sharp" }, "weights", /has sharp weights/);
});

test("a signal is not rotated", () => {
  assertRefused({ transform: "rotate" }, "transform", /one axis/);
  assert.equal(check(state({ transform: "rotate", dimensions: 2 })), null);
});

test("a place is a whole number or none", () => {
  assert.equal(check(state({ place: 5 })), null);
  for (const place of [-1, 1.5, "1", 5000]) assertRefused({ place }, "place", /whole number/);
});
