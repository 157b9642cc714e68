import assert from "node:assert/strict";
import { test } from "node:test";
import { equal } from "../../src/core/equal.ts";

test("values that JSON can hold are equal by content", () => {
  assert.ok(equal({ a: [1, { b: null }], c: "x" }, { c: "x", a: [1, { b: null }] }));
  assert.ok(equal([], []));
  assert.ok(equal(0, -0));
});

test("NaN equals NaN, so that a model with one does not change for ever", () => {
  assert.ok(equal([Number.NaN], [Number.NaN]));
  assert.ok(!equal(Number.NaN, 0));
});

test("any difference counts: a value, a length, a key, a type", () => {
  const pairs: [unknown, unknown][] = [
    [1, 2],
    [1, "1"],
    [1, true],
    [null, undefined],
    [null, {}],
    [{}, null],
    [[], {}],
    [[1], [1, 2]],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { b: undefined }],
    [{ a: { b: [1] } }, { a: { b: [2] } }],
  ];
  for (const [a, b] of pairs) {
    assert.ok(!equal(a, b), `${JSON.stringify(a)} and ${JSON.stringify(b)}`);
    assert.ok(!equal(b, a));
  }
});
