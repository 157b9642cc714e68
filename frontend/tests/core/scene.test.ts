import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Chance } from "../../src/core/scene/chance.ts";
import { describe, sceneSeed } from "../../src/core/scene/describe.ts";
import type { Description } from "../../src/core/scene/description.ts";
import { SceneRenderer } from "../../src/core/scene/renderer.ts";
import { FAMILIES } from "../../src/core/scene/textures.ts";
import type { Split, Task } from "../../src/core/scene/world.ts";
import { CLASSES, describeScene, sceneRenderer, WORLD } from "../../src/data/scenes.ts";

interface Drawn {
  split: Split;
  task: Task;
  index: number;
  seed: number;
  uniform: number[];
  description: Description;
}

interface Rendered {
  description: Description;
  size: number;
  image: string;
  instances: string;
  boxes: number[][];
  visible_boxes: number[][];
}

interface Golden {
  drawn: Drawn[];
  photographs: { name: string; sha256: string }[];
  rendered: Rendered[];
}

const file = new URL("../golden/scenes.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

const checksum = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Planes to pixels of three bytes, as Python has them. */
function interleaved(planes: readonly Uint8Array[], area: number): Uint8Array {
  return Uint8Array.from({ length: 3 * area }, (_, i) => {
    const plane = planes[i % 3] ?? planes[0]!;
    return plane[Math.floor(i / 3)]!;
  });
}

test("seeds draw the descriptions that Python draws, to the last bit", () => {
  assert.ok(golden.drawn.length >= 78);
  for (const { split, task, index, seed, uniform, description } of golden.drawn) {
    assert.equal(sceneSeed(split, task, index), seed);
    const random = new Chance(seed);
    assert.deepEqual(
      uniform.map(() => random.uniform()),
      uniform,
    );
    assert.deepEqual(describe(WORLD, split, task, index), description);
  }
});

test("photographs unpack to Python's bytes", () => {
  for (const { name, sha256 } of golden.photographs) {
    const { planes, height, width } = WORLD.pixels(name)!;
    assert.equal(checksum(interleaved(planes, height * width)), sha256, name);
  }
  assert.equal(WORLD.pixels("gravel"), null);
});

test("every golden scene has the bytes and boxes of Python's", () => {
  const seen = new Set<string>();
  for (const [i, { description, size, ...expected }] of golden.rendered.entries()) {
    const scene = new SceneRenderer(WORLD, size).render(description);
    const area = size * size;
    const planes = [0, 1, 2].map((c) => scene.image.subarray(c * area, (c + 1) * area));
    const what = `case ${i}: ${JSON.stringify(description)} at ${size}`;
    assert.equal(checksum(scene.instances), expected.instances, what);
    assert.equal(checksum(interleaved(planes, area)), expected.image, what);
    assert.deepEqual(scene.boxes, expected.boxes, what);
    assert.deepEqual(scene.visibleBoxes, expected.visible_boxes, what);
    seen.add(description.background.photograph);
    for (const item of description.objects) seen.add(item.class_name).add(item.texture.family);
  }
  for (const name of [...CLASSES, ...Object.keys(FAMILIES), ...WORLD.held]) {
    assert.ok(seen.has(name), name);
  }
});

test("an object that moves is drawn again, and the rest is what it was", () => {
  const first = describeScene("test", "detection", 5);
  const renderer = sceneRenderer();
  renderer.render(first);
  for (const dx of [1 / 96, -0.3, 0]) {
    const [moved, ...rest] = first.objects;
    const changed = { ...first, objects: [{ ...moved!, x: moved!.x + dx }, ...rest] };
    assert.deepEqual(renderer.render(changed), new SceneRenderer(WORLD, 96).render(changed));
  }
});

test("impossible requests are refused in words", () => {
  assert.throws(() => new SceneRenderer(WORLD, 15), /size=15: expected from 16 to 4096/);
  assert.throws(() => describeScene("test", "detection", -1), /index=-1: expected from 0/);
  assert.throws(() => describeScene("rest" as Split, "detection", 0), /split=rest/);
  const { objects } = describeScene("test", "detection", 0);
  const background = { photograph: "gravel", left: 0, top: 0, side: 1, mirrored: false };
  assert.throws(() => sceneRenderer().render({ background, objects }), /gravel: not in this page/);
});
