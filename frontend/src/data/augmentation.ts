/** The pictures that are augmented: see course_lib/demos/augmentation_page.py. */

import type { Components, Picture } from "../core/augmentation.ts";
import stored from "./augmentation.json" with { type: "json" };

export const PICTURES = ["cat", "coffee", "six", "letter b", "arrow"] as const;

export type PictureName = (typeof PICTURES)[number];

export const COMPONENTS: Components = {
  variances: stored.variances,
  directions: stored.directions,
};

const read = new Map<PictureName, Picture>();

export function picture(name: PictureName): Picture {
  const known = read.get(name);
  if (known) return known;
  const { box, bytes } = stored.pictures[name];
  const found = {
    side: stored.side,
    values: Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)),
    box: box as unknown as Picture["box"],
  };
  read.set(name, found);
  return found;
}
