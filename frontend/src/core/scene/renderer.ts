/** Draws descriptions: course_lib/datasets/scenes/render.py in the page, byte for byte. */

import { sampled } from "./background.ts";
import type { Background, Description, SceneObject } from "./description.ts";
import { type Raster, rasterOf } from "./raster.ts";
import type { Box } from "./region.ts";
import type { World } from "./world.ts";

/** A scene in pixels; objects from the lowest to the highest. */
export interface RenderedScene {
  size: number;
  /** Three planes, red, green and blue, of size × size bytes. */
  image: Uint8Array;
  /** Of each pixel the class of the highest object there, plus 1; 0 is the background. */
  mask: Uint8Array;
  /** Of each pixel the highest object there, counted from 1; 0 is the background. */
  instances: Uint8Array;
  /** Classes as numbers. */
  labels: readonly number[];
  /** Of whole objects, and of what is seen of them: x₁, y₁, x₂, y₂ in pixels, 0 where nothing is. */
  boxes: readonly Box[];
  visibleBoxes: readonly Box[];
}

/**
 * A renderer at one size. It keeps what it has drawn of each background and each object: of a
 * scene in which one object moves, only that one is drawn again.
 */
export class SceneRenderer {
  readonly world: World;
  readonly size: number;
  private readonly squares = new WeakMap<Background, Float64Array>();
  private readonly rasters = new WeakMap<SceneObject, Raster>();

  constructor(world: World, size = 96) {
    if (!(Number.isInteger(size) && size >= 16 && size <= 4096)) {
      throw new RangeError(`size=${size}: expected from 16 to 4096 pixels`);
    }
    this.world = world;
    this.size = size;
  }

  /**
   * @param description checked, its photograph among those that the world holds; objects that
   *   have not changed must be the same JavaScript objects to be remembered.
   */
  render({ background, objects }: Description): RenderedScene {
    const { size, world } = this;
    const area = size * size;
    const canvas = this.square(background).slice();
    const instances = new Uint8Array(area);
    const rasters = objects.map((item) => this.raster(item));
    rasters.forEach((raster, index) => {
      lay(raster, canvas, area);
      for (const place of raster.own) instances[place] = index + 1;
    });
    const labels = objects.map((item) => world.classes.indexOf(item.class_name));
    const mask = new Uint8Array(area);
    for (let i = 0; i < area; i++) {
      const owner = instances[i]!;
      if (owner > 0) mask[i] = labels[owner - 1]! + 1;
    }
    const image = new Uint8Array(3 * area);
    // Bytes are cut off, not rounded: all values are at least 0.
    for (let i = 0; i < image.length; i++) image[i] = canvas[i]! + 0.5;
    return {
      size,
      image,
      mask,
      instances,
      labels,
      boxes: rasters.map((raster) => raster.box),
      visibleBoxes: extents(instances, size, objects.length),
    };
  }

  /** The pixels whose centre lies in an object, were it alone: places in the image. */
  ownPixels(item: SceneObject): Int32Array {
    return this.raster(item).own;
  }

  private square(background: Background): Float64Array {
    const known = this.squares.get(background);
    if (known) return known;
    const pixels = this.world.pixels(background.photograph);
    if (!pixels) throw new RangeError(`photograph=${background.photograph}: not in this page`);
    const square = sampled(pixels, background, this.size);
    this.squares.set(background, square);
    return square;
  }

  private raster(item: SceneObject): Raster {
    const known = this.rasters.get(item);
    if (known) return known;
    const raster = rasterOf(this.world, item, this.size);
    this.rasters.set(item, raster);
    return raster;
  }
}

/** Lay an object on what lies beneath it. */
function lay({ places, paint, cover }: Raster, canvas: Float64Array, area: number): void {
  for (let i = 0; i < places.length; i++) {
    for (let c = 0; c < 3; c++) {
      const at = c * area + places[i]!;
      const beneath = canvas[at]!;
      canvas[at] = (paint[3 * i + c]! - beneath) * cover[i]! + beneath;
    }
  }
}

/** The box of each instance's pixels, four zeros for one that is not seen. */
function extents(instances: Uint8Array, size: number, count: number): Box[] {
  const boxes = Array.from({ length: count }, () => [size, size, 0, 0]);
  for (let i = 0; i < instances.length; i++) {
    const box = boxes[instances[i]! - 1];
    if (!box) continue;
    const column = i % size;
    const row = (i - column) / size;
    if (column < box[0]!) box[0] = column;
    if (row < box[1]!) box[1] = row;
    if (column >= box[2]!) box[2] = column + 1;
    if (row >= box[3]!) box[3] = row + 1;
  }
  return boxes.map(([x1, y1, x2, y2]) => (x2 === 0 ? [0, 0, 0, 0] : [x1!, y1!, x2!, y2!]));
}
