import assert from "node:assert/strict";
import { test } from "node:test";
import { python } from "../../src/ui/actions.ts";

test("JSON values are written as Python writes them", () => {
  assert.equal(python([1, -0.5, [true, false, null]]), "[1, -0.5, [True, False, None]]");
  assert.equal(python('it\'s "so"'), '"it\'s \\"so\\""');
});
