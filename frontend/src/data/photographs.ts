/** The small photographs that demos of images start from: see course_lib/datasets/thumbnails.py. */

import type { Volume } from "../core/convolution2d.ts";
import stored from "./photographs.json" with { type: "json" };

export const PHOTOGRAPHS = ["camera", "astronaut", "coffee"] as const;

export type PhotographName = (typeof PHOTOGRAPHS)[number];

/** What a photograph shows, and whose it is. */
export function about(name: PhotographName): string {
  const { title, credit } = stored[name];
  return `${title} (${credit})`;
}

const read = new Map<PhotographName, Volume>();

/** The photograph's grey levels, 0 to 255, of one channel or of red, green and blue. */
export function photograph(name: PhotographName): Volume {
  const known = read.get(name);
  if (known) return known;
  const { channels, side, bytes } = stored[name];
  const values = Float64Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
  const image = { channels, rows: side, columns: side, values };
  read.set(name, image);
  return image;
}

const greys = new Map<PhotographName, Volume>();

/** The photograph in grey: one channel. */
export function greyPhotograph(name: PhotographName): Volume {
  const known = greys.get(name);
  if (known) return known;
  const grey = toGrey(photograph(name));
  greys.set(name, grey);
  return grey;
}

/** 0.299 red, 0.587 green and 0.114 blue, rounded, as bytes have always been turned to grey. */
export function toGrey(image: Volume): Volume {
  if (image.channels === 1) return image;
  const count = image.rows * image.columns;
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const [red, green, blue] = [0, 1, 2].map((c) => image.values[c * count + i]!);
    values[i] = Math.floor((299 * red! + 587 * green! + 114 * blue! + 500) / 1000);
  }
  return { ...image, channels: 1, values };
}

/** The red, green and blue of a colour photograph; of a grey one, the same three times. */
export function colours(image: Volume): Volume {
  if (image.channels === 3) return image;
  const values = new Float64Array(3 * image.values.length);
  for (let c = 0; c < 3; c++) values.set(image.values, c * image.values.length);
  return { ...image, channels: 3, values };
}
