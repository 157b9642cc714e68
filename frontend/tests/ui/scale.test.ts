import assert from "node:assert/strict";
import { test } from "node:test";
import { enclose, linear, roundStep } from "../../src/ui/scale.ts";

test("a linear scale meets the ends of its range and is undone by its inverse", () => {
  const scale = linear([-2, 8], [100, 0]);
  assert.equal(scale(-2), 100);
  assert.equal(scale(8), 0);
  assert.equal(scale(3), 50);
  for (const value of [-2, 0, 3.3, 8, 20]) {
    assert.ok(Math.abs(scale.invert(scale(value)) - value) < 1e-12);
  }
});

test("a step is 1, 2 or 5 times a power of ten and not smaller than asked", () => {
  const asked = [1, 1.1, 2, 3, 5, 7, 10, 0.03, 250, 1e-6];
  const given = [1, 2, 2, 5, 5, 10, 10, 0.05, 500, 1e-6];
  for (const [i, raw] of asked.entries()) {
    assert.ok(Math.abs(roundStep(raw) / given[i]! - 1) < 1e-9, `${raw} → ${roundStep(raw)}`);
  }
});

test("the enclosing interval holds zero and every value", () => {
  for (const values of [[5.2, 10.3], [-3, -1], [-0.01, 0.02], [1e4, -9e6], [], [0]]) {
    const [low, high] = enclose(values);
    assert.ok(low <= Math.min(0, ...values) && high >= Math.max(0, ...values), String(values));
    assert.ok(high > low);
  }
});

test("the enclosing interval is not much wider than the values", () => {
  const [low, high] = enclose([-4.9, 9.7]);
  assert.ok(high - low < 1.5 * (9.7 + 4.9));
});

test("values too small to tell from zero leave a finite interval", () => {
  for (const tiny of [Number.MIN_VALUE, 1e-320, -1e-310, 1e-200]) {
    const [low, high] = enclose([tiny]);
    assert.ok(Number.isFinite(low) && Number.isFinite(high) && high > low, `${tiny}`);
    assert.ok(Number.isFinite(linear([low, high], [100, 0])(tiny)));
  }
});
