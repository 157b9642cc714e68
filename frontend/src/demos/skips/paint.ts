/**
 * A map of classes as pixels: a colour and, for every second class of a colour, a hatching; or only
 * what is wrong. The outlines of the truth are drawn over both.
 */

import type { Rgb } from "../../ui/theme.ts";

/** Pixels of the picture for one of the map. */
export const SCALE = 3;

/** Which colours a picture needs, as roles of the palette. */
export const ROLES = [
  ...["paper", "text", "muted", "wrong"],
  ...["output", "kernel", "negative", "input", "right"],
] as const;

export type Role = (typeof ROLES)[number];
export type Inks = Record<Role, Rgb>;

const OF_CLASSES = ["output", "kernel", "negative", "input", "right"] as const;

/** The colour of a class, counted from 1, and whether it is hatched. */
export function look(label: number): { role: Role; hatched: boolean } {
  const place = label - 1;
  return { role: OF_CLASSES[place % OF_CLASSES.length]!, hatched: place >= OF_CLASSES.length };
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb =>
  a.map((v, i) => Math.round(v + (b[i]! - v) * share)) as unknown as Rgb;

export interface Painted {
  /** A class a pixel. */
  classes: Uint8Array;
  truth: Uint8Array;
  /** Whether only errors are shown. */
  errors: boolean;
}

/** Red, green, blue and 255 of each pixel of the enlarged map. */
export function paint(
  { classes, truth, errors }: Painted,
  wide: number,
  inks: Inks,
  scale = SCALE,
): Uint8ClampedArray<ArrayBuffer> {
  const across = wide * scale;
  const rgba = new Uint8ClampedArray(4 * across * across);
  const target = new Uint32Array(rgba.buffer);
  const word = ([r, g, b]: Rgb) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  const paper = word(inks.paper);
  const weak = word(mix(inks.paper, inks.output, 0.3));
  const wrong = [word(inks.wrong), word(mix(inks.wrong, inks.paper, 0.45))];
  const inked = Array.from({ length: 16 }, (_, label) => {
    if (label === 0) return [paper, paper];
    const { role, hatched } = look(label);
    const full = mix(inks.paper, inks[role], 0.75);
    return [word(full), word(hatched ? mix(full, inks.paper, 0.6) : full)];
  });
  const outline = word(inks.text);
  for (let y = 0; y < across; y++) {
    const row = Math.floor(y / scale);
    for (let x = 0; x < across; x++) {
      const column = Math.floor(x / scale);
      const at = row * wide + column;
      const label = classes[at]!;
      // Lines that rise to the right, two pixels in six.
      const stripe = (x + y) % 6 < 2 ? 1 : 0;
      let ink = inked[label]![stripe]!;
      if (errors) ink = label !== truth[at] ? wrong[stripe]! : label === 0 ? paper : weak;
      const first = x % scale === 0 && column > 0 && truth[at] !== truth[at - 1];
      const upper = y % scale === 0 && row > 0 && truth[at] !== truth[at - wide];
      target[y * across + x] = first || upper ? outline : ink;
    }
  }
  return rgba;
}

/** Where the name of each class is written: the pixel of the class that is nearest its middle. */
export function places(classes: Uint8Array, wide: number, least = 40): [number, number, number][] {
  const sums = new Map<number, [number, number, number]>();
  for (const [at, label] of classes.entries()) {
    if (label === 0) continue;
    const [count, x, y] = sums.get(label) ?? [0, 0, 0];
    sums.set(label, [count + 1, x + (at % wide), y + Math.floor(at / wide)]);
  }
  const found: [number, number, number][] = [];
  for (const [label, [count, x, y]] of sums) {
    if (count < least) continue;
    const middle = [x / count, y / count] as const;
    let best = Number.POSITIVE_INFINITY;
    let place: [number, number] = [0, 0];
    for (const [at, other] of classes.entries()) {
      if (other !== label) continue;
      const [column, row] = [at % wide, Math.floor(at / wide)];
      const away = (column - middle[0]) ** 2 + (row - middle[1]) ** 2;
      if (away < best) [best, place] = [away, [column, row]];
    }
    found.push([label, ...place]);
  }
  return found;
}
