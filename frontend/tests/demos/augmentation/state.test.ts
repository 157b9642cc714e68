import assert from "node:assert/strict";
import { test } from "node:test";
import { CLASSES } from "../../../src/data/scenes.ts";
import { answer } from "../../../src/demos/augmentation/network.ts";
import {
  counted,
  described,
  kept,
  said,
  verdict,
} from "../../../src/demos/augmentation/sentences.ts";
import { snippet } from "../../../src/demos/augmentation/snippet.ts";
import {
  check,
  output,
  PLAIN,
  type State,
  samplesOf,
  settle,
  truth,
} from "../../../src/demos/augmentation/state.ts";
import { SUBJECTS, subject } from "../../../src/demos/augmentation/subject.ts";

const state = (change: { [Key in keyof State]?: unknown } = {}) =>
  ({
    picture: "letter b",
    index: 3,
    crop_side: 224,
    right: 16,
    down: 16,
    ...PLAIN,
    vary: ["mirror", "crop"],
    strength: "mild",
    seed: 1,
    ...change,
  }) as State;

test("the verdict tells a label that holds, one that is wrong and one that nobody can give", () => {
  assert.deepEqual(verdict(state()), { held: true, words: "Still “b”: the label holds." });
  const mirrored = verdict(state({ mirror: true }));
  assert.match(mirrored.words, /Now it is “d”, and the training set still says “b”/);
  const hidden = verdict(state({ cutout: 0.9 }));
  assert.match(hidden.words, /Nobody can tell that it was “b”. Only \d+ % of it/);
  assert.match(verdict(state({ picture: "six", mirror: true })).words, /it was “6”\.$/);
});

test("every picture has a label of its own, and no change at all keeps it", () => {
  for (const picture of SUBJECTS) {
    assert.equal(output(state({ picture })).label, truth(state({ picture })));
  }
});

test("the network agrees, disagrees, or names what nobody could", () => {
  const scene = { picture: "scene" };
  const right = CLASSES.indexOf(truth(state(scene)));
  const sure = (of: number) => CLASSES.map((_, i) => (i === of ? 0.91 : 0.01));
  assert.equal(said(state(), sure(0)), "");
  assert.equal(said(state(scene), null), "The network is on its way.");
  assert.match(said(state(scene), sure(right)), /^✓ The network agrees: “\w+”, with 91 %/);
  assert.match(
    said(state(scene), sure((right + 1) % 10)),
    /^✗ The network says .* breaks the class/,
  );
  assert.match(
    said(state({ ...scene, cutout: 1 }), sure(right)),
    /^The network names it all the same/,
  );
  const samples = samplesOf(state(scene));
  const answers = samples.map((_, i) => sure(i < 5 ? right : (right + 1) % 10));
  assert.match(kept(state(scene), samples, answers), /of 12 of these 12; the network does of 5\.$/);
});

test("another scene is another picture, and its class its label", () => {
  const first = subject({ picture: "scene", index: 3 });
  assert.equal(subject({ picture: "scene", index: 3 }), first);
  assert.notEqual(subject({ picture: "scene", index: 4 }), first);
  assert.equal(first.name, CLASSES[first.label!]);
  assert.ok(first.image.box.every((edge) => edge >= 0 && edge <= 1));
  assert.equal(answer(state({ picture: "scene" })), null);
});

test("a larger crop keeps within the image, and offsets outside are refused", () => {
  const settled = settle(state({ crop_side: 250 }));
  assert.deepEqual([settled.right, settled.down], [6, 6]);
  assert.equal(check(settled), null);
  assert.equal(check(state({ right: 33 }))?.control, "crop");
});

test("every impossible trait is refused beside its control", () => {
  const bad = {
    picture: "dog",
    index: -1,
    crop_side: 63,
    mirror: 1,
    scale: 5,
    rotation: 200,
    brightness: "x",
    contrast: -1,
    colour: [0, 0],
    cutout: 2,
    vary: ["noise"],
    strength: "none",
    seed: 0.5,
  };
  for (const [trait, value] of Object.entries(bad)) {
    assert.equal(check(state({ [trait]: value }))?.control, trait, trait);
  }
  assert.equal(check(state({ vary: "mirror" }))?.control, "vary");
});

test("the sentences count crops, samples and changes", () => {
  assert.match(counted(state()), /33 · 33 places; with mirror images 2,178/);
  assert.match(counted(state()), /32 · 32 · 2 = 2,048/);
  const samples = samplesOf(state());
  assert.equal(samples.length, 12);
  assert.equal(samplesOf(state({ mirror: true })), samples);
  const flipped = samples.filter(({ change }) => change.mirror).length;
  assert.match(kept(state(), samples), new RegExp(`^${12 - flipped} of 12 are still “b”`));
  assert.equal(
    kept(state({ picture: "cat" }), samplesOf(state({ picture: "cat" }))),
    "All 12 are still “cat”.",
  );
  const change = { mirror: true, rotation: -20, scale: 1.5, colour: [1, 0, 0], cutout: 0.25 };
  assert.equal(
    described(state(change)),
    "crop at 16, 16, mirrored, scaled by 1.5, turned by −20°, colour 1, 0, 0, a square of 25 % cut out",
  );
});

test("the code speaks of a cutout only where there is one", () => {
  const lines = (change: object) => snippet(state(change)).map(({ code }) => code);
  assert.ok(!lines({}).some((line) => line.includes("rows")));
  assert.ok(lines({ cutout: 0.5 }).some((line) => line.includes("rows")));
});
