/** Where an object lies in the image, and which pixels that touches. */

import { cosineSine } from "./chance.ts";
import type { SceneObject } from "./description.ts";
import { boundary } from "./shapes.ts";
import type { Kind, World } from "./world.ts";

/** Left, top, right and bottom. */
export type Box = readonly [number, number, number, number];

/** The pixels around an object: rows and columns from … up to, but without, …, in the image. */
export interface Region {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

const hulls = new WeakMap<Kind, Float64Array>();

/** Points around the outline of a class, in its own units: u, v, u, v … */
function hull(kind: Kind): Float64Array {
  const known = hulls.get(kind);
  if (known) return known;
  const points = Float64Array.from([...boundary(kind.outline)].flat());
  hulls.set(kind, points);
  return points;
}

/** The box of a turned object about its origin, in its own units. */
export function extent(kind: Kind, angle: number, mirrored: boolean): Box {
  const points = hull(kind);
  const [cosine, sine] = cosineSine(angle);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    const u = mirrored ? -points[i]! : points[i]!;
    const v = points[i + 1]!;
    const x = u * cosine - v * sine;
    const y = u * sine + v * cosine;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return [left, top, right, bottom];
}

/** The box of an object, in units of the image's side; it may reach beyond the image. */
export function objectBox(world: World, item: SceneObject): Box {
  const [left, top, right, bottom] = extent(
    world.kinds[item.class_name]!,
    item.angle,
    item.mirrored,
  );
  const s = item.scale;
  return [item.x + left * s, item.y + top * s, item.x + right * s, item.y + bottom * s];
}

/** The pixels that an object may touch, or null if it stands beyond the image. */
export function regionOf(world: World, item: SceneObject, size: number): Region | null {
  const [x0, y0, x1, y1] = objectBox(world, item);
  const [left, right] = span(x0, x1, size);
  const [top, bottom] = span(y0, y1, size);
  return left >= right || top >= bottom ? null : { top, bottom, left, right };
}

/** The pixels from one end to the other with two more on each side, in the image. */
function span(low: number, high: number, size: number): [number, number] {
  return [Math.max(Math.floor(low * size) - 2, 0), Math.min(Math.floor(high * size) + 3, size)];
}

/** The turn that takes a pixel to a place of the object. */
export interface Placement {
  cosine: number;
  sine: number;
  /** The pixels' centres from the object's origin, in its units. */
  x: Float64Array;
  y: Float64Array;
}

export function placement(item: SceneObject, region: Region, size: number): Placement {
  const [cosine, sine] = cosineSine(item.angle);
  return {
    cosine,
    sine,
    x: offsets(region.left, region.right, size, item.x, item.scale),
    y: offsets(region.top, region.bottom, size, item.y, item.scale),
  };
}

function offsets(from: number, to: number, size: number, origin: number, scale: number) {
  const places = new Float64Array(to - from);
  for (let i = 0; i < places.length; i++) {
    places[i] = ((from + i + 0.5) / size - origin) / scale;
  }
  return places;
}
