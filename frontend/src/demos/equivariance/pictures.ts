/** Inputs that each show one thing. */

import { gridOf } from "../../core/grid.ts";
import { mulberry32 } from "../../core/random.ts";
import { BRIGHT, prototypes, SHAPES } from "../../core/shapes.ts";

const LENGTH = 24;
const SIDE = 24;

export const SIGNALS = [...SHAPES[1], "lecture", "random"] as const;
export const IMAGES = [...SHAPES[2], "scene", "photograph", "blank"] as const;

export type SignalName = (typeof SIGNALS)[number];
export type ImageName = (typeof IMAGES)[number];

const LECTURE = [5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1];

/** Only "random" depends on the seed. */
export function signalNamed(name: SignalName, seed = 0): number[] {
  if (name === "lecture") return LECTURE;
  if (name === "random") {
    const random = mulberry32(seed);
    return Array.from({ length: LENGTH }, () => Math.round(random() * 100) / 10);
  }
  return [...prototypes(1, LENGTH)[SHAPES[1].indexOf(name)]!.values];
}

export function imageNamed(name: ImageName): number[] {
  switch (name) {
    case "blank":
      return new Array(SIDE * SIDE).fill(0);
    case "photograph":
      return [...PHOTOGRAPH].map(Number);
    case "scene":
      return [...gridOf(SIDE, SIDE, scene).values];
    default:
      return [...prototypes(SIDE, SIDE)[SHAPES[2].indexOf(name)]!.values];
  }
}

/** A bright disc, a dimmer box and a faint band below. */
function scene(r: number, c: number): number {
  if ((r - 7) ** 2 + (c - 8) ** 2 <= 18) return BRIGHT;
  if (r >= 11 && r < 18 && c >= 14 && c < 20) return 6;
  return r >= 20 ? 2 : 0;
}

/** The cameraman of scikit-image (L. Varshney, CC0), 24 by 24 in ten grey levels. */
const PHOTOGRAPH =
  "888888888888888888888888888888888888888888888888888888888888888888888888" +
  "888888987898888888888888888889721259888888888888998998212106988888888888" +
  "999962001211899888888888984210131424888899989988611112254655787899999999" +
  "111112524676786899989988111111542367332489998886111111441246211467765687" +
  "111111222233032434454478111111112022145756666666111111111100457776666666" +
  "111111111110146766676767111111111000167666676666011100016413665566666666" +
  "000000157767425766666666000010376666536666666666011102666666666766666666" +
  "111126666666666666666666111036666666666676666666111126666666666666666666";
