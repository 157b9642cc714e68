/** The scenes of the course in the page: see course_lib/datasets/scenes. */

import { describe } from "../core/scene/describe.ts";
import type { Description } from "../core/scene/description.ts";
import { SceneRenderer } from "../core/scene/renderer.ts";
import { makeWorld, type Split, type Task } from "../core/scene/world.ts";
import packed from "./scene-backgrounds.json" with { type: "json" };
import stored from "./scenes.json" with { type: "json" };

/** Everything that scenes are made of; a demo that draws one names both files in `Demo.data`. */
export const WORLD = makeWorld(stored as never, packed);

/** The names of the ten classes; a class's number is its place here. */
export const CLASSES = WORLD.classes;

/** The scene of a split, a task and a number. Of the test split the page can draw all. */
export const describeScene = (split: Split, task: Task, index: number): Description =>
  describe(WORLD, split, task, index);

const renderers = new Map<number, SceneRenderer>();

/** The renderer of a size, one for the whole demo. */
export function sceneRenderer(size = 96): SceneRenderer {
  const known = renderers.get(size) ?? new SceneRenderer(WORLD, size);
  renderers.set(size, known);
  return known;
}
