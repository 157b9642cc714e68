/** A square of a photograph at any size: course_lib/datasets/scenes/backgrounds.py in the page. */

import type { Background } from "./description.ts";
import type { Pixels } from "./packed.ts";

/** Pixels of the shorter side of every stored photograph. */
export const SHORT_SIDE = 256;

const pyramids = new WeakMap<Pixels, Pixels[]>();

/** The photograph at full, half, quarter … size, each level a 2 × 2 average of the last. */
function pyramid(photograph: Pixels): Pixels[] {
  const known = pyramids.get(photograph);
  if (known) return known;
  const levels = [photograph];
  for (let last = photograph; Math.min(last.height, last.width) > 4; ) {
    last = halved(last);
    levels.push(last);
  }
  pyramids.set(photograph, levels);
  return levels;
}

/** An odd last row or column is left out. */
function halved({ height, width, planes }: Pixels): Pixels {
  const [rows, columns] = [height >> 1, width >> 1];
  return {
    height: rows,
    width: columns,
    planes: planes.map((plane) => {
      const small = new Uint8Array(rows * columns);
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          const i = 2 * r * width + 2 * c;
          const sum = plane[i]! + plane[i + 1]! + plane[i + width]! + plane[i + width + 1]!;
          small[r * columns + c] = (sum + 2) >> 2;
        }
      }
      return small;
    }),
  };
}

/**
 * The square behind a scene, bilinear from the level nearest in scale; beyond the photograph its
 * last pixels go on.
 *
 * @returns three planes of size × size, from 0 to 255.
 */
export function sampled(photograph: Pixels, cut: Background, size: number): Float64Array {
  const levels = pyramid(photograph);
  let step = (cut.side * SHORT_SIDE) / size;
  let unit = SHORT_SIDE;
  let depth = 0;
  while (step >= 1.5 && depth < levels.length - 1) {
    step /= 2;
    unit /= 2;
    depth++;
  }
  const { height, width, planes } = levels[depth]!;
  const rows = neighbours(cut.top * unit, step, size, height);
  const columns = neighbours(cut.left * unit, step, size, width);
  const area = size * size;
  const square = new Float64Array(3 * area);
  planes.forEach((plane, channel) => {
    interpolate(plane, width, rows, columns, square.subarray(channel * area, (channel + 1) * area));
  });
  for (let channel = planes.length; channel < 3; channel++) {
    square.copyWithin(channel * area, 0, area);
  }
  if (cut.mirrored) for (let at = 0; at < 3 * area; at += size) mirror(square, at, size);
  return square;
}

interface Neighbours {
  first: Int32Array;
  second: Int32Array;
  share: Float64Array;
}

/** Both neighbours of each place, and how far it is from the first to the second. */
function neighbours(start: number, step: number, size: number, length: number): Neighbours {
  const first = new Int32Array(size);
  const second = new Int32Array(size);
  const share = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const place = Math.min(Math.max(start + step * (k + 0.5) - 0.5, 0), length - 1);
    first[k] = Math.floor(place);
    second[k] = Math.min(first[k]! + 1, length - 1);
    share[k] = place - first[k]!;
  }
  return { first, second, share };
}

function interpolate(
  plane: Uint8Array,
  width: number,
  rows: Neighbours,
  columns: Neighbours,
  result: Float64Array,
): void {
  const size = rows.first.length;
  const from = columns.first[0]!;
  const to = columns.second[size - 1]!;
  const row = new Float64Array(width);
  for (let r = 0; r < size; r++) {
    const upper = rows.first[r]! * width;
    const lower = rows.second[r]! * width;
    const down = rows.share[r]!;
    for (let c = from; c <= to; c++) {
      const a = plane[upper + c]!;
      row[c] = (plane[lower + c]! - a) * down + a;
    }
    for (let c = 0; c < size; c++) {
      const a = row[columns.first[c]!]!;
      result[r * size + c] = (row[columns.second[c]!]! - a) * columns.share[c]! + a;
    }
  }
}

function mirror(values: Float64Array, from: number, length: number): void {
  values.subarray(from, from + length).reverse();
}
