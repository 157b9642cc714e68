/**
 * Data augmentation: crop, mirror, scale and rotate; brighten, stretch and colour; cut a square out.
 *
 * Places are given in pixels of an image of 256, whatever the picture is stored with.
 */

import { mulberry32 } from "./random.ts";

/** Side of the whole image, in the units in which crops are given. */
export const IMAGE_SIDE = 256;
/** What stands where there is nothing: the middle of the range. */
export const MIDDLE = 127.5;

export interface Augmentation {
  /** Side of the crop. */
  crop_side: number;
  /** Offset of the crop from the left and from the top. */
  right: number;
  down: number;
  mirror: boolean;
  scale: number;
  /** Degrees, clockwise. */
  rotation: number;
  /** Added to every value. */
  brightness: number;
  /** Multiplies the distance from the middle of the range. */
  contrast: number;
  /** AlexNet's α: along each principal component of colour, in units of its variance. */
  colour: readonly number[];
  /** Side of the square that is cut out, and its middle, in shares of the view. */
  cutout: number;
  cutout_x: number;
  cutout_y: number;
}

/** A picture of red, green and blue, channel by channel. */
export interface Picture {
  side: number;
  values: Uint8Array;
  /** Where its object is, in shares of the side: left, top, right, bottom. */
  box: readonly [number, number, number, number];
}

export interface Components {
  variances: readonly number[];
  directions: readonly (readonly number[])[];
}

type Affine = readonly [a: number, b: number, c: number, d: number, x: number, y: number];

/** From the view to the whole image; both run from −1 to 1, to the right and down. */
export function placement(change: Augmentation): Affine {
  const { crop_side, right, down, mirror, scale, rotation } = change;
  const angle = (rotation * Math.PI) / 180;
  const size = crop_side / IMAGE_SIDE / scale;
  const [cos, sin] = [size * Math.cos(angle), size * Math.sin(angle)];
  const flip = mirror ? -1 : 1;
  const centre = (offset: number) => (2 * offset + crop_side) / IMAGE_SIDE - 1;
  // A picture that turns clockwise is read along axes that turn the other way; the mirror comes first.
  return [flip * cos, -sin, flip * sin, cos, centre(right), centre(down)];
}

/** What is added to red, green and blue, 0 to 255. */
export function colourShift(colour: readonly number[], components: Components): number[] {
  const { variances, directions } = components;
  return [0, 1, 2].map(
    (channel) =>
      255 *
      colour.reduce((sum, alpha, i) => sum + alpha * variances[i]! * directions[i]![channel]!, 0),
  );
}

/**
 * What the network sees, `side` by `side`: red, green and blue of a pixel one after the other.
 *
 * Between pixels the picture is interpolated bilinearly; beyond its edges it is grey.
 */
export function augment(
  picture: Picture,
  change: Augmentation,
  components: Components,
  side: number,
): Float64Array {
  const [a, b, c, d, x0, y0] = placement(change);
  const { side: n, values } = picture;
  const plane = n * n;
  const out = new Float64Array(3 * side * side);
  const shift = colourShift(change.colour, components);
  const { contrast, brightness, cutout } = change;
  const half = cutout / 2;
  for (let row = 0, at = 0; row < side; row++) {
    const v = (2 * row + 1) / side - 1;
    const inRows = Math.abs((row + 0.5) / side - change.cutout_y) < half;
    for (let column = 0; column < side; column++, at += 3) {
      if (inRows && Math.abs((column + 0.5) / side - change.cutout_x) < half) {
        out[at] = out[at + 1] = out[at + 2] = MIDDLE;
        continue;
      }
      const u = (2 * column + 1) / side - 1;
      const x = ((a * u + c * v + x0 + 1) * n - 1) / 2;
      const y = ((b * u + d * v + y0 + 1) * n - 1) / 2;
      const [i, j] = [Math.floor(x), Math.floor(y)];
      const [fx, fy] = [x - i, y - j];
      const inside = i >= 0 && j >= 0 && i < n - 1 && j < n - 1;
      const base = j * n + i;
      for (let channel = 0; channel < 3; channel++) {
        const from = channel * plane + base;
        const p = inside ? values[from]! - MIDDLE : level(values, n, channel, i, j);
        const q = inside ? values[from + 1]! - MIDDLE : level(values, n, channel, i + 1, j);
        const r = inside ? values[from + n]! - MIDDLE : level(values, n, channel, i, j + 1);
        const s = inside ? values[from + n + 1]! - MIDDLE : level(values, n, channel, i + 1, j + 1);
        const value = (p * (1 - fx) + q * fx) * (1 - fy) + (r * (1 - fx) + s * fx) * fy;
        const changed = value * contrast + MIDDLE + brightness + shift[channel]!;
        out[at + channel] = changed < 0 ? 0 : changed > 255 ? 255 : changed;
      }
    }
  }
  return out;
}

/** A pixel's distance from the middle of the range: none beyond the edges. */
function level(values: Uint8Array, n: number, channel: number, i: number, j: number): number {
  if (i < 0 || j < 0 || i >= n || j >= n) return 0;
  return values[channel * n * n + j * n + i]! - MIDDLE;
}

const GRID = 24;

/** The share of the object that can still be seen: within the view, and not cut out. */
export function visibleShare(picture: Picture, change: Augmentation): number {
  const [a, b, c, d, x0, y0] = placement(change);
  const det = a * d - b * c;
  const [left, top, right, bottom] = picture.box;
  const half = change.cutout / 2;
  let seen = 0;
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      const x = 2 * (left + ((column + 0.5) / GRID) * (right - left)) - 1 - x0;
      const y = 2 * (top + ((row + 0.5) / GRID) * (bottom - top)) - 1 - y0;
      const u = (d * x - c * y) / det;
      const v = (a * y - b * x) / det;
      if (Math.abs(u) > 1 || Math.abs(v) > 1) continue;
      const hidden =
        Math.abs((u + 1) / 2 - change.cutout_x) < half &&
        Math.abs((v + 1) / 2 - change.cutout_y) < half;
      if (!hidden) seen += 1;
    }
  }
  return seen / (GRID * GRID);
}

/** Below this share nobody could be asked to name the object. */
export const LEAST_SHARE = 0.35;
/** What a label becomes where no reader could tell. */
export const UNCLEAR = "nobody can tell";

/** Labels for four quarter turns clockwise, plain and mirrored. */
const TURNED: Record<string, { plain: readonly string[]; mirrored: readonly string[] }> = {
  six: { plain: ["6", UNCLEAR, "9", UNCLEAR], mirrored: [UNCLEAR, UNCLEAR, UNCLEAR, UNCLEAR] },
  "letter b": { plain: ["b", UNCLEAR, "q", UNCLEAR], mirrored: ["d", UNCLEAR, "p", UNCLEAR] },
  arrow: {
    plain: ["right", "back", "left", "ahead"],
    mirrored: ["left", "ahead", "right", "back"],
  },
};

/** The label that a person would give: by a rule that knows each picture's symmetries. */
export function labelOf(name: string, picture: Picture, change: Augmentation): string {
  if (visibleShare(picture, change) < LEAST_SHARE) return UNCLEAR;
  const turns = TURNED[name];
  if (!turns) return name;
  const quarter = (((Math.round(change.rotation / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3;
  return (change.mirror ? turns.mirrored : turns.plain)[quarter]!;
}

export const VARIED = ["mirror", "crop", "scale", "rotation", "light", "colour", "cutout"] as const;

export type Varied = (typeof VARIED)[number];

export const STRENGTHS = ["mild", "strong", "too strong"] as const;

export type Strength = (typeof STRENGTHS)[number];

/** How far each change goes: scale in powers of two, degrees, levels, factor, α, share. */
const REACH: Record<Strength, readonly [number, number, number, number, number, number]> = {
  mild: [0.2, 10, 20, 0.2, 0.1, 0.25],
  strong: [0.6, 40, 60, 0.5, 1, 0.45],
  "too strong": [1.2, 180, 110, 0.9, 3, 0.8],
};

/** Random changes of the kinds that are wished for, the same for the same seed. */
export function draws(
  crop_side: number,
  vary: readonly string[],
  strength: Strength,
  seed: number,
  count: number,
): Augmentation[] {
  const random = mulberry32(seed);
  const [scale, rotation, brightness, contrast, alpha, cutout] = REACH[strength];
  const between = (most: number) => (2 * random() - 1) * most;
  const when = (name: Varied, value: number, otherwise: number) =>
    vary.includes(name) ? value : otherwise;
  const room = IMAGE_SIDE - crop_side;
  return Array.from({ length: count }, () => {
    // Every number is drawn, wished for or not: one kind more leaves the others as they were.
    const place = [random(), random()].map((v) => Math.floor(v * (room + 1)));
    const flip = random() < 0.5;
    const size = 2 ** between(scale);
    const turn = between(rotation);
    const light = between(brightness);
    const stretch = 1 + between(contrast);
    const colour = [0, 1, 2].map(() => normal(random) * alpha);
    const hole = [random(), random()];
    const middle = Math.round(room / 2);
    const round = (value: number, digits: number) => Number(value.toFixed(digits));
    return {
      crop_side,
      right: when("crop", place[0]!, middle),
      down: when("crop", place[1]!, middle),
      mirror: vary.includes("mirror") && flip,
      scale: when("scale", round(size, 2), 1),
      rotation: when("rotation", Math.round(turn), 0),
      brightness: when("light", Math.round(light), 0),
      contrast: when("light", round(Math.max(0, stretch), 2), 1),
      colour: vary.includes("colour") ? colour.map((v) => round(v, 2)) : [0, 0, 0],
      cutout: when("cutout", cutout, 0),
      cutout_x: when("cutout", round(hole[0]!, 2), 0.5),
      cutout_y: when("cutout", round(hole[1]!, 2), 0.5),
    };
  });
}

/** A normally distributed number, by Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** How many images a crop and its mirror image make of one: by the paper's count, and by ours. */
export function countImages(crop_side: number): { paper: number; ours: number } {
  const room = IMAGE_SIDE - crop_side;
  return { paper: 2 * room * room, ours: 2 * (room + 1) * (room + 1) };
}
