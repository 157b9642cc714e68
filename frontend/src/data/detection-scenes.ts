/** The scenes over which boxes are drawn: see course_lib/demos/detection_page.py. */

import type { Box, Truth } from "../core/boxes.ts";
import { pngOfColours } from "../core/png.ts";
import stored from "./detection-scenes.json" with { type: "json" };

/** Pixels of each side of a scene. */
export const SIDE = stored.side;

/** The classes' names, in the order of their numbers. */
export const CLASSES: readonly string[] = stored.classes;

export const SCENES = ["mugs", "strawberries", "clocks"] as const;

export type SceneName = (typeof SCENES)[number];

/** The objects that are in a scene, in its pixels. */
export function truths(scene: SceneName): Truth[] {
  const { boxes, labels } = stored.scenes[scene];
  return boxes.map((box, i) => ({ box: box as unknown as Box, label: labels[i]! }));
}

const read = new Map<SceneName, string>();

/** The scene as the address of a picture. */
export function picture(scene: SceneName): string {
  const known = read.get(scene);
  if (known) return known;
  const bytes = Uint8Array.from(atob(stored.scenes[scene].bytes), (c) => c.charCodeAt(0));
  const address = pngOfColours(SIDE, bytes);
  read.set(scene, address);
  return address;
}
