import assert from "node:assert/strict";
import { test } from "node:test";
import { removed } from "../../../src/core/scene/edit.ts";
import { nameOf, note, unseen } from "../../../src/demos/scene/sentences.ts";
import { imageLines, sceneImports } from "../../../src/demos/scene/snippet.ts";
import {
  checkScene,
  heldOut,
  imageOf,
  type SceneState,
  SIDE,
  sceneOf,
  settleScene,
} from "../../../src/demos/scene/state.ts";

const start: SceneState = { index: 5, scene: null, selected: -1, source: "scene", own: "" };
const bytes = 3 * SIDE * SIDE;
const own = Buffer.from(Uint8Array.from({ length: bytes }, (_, i) => i % 251)).toString("base64");

test("a scene is the held-out one until something is made of it", () => {
  assert.equal(sceneOf(start), heldOut(5));
  assert.equal(sceneOf({ ...start, index: 6 }), heldOut(6));
  const scene = removed(heldOut(5), 0);
  assert.equal(sceneOf({ ...start, scene }), scene);
  assert.equal(imageOf(start).length, bytes);
});

test("impossible scenes, objects and images are refused in words", () => {
  const said = (change: Partial<SceneState>) => checkScene({ ...start, ...change })?.message ?? "";
  assert.equal(said({}), "");
  assert.match(said({ index: -1 }), /^Held-out scene is -1; it is a whole number from 0 to 9999/);
  assert.match(said({ index: 0.5 }), /0\.5/);
  assert.match(said({ scene: {} as never }), /^The scene has no background, objects/);
  assert.match(said({ selected: 4 }), /^The object in hand is 4/);
  assert.match(said({ source: "film" as never }), /^Image is film; it is one of scene, own/);
  assert.match(said({ source: "own" }), /^There is no image yet/);
  assert.match(said({ own: "AAAA" }), /not 96 × 96 pixels/);
  assert.match(said({ own: 7 as never }), /no text of base64/);
  assert.equal(said({ own, source: "own" }), "");
});

test("an own image's bytes come plane by plane", () => {
  const planes = imageOf({ ...start, own, source: "own" });
  assert.deepEqual([planes[0], planes[1], planes[SIDE * SIDE]], [0, 3, 1]);
});

test("what is in hand is let go where it is no more", () => {
  const last = heldOut(5).objects.length - 1;
  const held = { ...start, selected: last };
  const after = settleScene({ ...held, scene: removed(heldOut(5), 0) }, { last: held });
  assert.equal(after.selected, -1);
  assert.equal(settleScene({ ...held, index: 5 }, { last: held }).selected, last);
  const impossible = { ...held, scene: 3 as never };
  assert.equal(settleScene(impossible, { last: held }), impossible);
});

test("objects are named with their place, and those that nobody sees are told of", () => {
  assert.match(nameOf(start, 0), /^\w+, object 1 of \d, \d+ by \d+ pixels, from column \d+, row/);
  const scene = heldOut(5);
  const [item] = scene.objects;
  const away = { ...scene, objects: [{ ...item!, x: -1 }] };
  assert.match(nameOf({ ...start, scene: away }, 0), /outside of the picture$/);
  assert.deepEqual(unseen({ ...start, scene: away }), [`the ${item!.class_name} is outside`]);
  const hidden = {
    ...scene,
    objects: [
      { ...item!, scale: 0.1 },
      { ...item!, scale: 0.5 },
    ],
  };
  assert.match(note({ ...start, scene: hidden }), /is hidden behind others: it does not count/);
  assert.equal(unseen(start).length, 0);
});

test("it is said what is not held out, and what nobody knows", () => {
  assert.match(note(start), /^Background: /);
  const scene = heldOut(5);
  const brick = { ...scene, background: { ...scene.background, photograph: "brick", left: 0 } };
  assert.match(note({ ...start, scene: brick }), /seen this background while learning/);
  assert.match(note({ ...start, own, source: "own" }), /nothing here says what is right/);
});

test("the image is a line of Python, whatever it is", () => {
  assert.equal(
    imageLines(start)[0]!.code,
    'scene = render(describe("test", "detection", 5), dtype=torch.float32)',
  );
  const changed = { ...start, scene: removed(heldOut(5), 0) };
  assert.match(imageLines(changed)[0]!.code, /Description\.from_json\(r'\{"background":/);
  assert.deepEqual(sceneImports(changed), ["Description", "render"]);
  assert.match(imageLines({ ...start, own, source: "own" })[0]!.code, /^pixels = b64decode\("/);
});
