/** Fewer pixels and more: every other one, the largest or the mean of a window, and ways back. */

import type { Volume } from "./convolution2d.ts";
import { modulo } from "./grid.ts";

/** A volume from a function of channel, row and column. */
function made(
  channels: number,
  rows: number,
  columns: number,
  value: (channel: number, r: number, c: number) => number,
): Volume {
  const values = new Float64Array(channels * rows * columns);
  for (let channel = 0, at = 0; channel < channels; channel++) {
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++, at++) values[at] = value(channel, r, c);
    }
  }
  return { channels, rows, columns, values };
}

const at = ({ rows, columns, values }: Volume, channel: number, r: number, c: number) =>
  values[(channel * rows + r) * columns + c]!;

/** Moved down and to the right; what leaves on one side comes in on the other. */
export function rolled(x: Volume, down: number, right: number): Volume {
  if (down === 0 && right === 0) return x;
  const from = (n: number, by: number, count: number) => modulo(n - by, count);
  return made(x.channels, x.rows, x.columns, (channel, r, c) =>
    at(x, channel, from(r, down, x.rows), from(c, right, x.columns)),
  );
}

/** Every stride-th row and column, from the first on. */
export function subsample(x: Volume, stride: number): Volume {
  const count = (n: number) => Math.ceil(n / stride);
  return made(x.channels, count(x.rows), count(x.columns), (channel, r, c) =>
    at(x, channel, r * stride, c * stride),
  );
}

/** How many windows of a size fit into a length. */
export function windowCount(length: number, size: number, stride: number): number {
  return Math.floor((length - size) / stride) + 1;
}

export interface Pooled {
  pooled: Volume;
  /** Where in its channel each largest value stands, the first of equals: row · columns + column. */
  positions: Int32Array;
}

/** The largest value of each window, and where it stood. */
export function maxPool2d(x: Volume, size: number, stride: number): Pooled {
  const [rows, columns] = [x.rows, x.columns].map((n) => windowCount(n, size, stride)) as [
    number,
    number,
  ];
  const positions = new Int32Array(x.channels * rows * columns);
  let n = 0;
  const pooled = made(x.channels, rows, columns, (channel, r, c) => {
    const plane = channel * x.rows * x.columns;
    let best = r * stride * x.columns + c * stride;
    for (let m = 0; m < size; m++) {
      const line = (r * stride + m) * x.columns + c * stride;
      for (let k = line; k < line + size; k++) {
        if (x.values[plane + k]! > x.values[plane + best]!) best = k;
      }
    }
    positions[n++] = best;
    return x.values[plane + best]!;
  });
  return { pooled, positions };
}

/** The mean of each window. */
export function meanPool2d(x: Volume, size: number, stride: number): Volume {
  const [rows, columns] = [x.rows, x.columns].map((n) => windowCount(n, size, stride)) as [
    number,
    number,
  ];
  return made(x.channels, rows, columns, (channel, r, c) => {
    let sum = 0;
    for (let m = 0; m < size; m++) {
      const line = (channel * x.rows + r * stride + m) * x.columns + c * stride;
      for (let k = line; k < line + size; k++) sum += x.values[k]!;
    }
    return sum / (size * size);
  });
}

/** Each value fills a square. */
export function duplicate(y: Volume, factor: number): Volume {
  return made(y.channels, y.rows * factor, y.columns * factor, (channel, r, c) =>
    at(y, channel, Math.floor(r / factor), Math.floor(c / factor)),
  );
}

/** Each value goes back to where it came from; all else is zero. */
export function unpool({ pooled, positions }: Pooled, rows: number, columns: number): Volume {
  const values = new Float64Array(pooled.channels * rows * columns);
  const plane = pooled.rows * pooled.columns;
  for (let n = 0; n < positions.length; n++) {
    values[Math.floor(n / plane) * rows * columns + positions[n]!] = pooled.values[n]!;
  }
  return { channels: pooled.channels, rows, columns, values };
}

/** What an output of a linear interpolation along one axis is made of. */
export interface Between {
  low: number;
  high: number;
  /** The weight of the higher; the lower has the rest. */
  share: number;
}

/** Pixels are squares, and their values stand in the middle; beyond the outermost middle nothing changes. */
export function between(position: number, factor: number, length: number): Between {
  const place = Math.min(length - 1, Math.max(0, (position + 0.5) / factor - 0.5));
  const low = Math.floor(place);
  return { low, high: Math.min(length - 1, low + 1), share: place - low };
}

/** Linear interpolation down and across. */
export function bilinear(y: Volume, factor: number): Volume {
  const down = Array.from({ length: y.rows * factor }, (_, r) => between(r, factor, y.rows));
  const across = Array.from({ length: y.columns * factor }, (_, c) =>
    between(c, factor, y.columns),
  );
  return made(y.channels, down.length, across.length, (channel, r, c) => {
    const [d, a] = [down[r]!, across[c]!];
    const line = (row: number) =>
      (1 - a.share) * at(y, channel, row, a.low) + a.share * at(y, channel, row, a.high);
    return (1 - d.share) * line(d.low) + d.share * line(d.high);
  });
}

/** The upper left part. */
export function cropped(x: Volume, rows: number, columns: number): Volume {
  if (rows === x.rows && columns === x.columns) return x;
  return made(x.channels, rows, columns, (channel, r, c) => at(x, channel, r, c));
}

export interface Difference {
  /** How many values differ, and out of how many. */
  changed: number;
  count: number;
  /** The mean of all differences' magnitudes, and the largest. */
  mean: number;
  most: number;
}

const SAME = 1e-9;

/** How much two volumes of one shape differ. */
export function difference(a: Volume, b: Volume): Difference {
  let [changed, sum, most] = [0, 0, 0];
  for (let i = 0; i < a.values.length; i++) {
    const off = Math.abs(a.values[i]! - b.values[i]!);
    if (off > SAME) changed += 1;
    sum += off;
    most = Math.max(most, off);
  }
  return { changed, count: a.values.length, mean: sum / a.values.length, most };
}

/** The first less the second. */
export function less(a: Volume, b: Volume): Volume {
  return { ...a, values: a.values.map((value, i) => value - b.values[i]!) };
}
