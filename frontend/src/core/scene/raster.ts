/**
 * One object in pixels, as if it stood alone: its paint, how much of each pixel it covers, and
 * which pixels are its own. See `_draw` in course_lib/datasets/scenes/render.py.
 */

import type { SceneObject } from "./description.ts";
import { valueNoise } from "./noise.ts";
import { type Box, placement, regionOf } from "./region.ts";
import { coverOf, softStep } from "./textures.ts";
import type { World } from "./world.ts";

export interface Raster {
  /** The pixels that it paints, by their place in the image. */
  places: Int32Array;
  /** Red, green and blue of each. */
  paint: Float64Array;
  /** How much of each pixel it covers. */
  cover: Float64Array;
  /** The pixels whose centre lies in it. */
  own: Int32Array;
  /** The extent of its own pixels; four zeros if it has none. */
  box: Box;
}

const INK_WIDTH = 0.022;
const SHADE = 0.28;
const GRAIN = 0.16;
const GRAIN_FREQUENCY = 4;

const NOTHING: Raster = {
  places: new Int32Array(0),
  paint: new Float64Array(0),
  cover: new Float64Array(0),
  own: new Int32Array(0),
  box: [0, 0, 0, 0],
};

export function rasterOf(world: World, item: SceneObject, size: number): Raster {
  const region = regionOf(world, item, size);
  if (!region) return NOTHING;
  const kind = world.kinds[item.class_name]!;
  const pixel = 1 / (item.scale * size);
  const { cosine, sine, x, y } = placement(item, region, size);
  const most = x.length * y.length;
  const places = new Int32Array(most);
  const own = new Int32Array(most);
  const paint = new Float64Array(3 * most);
  const cover = new Float64Array(most);
  let [count, owned] = [0, 0];
  const colour = painter(world, item, pixel);
  for (let r = 0; r < y.length; r++) {
    const yr = y[r]!;
    for (let c = 0; c < x.length; c++) {
      const xc = x[c]!;
      const turned = xc * cosine + yr * sine;
      const u = item.mirrored ? -turned : turned;
      const v = yr * cosine - xc * sine;
      const distance = kind.distance(u, v);
      const place = (region.top + r) * size + region.left + c;
      if (distance <= 0) own[owned++] = place;
      if (distance >= pixel / 2) continue;
      colour(u, v, paint, 3 * count);
      const grain = valueNoise(u * GRAIN_FREQUENCY, v * GRAIN_FREQUENCY, item.texture.seed);
      let light = 1 - SHADE * (xc * 0.5 + yr) + GRAIN * (grain - 0.5);
      light *= 1 - item.ink * softStep(distance + INK_WIDTH, pixel);
      light *= item.light;
      for (let i = 3 * count; i < 3 * count + 3; i++) paint[i] = Math.min(paint[i]! * light, 255);
      cover[count] = softStep(-distance, pixel);
      places[count++] = place;
    }
  }
  return {
    places: places.slice(0, count),
    paint: paint.slice(0, 3 * count),
    cover: cover.slice(0, count),
    own: own.slice(0, owned),
    box: boxOf(own.subarray(0, owned), size),
  };
}

type Painter = (u: number, v: number, paint: Float64Array, at: number) => void;

/** The function that writes an object's own colour at a place, before light falls on it. */
function painter(world: World, item: SceneObject, pixel: number): Painter {
  const { layers } = world.kinds[item.class_name]!;
  const texture = coverOf(item.texture, pixel);
  return (u, v, paint, at) => {
    for (let k = 0; k < layers.length; k++) {
      const { distance, colour, over } = layers[k]!;
      // The first layer and those without a shape cover the whole object.
      const share = k === 0 || distance === null ? 1 : softStep(-distance(u, v), pixel);
      if (share === 0) continue;
      const first = item.colours[colour]!;
      const second = over === null ? first : item.colours[over]!;
      const mixed = over === null ? 0 : texture(u, v);
      for (let i = 0; i < 3; i++) {
        const fill = first[i]! + (second[i]! - first[i]!) * mixed;
        const part = paint[at + i]!;
        paint[at + i] = k === 0 || distance === null ? fill : part + (fill - part) * share;
      }
    }
  };
}

/** The extent of pixels, the right and the lower edge beyond the last; four zeros for none. */
function boxOf(own: Int32Array, size: number): Box {
  if (own.length === 0) return [0, 0, 0, 0];
  let [left, right] = [size, 0];
  for (const place of own) {
    const column = place % size;
    if (column < left) left = column;
    if (column >= right) right = column + 1;
  }
  const row = (place: number) => Math.floor(place / size);
  return [left, row(own[0]!), right, row(own[own.length - 1]!) + 1];
}
