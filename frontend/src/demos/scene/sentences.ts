/** A scene in words. */

import { WORLD } from "../../data/scenes.ts";
import { rendered, type SceneState, SIDE, sceneOf } from "./state.ts";

/** What a screen reader calls an object: "fish, object 2 of 3, 30 pixels wide at column 12, row 40". */
export function nameOf(state: SceneState, at: number): string {
  const { objects } = sceneOf(state);
  const item = objects[at]!;
  const { boxes, visibleBoxes } = rendered(state);
  const [x1, y1, x2, y2] = boxes[at]!;
  const [v1, , v2] = visibleBoxes[at]!;
  const where =
    x2 === x1
      ? "outside of the picture"
      : `${x2 - x1} by ${y2 - y1} pixels, from column ${x1}, row ${y1}${v2 === v1 ? ", hidden" : ""}`;
  return `${item.class_name}, object ${at + 1} of ${objects.length}, ${where}`;
}

/** Of whom nothing is seen: names and why. */
export function unseen(state: SceneState): string[] {
  const { boxes, visibleBoxes } = rendered(state);
  return sceneOf(state).objects.flatMap((item, i) => {
    if (visibleBoxes[i]![2] > visibleBoxes[i]![0]) return [];
    const outside = boxes[i]![2] === boxes[i]![0];
    return [`the ${item.class_name} is ${outside ? "outside" : "hidden behind others"}`];
  });
}

/** What an own image or a photograph of training means for what is said of it. */
export function note(state: SceneState): string {
  if (state.source === "own") {
    return `Your image, ${SIDE} × ${SIDE} pixels: nobody has told this page what is in it, so nothing here says what is right.`;
  }
  const { photograph } = sceneOf(state).background;
  const { split, title, credit } = WORLD.photographs[photograph]!;
  const seen = split === "test" ? "" : " The networks have seen this background while learning.";
  const gone = unseen(state);
  const away = gone.length > 0 ? ` ${upper(gone.join("; "))}: it does not count.` : "";
  return `Background: ${title} (${credit}).${seen}${away}`;
}

export const upper = (words: string) => (words[0] ?? "").toUpperCase() + words.slice(1);

export const countOf = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;
