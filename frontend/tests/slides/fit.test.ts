import assert from "node:assert/strict";
import { test } from "node:test";
import { fit } from "../../src/slides/fit.ts";

/** A box of 400 × 300 whose content is as large as its scale says. */
function box(height: number, width = 0) {
  let scale = 1;
  return {
    clientHeight: 300,
    clientWidth: 400,
    get scrollHeight() {
      return Math.max(300, height * scale);
    },
    get scrollWidth() {
      return Math.max(400, width * scale);
    },
    style: {
      setProperty(name: string, value: string) {
        assert.equal(name, "--fit");
        scale = Number(value);
      },
    },
  };
}

test("what fits keeps its size", () => {
  assert.equal(fit(box(290)), 1);
});

test("what is too high or too wide is set at the largest scale that fits", () => {
  assert.equal(fit(box(350)), 0.85);
  assert.equal(fit(box(0, 500)), 0.8);
});

test("text never shrinks below its limit", () => {
  assert.equal(fit(box(3000)), 0.6);
});
