/** What is changed: a stored picture, or a held-out scene, which the classifier can name. */

import type { Picture } from "../../core/augmentation.ts";
import { PICTURES, picture } from "../../data/augmentation.ts";
import { CLASSES, describeScene, sceneRenderer } from "../../data/scenes.ts";
import type { State } from "./state.ts";

export const SUBJECTS = [...PICTURES, "scene"] as const;

/** Pixels along a side of a scene, as the classifier takes it. */
export const SIDE = 96;

export interface Subject {
  image: Picture;
  /** By which the rule of labels knows it. */
  name: string;
  /** Its class, where the classifier knows it. */
  label: number | null;
}

let last: { index: number; subject: Subject } | null = null;

export function subject({ picture: chosen, index }: Pick<State, "picture" | "index">): Subject {
  if (chosen !== "scene") return { image: picture(chosen), name: chosen, label: null };
  if (last?.index === index) return last.subject;
  const scene = sceneRenderer(SIDE).render(describeScene("test", "classification", index));
  const label = scene.labels[0]!;
  const [left, top, right, bottom] = scene.visibleBoxes[0]!;
  const box = [left / SIDE, top / SIDE, right / SIDE, bottom / SIDE] as const;
  const image = { side: SIDE, values: scene.image, box };
  last = { index, subject: { image, name: CLASSES[label]!, label } };
  return last.subject;
}
