/** Changes of a description: each gives a new one, in which all else is the same. */

import { SHORT_SIDE } from "./background.ts";
import { Chance, rounded } from "./chance.ts";
import { drawObject } from "./describe.ts";
import type { Description, SceneObject } from "./description.ts";
import type { World } from "./world.ts";

/** How far an object's middle may go, and how small and large it may get. */
export const LIMITS = {
  place: { min: -0.5, max: 1.5 },
  scale: { min: 0.04, max: 1.5 },
} as const;

const within = (value: number, { min, max }: { min: number; max: number }) =>
  Math.min(max, Math.max(min, value));

export function withObject(scene: Description, at: number, item: SceneObject): Description {
  return { ...scene, objects: scene.objects.with(at, item) };
}

/** Put an object's middle elsewhere, in units of the image's side. */
export function placed(scene: Description, at: number, x: number, y: number): Description {
  const item = scene.objects[at]!;
  const [left, top] = [x, y].map((place) => rounded(within(place, LIMITS.place)));
  return withObject(scene, at, { ...item, x: left!, y: top! });
}

export function scaled(scene: Description, at: number, scale: number): Description {
  const item = scene.objects[at]!;
  return withObject(scene, at, { ...item, scale: rounded(within(scale, LIMITS.scale)) });
}

/** Turn an object to an angle, in degrees clockwise, from −180 up to 180. */
export function turned(scene: Description, at: number, angle: number): Description {
  const item = scene.objects[at]!;
  const whole = angle - 360 * Math.ceil((angle - 180) / 360);
  return withObject(scene, at, { ...item, angle: rounded(whole) });
}

export function mirrored(scene: Description, at: number): Description {
  const item = scene.objects[at]!;
  return withObject(scene, at, { ...item, mirrored: !item.mirrored });
}

/** Raise an object above the next (+1) or lower it below (−1); the lowest and highest stay. */
export function raised(scene: Description, at: number, by: 1 | -1): Description {
  const to = at + by;
  if (to < 0 || to >= scene.objects.length) return scene;
  const [item, other] = [scene.objects[at]!, scene.objects[to]!];
  return { ...scene, objects: scene.objects.with(to, item).with(at, other) };
}

export function removed(scene: Description, at: number): Description {
  return { ...scene, objects: scene.objects.filter((_, i) => i !== at) };
}

/** A new object of a class on top of all others, coloured and textured as the test split is. */
export function added(
  world: World,
  scene: Description,
  className: string,
  seed: number,
): Description {
  const item = drawObject(world, new Chance(seed), "test", [0.3, 0.45], className);
  return { ...scene, objects: [...scene.objects, item] };
}

/** The middle square of another photograph. */
export function withPhotograph(world: World, scene: Description, name: string): Description {
  const { width, height } = world.photographs[name]!;
  const middle = (length: number) => rounded((length / SHORT_SIDE - 1) / 2);
  return {
    ...scene,
    background: {
      ...{ photograph: name, left: middle(width), top: middle(height), side: 1, mirrored: false },
    },
  };
}
