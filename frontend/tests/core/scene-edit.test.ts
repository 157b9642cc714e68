import assert from "node:assert/strict";
import { test } from "node:test";
import { descriptionProblem, MOST_OBJECTS } from "../../src/core/scene/check.ts";
import type { Description } from "../../src/core/scene/description.ts";
import {
  added,
  mirrored,
  placed,
  raised,
  removed,
  scaled,
  turned,
  withPhotograph,
} from "../../src/core/scene/edit.ts";
import { CLASSES, describeScene, sceneRenderer, WORLD } from "../../src/data/scenes.ts";

const scene = describeScene("test", "detection", 5);
const problem = (value: unknown) => descriptionProblem(value, WORLD);

test("every change leaves a description that can be drawn, and all else as it was", () => {
  assert.ok(scene.objects.length > 1);
  const changes: Description[] = [
    placed(scene, 0, 0.25, -9),
    scaled(scene, 0, 0),
    scaled(scene, 0, 99),
    turned(scene, 0, 725),
    mirrored(scene, 0),
    raised(scene, 0, 1),
    removed(scene, 0),
    ...CLASSES.map((name, seed) => added(WORLD, scene, name, seed)),
    ...WORLD.held.map((name) => withPhotograph(WORLD, scene, name)),
  ];
  for (const changed of changes) {
    assert.equal(problem(changed), null);
    sceneRenderer().render(changed);
  }
  assert.deepEqual(scene, describeScene("test", "detection", 5));
});

test("changes stop at their limits", () => {
  assert.equal(placed(scene, 0, 0.25, -9).objects[0]!.y, -0.5);
  assert.equal(scaled(scene, 0, 0).objects[0]!.scale, 0.04);
  assert.equal(turned(scene, 0, 725).objects[0]!.angle, 5);
  assert.equal(turned(scene, 0, -180).objects[0]!.angle, 180);
  assert.equal(turned(scene, 0, 180).objects[0]!.angle, 180);
  const last = scene.objects.length - 1;
  assert.equal(raised(scene, last, 1), scene);
  assert.equal(raised(scene, 0, -1), scene);
  assert.deepEqual(raised(raised(scene, 0, 1), 1, -1), scene);
  assert.equal(added(WORLD, scene, "fish", 1).objects.at(-1)!.class_name, "fish");
});

test("what cannot be drawn is refused in words", () => {
  const [item] = scene.objects;
  const object = (change: object) => ({ ...scene, objects: [{ ...item, ...change }] });
  const cut = (change: object) => ({ ...scene, background: { ...scene.background, ...change } });
  for (const [bad, said] of [
    [null, /^The scene is not described/],
    [[], /^The scene is not described/],
    [{ objects: [] }, /^The scene has no background\./],
    [{ ...scene, more: 1 }, /^The scene has more, which is unknown/],
    [{ ...scene, objects: {} }, /objects are no list/],
    [{ ...scene, objects: [3] }, /^Object 1 is not described/],
    [
      { ...scene, objects: new Array(MOST_OBJECTS + 1).fill(item) },
      /^The scene has 13 objects; the page draws at most 12/,
    ],
    [cut({ photograph: "gravel" }), /photograph is gravel; it is one of astronaut/],
    [cut({ side: 0 }), /side is 0; it is a number from 0.01 to 1/],
    [cut({ mirrored: 1 }), /mirrored is 1; it is true or false/],
    [object({ class_name: "cat" }), /^Object 1's class is cat; it is one of ball/],
    [object({ x: 7 }), /^Object 1's x is 7; it is a number from -2 to 3/],
    [object({ y: Number.NaN }), /y is NaN/],
    [object({ scale: -0.5 }), /scale is -0.5/],
    [object({ angle: "left" }), /angle is left/],
    [object({ colours: [[1, 2, 3]] }), /needs four colours/],
    [object({ texture: { ...item!.texture, family: "fur" } }), /texture is fur/],
    [object({ texture: { ...item!.texture, seed: 0.5 } }), /seed is no whole number/],
  ] as [unknown, RegExp][]) {
    assert.match(problem(bad) ?? "", said);
  }
  assert.equal(problem({ ...scene, objects: [] }), null);
  assert.equal(problem(JSON.parse(JSON.stringify(scene))), null);
});
