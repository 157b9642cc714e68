/** Draws descriptions from seeds: course_lib/datasets/scenes/describe.py in the page. */

import { SHORT_SIDE } from "./background.ts";
import { Chance, rounded } from "./chance.ts";
import type { Background, Colour, Description, SceneObject } from "./description.ts";
import { type Box, extent, objectBox, placement, regionOf } from "./region.ts";
import { type Slot, SPLITS, type Split, TASKS, type Task, type World } from "./world.ts";

/** How many scenes each split has for each kind of task. */
export const SCENES_PER_SPLIT = 2 ** 29;

const COMB: Readonly<Record<Split, readonly number[]>> = {
  train: [0, 2],
  validation: [1],
  test: [3],
};
const HUES = 24;
const REFERENCE_SIZE = 96;
const LEAST_VISIBLE = 0.55;
const TRIES = 40;
const SINGLE = { mostObjects: 1, sizes: [0.3, 0.8] } as const;
const SEVERAL = { mostObjects: 4, sizes: [0.15, 0.5] } as const;

/** The scene of a split, a task and a number: the same one always. */
export function describe(world: World, split: Split, task: Task, index: number): Description {
  const random = new Chance(sceneSeed(split, task, index));
  const terms = task === "classification" ? SINGLE : SEVERAL;
  const background = drawBackground(world, random, split);
  const wanted = 1 + random.below(terms.mostObjects);
  const objects: SceneObject[] = [];
  for (let tries = 0; tries < TRIES && objects.length < wanted; tries++) {
    const item = drawObject(world, random, split, terms.sizes);
    if (enoughIsSeen(world, objects, item)) objects.push(item);
  }
  return { background, objects };
}

/** The seed of a scene: no two splits share one, nor do different scenes. */
export function sceneSeed(split: Split, task: Task, index: number): number {
  if (!SPLITS.includes(split)) throw new RangeError(`split=${split}: expected ${SPLITS}`);
  if (!TASKS.includes(task)) throw new RangeError(`task=${task}: expected ${TASKS}`);
  if (!(Number.isInteger(index) && index >= 0 && index < SCENES_PER_SPLIT)) {
    throw new RangeError(`index=${index}: expected from 0 to ${SCENES_PER_SPLIT - 1}`);
  }
  const kind = task === "classification" ? 0 : 1;
  return (SPLITS.indexOf(split) * 2 + kind) * SCENES_PER_SPLIT + index;
}

/** The steps from `low` up to, but without, `high` that belong to a split. */
function comb(split: Split, low: number, high: number): number[] {
  const steps: number[] = [];
  for (let step = low; step < high; step++) if (COMB[split].includes(step % 4)) steps.push(step);
  return steps;
}

function drawBackground(world: World, random: Chance, split: Split): Background {
  const names = Object.keys(world.photographs).filter(
    (name) => world.photographs[name]!.split === split,
  );
  const photograph = random.choice(names);
  const { height, width } = world.photographs[photograph]!;
  const side = rounded(random.uniform(0.45, 1));
  const left = rounded(random.uniform(0, width / SHORT_SIDE - side));
  const top = rounded(random.uniform(0, height / SHORT_SIDE - side));
  return { photograph, left, top, side, mirrored: random.chance(0.5) };
}

/** One object of a split, of a class that is drawn too or given, somewhere in the image. */
export function drawObject(
  world: World,
  random: Chance,
  split: Split,
  sizes: readonly [number, number],
  given?: string,
): SceneObject {
  const drawn = random.choice(world.classes);
  const class_name = given ?? drawn;
  const kind = world.kinds[class_name]!;
  const angle = rounded(random.uniform(-30, 30));
  const mirrored = random.chance(0.5);
  const [left, top, right, bottom] = extent(kind, angle, mirrored);
  const scale = rounded(random.uniform(...sizes) / Math.max(right - left, bottom - top));
  const x = rounded(random.uniform(0, 1 - (right - left) * scale) - left * scale);
  const y = rounded(random.uniform(0, 1 - (bottom - top) * scale) - top * scale);
  const colours = kind.slots.map((slot) => drawColour(world, random, split, slot));
  const [low, high] = kind.frequencies;
  const steps = comb(
    split,
    Math.round(low / world.frequencyStep),
    Math.round(high / world.frequencyStep),
  );
  const family = random.choice(kind.families);
  const frequency = random.choice(steps) * world.frequencyStep;
  const turn = rounded(random.uniform(...kind.angles));
  const share = rounded(random.uniform(0.35, 0.6));
  const seed = random.below(2 ** 32);
  const light = rounded(random.uniform(0.65, 1.15));
  const ink = rounded(random.uniform(0, 0.5));
  return {
    class_name,
    x,
    y,
    scale,
    angle,
    mirrored,
    colours: colours as unknown as SceneObject["colours"],
    texture: { family, frequency, angle: turn, share, seed },
    light,
    ink,
  };
}

function drawColour(world: World, random: Chance, split: Split, slot: Slot): Colour {
  const hue = random.choice(comb(split, slot.first, slot.first + slot.count)) % HUES;
  return world.wheel[hue]![world.tones.indexOf(random.choice(slot.tones))]!;
}

/** Whether enough is seen of each object when the last one is laid on the others. */
function enoughIsSeen(world: World, below: readonly SceneObject[], last: SceneObject): boolean {
  const box = objectBox(world, last);
  // Most objects lie apart: their boxes show it without a single pixel.
  if (!below.some((item) => overlap(box, objectBox(world, item)))) return true;
  const covered = new Uint8Array(REFERENCE_SIZE * REFERENCE_SIZE);
  for (const place of outline(world, last)) covered[place] = 1;
  for (const item of [...below].reverse()) {
    const own = outline(world, item);
    const seen = own.reduce((sum, place) => sum + (covered[place] ? 0 : 1), 0);
    if (seen < LEAST_VISIBLE * own.length) return false;
    for (const place of own) covered[place] = 1;
  }
  return true;
}

const overlap = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** The pixels of the reference size whose centre is inside the outline of an object, or on it. */
function outline(world: World, item: SceneObject): number[] {
  const region = regionOf(world, item, REFERENCE_SIZE);
  if (!region) return [];
  const { cosine, sine, x, y } = placement(item, region, REFERENCE_SIZE);
  const { distance } = world.kinds[item.class_name]!;
  const own: number[] = [];
  y.forEach((yr, r) => {
    x.forEach((xc, c) => {
      const u = xc * cosine + yr * sine;
      if (distance(item.mirrored ? -u : u, yr * cosine - xc * sine) <= 0) {
        own.push((region.top + r) * REFERENCE_SIZE + region.left + c);
      }
    });
  });
  return own;
}
