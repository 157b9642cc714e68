import assert from "node:assert/strict";
import { test } from "node:test";
import {
  augment,
  countImages,
  draws,
  labelOf,
  UNCLEAR,
  VARIED,
  visibleShare,
} from "../../src/core/augmentation.ts";
import { COMPONENTS, type PictureName, picture } from "../../src/data/augmentation.ts";
import golden from "../golden/augmentation.json" with { type: "json" };

test("a changed picture is what torch makes of it, and its label follows the rule", () => {
  for (const { picture: name, label, visible, pixels, ...change } of golden.cases) {
    const found = picture(name as PictureName);
    const view = augment(found, change, COMPONENTS, 5);
    const worst = Math.max(...pixels.map((value, i) => Math.abs(value - view[i]!)));
    assert.ok(worst < 1e-5, `${name}: ${worst}`);
    assert.ok(Math.abs(visibleShare(found, change) - visible) < 1e-8);
    assert.equal(labelOf(name, found, change), label);
  }
});

test("the paper counts 32 offsets each way where there are 33", () => {
  assert.deepEqual(countImages(224), { paper: 2048, ours: 2178 });
  assert.deepEqual(countImages(256), { paper: 0, ours: 2 });
});

test("draws repeat with their seed, and a kind that is left out stays as it was", () => {
  const all = draws(224, VARIED, "strong", 7, 12);
  assert.deepEqual(all, draws(224, VARIED, "strong", 7, 12));
  assert.notDeepEqual(all, draws(224, VARIED, "strong", 8, 12));
  const few = draws(224, ["crop"], "strong", 7, 12);
  assert.deepEqual(
    few.map((one) => [one.right, one.down]),
    all.map((one) => [one.right, one.down]),
  );
  assert.ok(few.every((one) => !one.mirror && one.rotation === 0 && one.cutout === 0));
  for (const { right, down, contrast } of draws(200, VARIED, "too strong", 1, 200)) {
    assert.ok(right >= 0 && right <= 56 && down >= 0 && down <= 56 && contrast >= 0);
  }
});

test("a letter b has four labels, a cat has one, and hidden objects none", () => {
  const plain = draws(224, [], "strong", 1, 1)[0]!;
  const name = (what: PictureName, change: object) =>
    labelOf(what, picture(what), { ...plain, ...change });
  assert.deepEqual(
    [{}, { mirror: true }, { rotation: 180 }, { mirror: true, rotation: -170 }].map((change) =>
      name("letter b", change),
    ),
    ["b", "d", "q", "p"],
  );
  assert.equal(name("six", { rotation: 180 }), "9");
  assert.equal(name("six", { mirror: true }), UNCLEAR);
  assert.equal(name("cat", { mirror: true, rotation: 170 }), "cat");
  assert.equal(name("cat", { cutout: 1 }), UNCLEAR);
});
