/**
 * Textures: how much of a second colour stands at each place of an object. Edges are as soft as a
 * pixel is wide; see course_lib/datasets/scenes/textures.py, whose order of operations this keeps.
 */

import { cosineSine } from "./chance.ts";
import type { Texture } from "./description.ts";
import { hashed, smooth, valueNoise } from "./noise.ts";

type Cover = (u: number, v: number) => number;

/** x and y count repetitions, and w is the width of a pixel in them. */
type Family = (t: Texture, w: number) => (x: number, y: number) => number;

/** The function that gives how much of the second colour stands at a place, in [0, 1]. */
export function coverOf(texture: Texture, pixel: number): Cover {
  const [cosine, sine] = cosineSine(texture.angle);
  const f = texture.frequency;
  const family = FAMILIES[texture.family]!(texture, pixel * f);
  return (u, v) => family((u * cosine + v * sine) * f, (v * cosine - u * sine) * f);
}

/** 0 for x well below 0, 1 well above, and a ramp of the given width between. */
export function softStep(x: number, width: number): number {
  const ramp = x / width + 0.5;
  return ramp <= 0 ? 0 : ramp >= 1 ? 1 : ramp;
}

/** A wave that is 1 at whole numbers, 0 half way between, and straight in between. */
const triangle = (x: number) => Math.abs(2 * (x - Math.floor(x)) - 1);

/** The place within a cell, from −½ to ½. */
const cell = (x: number) => x - Math.floor(x) - 0.5;

/** x with every other row moved by half a cell. */
function staggered(x: number, y: number): number {
  const rows = Math.floor(y);
  return x + 0.5 * (rows - 2 * Math.floor(rows / 2));
}

const stripes: Family = (t, w) => (x) => softStep(triangle(x) - (1 - t.share), 2 * w);

const checks: Family = (_, w) => (x, y) => {
  const columns = softStep(triangle(x / 1.5) - 0.5, 2 * w);
  const rows = softStep(triangle(y / 1.5) - 0.5, 2 * w);
  return columns + rows - 2 * columns * rows;
};

const waves: Family = (t, w) => {
  const striped = stripes(t, 1.5 * w);
  return (x, y) => striped(y + 0.7 * smooth(triangle(x / 2)), x);
};

const spots: Family = (t, w) => (x, y) => {
  const shifted = staggered(x, y);
  const chance = hashed(Math.floor(shifted), Math.floor(y), t.seed);
  // One hash serves twice: its upper digits set the radius, what follows them the place.
  const place = chance * 16 - Math.floor(chance * 16);
  const radius = 0.2 + 0.2 * t.share + 0.1 * chance;
  const p = cell(shifted) + 0.16 * (place - 0.5);
  const q = cell(y) + 0.16 * (chance - 0.5);
  return softStep(radius - Math.sqrt(p * p + q * q), w);
};

const seeds: Family = (t, w) => (x, y) => {
  const p = cell(staggered(x, y));
  const q = cell(y);
  return softStep(0.12 + 0.14 * t.share - Math.sqrt(2.5 * p * p + q * q), w);
};

const scales: Family = (t, w) => (x, y) => {
  const p = Math.abs(cell(staggered(x, y)));
  const q = cell(y);
  // A line is thick, so it reaches into the rows above and below, where scales stand between.
  const between = 0.5 - p;
  const near = Math.min(arc(between, q + 0.5), arc(between, q - 1.5));
  return softStep(0.05 + 0.16 * t.share - Math.min(arc(p, q - 0.5), near), w);
};

/** The distance to the parabola q = −4p², first-order. */
const arc = (p: number, q: number) => Math.abs(q + 4 * p * p) / Math.sqrt(1 + 64 * p * p);

const bricks: Family = (t, w) => (x, y) => {
  const p = cell(staggered(x / 2, y));
  const q = cell(y);
  const toJoint = Math.min((0.5 - Math.abs(p)) * 2, 0.5 - Math.abs(q));
  return softStep(0.05 + 0.16 * t.share - toJoint, w);
};

const gores: Family = (t, w) => {
  // On a ball of diameter f seen from the side, meridians meet in the poles.
  const half = t.frequency / 2;
  return (x, y) => {
    const chord = Math.sqrt(Math.max(half * half - y * y, 0.04 * half));
    let longitude = x / chord;
    longitude += 0.25 * longitude * longitude * longitude;
    const turns = longitude * (t.frequency / 4) + 0.25;
    return softStep(triangle(turns) - (1 - t.share), Math.max(w / chord, (2 * w) / half) * half);
  };
};

const veins: Family = (t, w) => (x, y) => {
  const beside = Math.abs(x);
  const middle = softStep(0.025 * t.frequency - beside, w);
  const sides = softStep(triangle(y + 0.9 * beside) - (1 - 0.5 * t.share), 2.7 * w);
  return Math.max(middle, sides);
};

const COS_30 = 0.8660254037844386;

const dial: Family = (t, w) => {
  const f = t.frequency;
  const [cosine, sine] = cosineSine(t.angle);
  const hour = hand(t.angle, 0.2, 0.034);
  const minute = hand(12 * t.angle, 0.31, 0.022);
  return (x, y) => {
    // The dial stands still: back to the object's own axes, where only the hands are turned.
    const u = (x * cosine - y * sine) / f;
    const v = (x * sine + y * cosine) / f;
    const p = Math.max(Math.abs(u), Math.abs(v));
    const q = Math.min(Math.abs(u), Math.abs(v));
    const quarter = Math.sqrt((p - 0.35) * (p - 0.35) + q * q) - 0.034;
    const aside = p - 0.35 * COS_30;
    const others = Math.sqrt(aside * aside + (q - 0.175) * (q - 0.175)) - 0.02;
    const marks = Math.min(Math.min(quarter, others), Math.min(hour(u, v), minute(u, v)));
    return softStep(-marks, w / f);
  };
};

/** The distance to a clock's hand; 0° points up. */
function hand(angle: number, length: number, halfWidth: number): Cover {
  const [cosine, sine] = cosineSine(angle);
  return (u, v) => {
    const along = Math.min(Math.max(u * sine - v * cosine, 0), length);
    const p = u - along * sine;
    const q = v + along * cosine;
    return Math.sqrt(p * p + q * q) - halfWidth;
  };
}

const blotches: Family = (t, w) => (x, y) => {
  const noise = 0.7 * valueNoise(x, y, t.seed) + 0.3 * valueNoise(2 * x, 2 * y, (t.seed ^ 1) >>> 0);
  // The slope of this noise is about 1, and its values crowd around ½.
  return softStep(noise - (0.75 - 0.5 * t.share), w + 0.04);
};

/** Every texture family by name. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  stripes,
  checks,
  waves,
  spots,
  seeds,
  scales,
  bricks,
  gores,
  veins,
  dial,
  blotches,
};
