/** Where a network's maps lie in memory. */

import type { Heap } from "../arithmetic.ts";
import type { Shape } from "./plan.ts";
import { BLOCK } from "./weights.ts";

/** A map in the usual order: channel by channel, row by row. */
export interface FeatureMap {
  channels: number;
  rows: number;
  columns: number;
  values: Float32Array;
}

/** Zeros around a map. */
export interface Halo {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** A map whose pixels stand one after another, each with all of its channels. */
export class PlacedMap {
  readonly shape: Shape;
  /** Numbers of a pixel, and of a row with its halo. */
  readonly pitch: number;
  readonly #rowPitch: number;
  /** The address of the first pixel. */
  readonly first: number;
  readonly #heap: Heap;

  constructor(heap: Heap, shape: Shape, halo: Halo, exact: boolean) {
    const [channels, rows, columns] = shape;
    this.shape = shape;
    this.#heap = heap;
    this.pitch = exact ? channels : BLOCK * Math.ceil(channels / BLOCK);
    this.#rowPitch = (columns + halo.left + halo.right) * this.pitch;
    const start = heap.take((rows + halo.top + halo.bottom) * this.#rowPitch);
    this.first = start + 4 * (halo.top * this.#rowPitch + halo.left * this.pitch);
  }

  /** Bytes from a pixel to the next, to the next row, and of a row without its halo. */
  get step(): number {
    return 4 * this.pitch;
  }

  get row(): number {
    return 4 * this.#rowPitch;
  }

  get rowBytes(): number {
    return this.step * this.shape[2];
  }

  /** The address of a pixel, which may lie in the halo. */
  at(row: number, column: number): number {
    return this.first + row * this.row + column * this.step;
  }

  /** Some of the channels: a copy. */
  read(from = 0, to = this.shape[0]): Float32Array {
    const [, rows, columns] = this.shape;
    const memory = this.#numbers();
    const values = new Float32Array((to - from) * rows * columns);
    let at = 0;
    for (let channel = from; channel < to; channel++) {
      for (let row = 0; row < rows; row++) {
        let index = this.at(row, 0) / 4 + channel;
        for (let column = 0; column < columns; column++) {
          values[at++] = memory[index]!;
          index += this.pitch;
        }
      }
    }
    return values;
  }

  write(values: ArrayLike<number>): void {
    const [channels, rows, columns] = this.shape;
    if (values.length !== channels * rows * columns) {
      throw new RangeError(
        `${values.length} values: expected ${channels} × ${rows} × ${columns} of them`,
      );
    }
    const memory = this.#numbers();
    let at = 0;
    for (let channel = 0; channel < channels; channel++) {
      for (let row = 0; row < rows; row++) {
        let index = this.at(row, 0) / 4 + channel;
        for (let column = 0; column < columns; column++) {
          memory[index] = values[at++]!;
          index += this.pitch;
        }
      }
    }
  }

  /** Calls `change` with the channels of each pixel, in the map itself. */
  eachPixel(change: (channels: Float32Array) => void): void {
    const [channels, rows, columns] = this.shape;
    const memory = this.#numbers();
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const index = this.at(row, column) / 4;
        change(memory.subarray(index, index + channels));
      }
    }
  }

  #numbers(): Float32Array {
    return new Float32Array(this.#heap.memory.buffer);
  }
}
