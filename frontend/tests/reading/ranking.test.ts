import assert from "node:assert/strict";
import { test } from "node:test";
import { type Finding, find } from "../../src/reading/ranking.ts";

const finding = (part: Partial<Finding>): Finding => ({
  kind: "Figure",
  name: "",
  title: "",
  address: "book/x.html",
  where: "",
  shows: "",
  terms: "",
  ...part,
});
const CHECKERBOARD = finding({
  kind: "Demo",
  name: "resampling",
  title: "A checkerboard, and what avoids it",
});
const DRAWN = finding({ name: "resampling/checkerboard", title: "A checkerboard" });
const BOXES = finding({ kind: "Demo", title: "How much do two boxes agree?", terms: "IoU" });
const ALL = [DRAWN, BOXES, CHECKERBOARD];

test("a word brings the demo before the figure, however well that answers", () => {
  assert.deepEqual(find("checkerboard", ALL)[0], CHECKERBOARD);
  assert.deepEqual(find("checkerboards avoid", ALL), [CHECKERBOARD]);
});

test("a term is found whatever its case, and a beginning is enough", () => {
  assert.deepEqual(find("iou", ALL), [BOXES]);
  assert.deepEqual(find("CHECKER", ALL).length, 2);
});

test("all words must be there", () => {
  assert.deepEqual(find("checkerboard boxes", ALL), []);
});

test("what holds no word finds nothing, however it is written", () => {
  for (const asked of ["", "   ", "<>", "\"'&", "(.*)+$", "\u0000"])
    assert.deepEqual(find(asked, ALL), []);
});

test("a hostile query is short work and finds nothing", () => {
  for (const asked of [
    "<img src=x onerror=alert(1)>",
    "__proto__",
    "a".repeat(1e6),
    "x ".repeat(1e5),
  ]) {
    assert.deepEqual(find(asked, ALL), []);
  }
});
