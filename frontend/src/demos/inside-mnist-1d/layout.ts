/** Where everything lies in the picture, in pixels: units stand below the inputs that they read. */

import { LENGTH } from "../../data/mnist1d.ts";
import { CHANNELS, CLASSES, JUMPS, type NetworkName, REACHES, shape, type Unit } from "./layers.ts";

export const MARGIN = 8;
export const INPUT = { top: 22, base: 84, reach: 58, bottom: 148 };
export const GRADIENT = { top: 178, zero: 202, reach: 20 };
/** One channel of one map is so tall. */
export const ROW = 6;
const MAPS = [254, 376, 498];
export const FLAT = { top: 618, height: 20 };
export const PRODUCTS = { zero: 666, reach: 22 };
export const SCORES = { top: 714, zero: 754, reach: 26, digits: 798 };
export const HEIGHT = 804;

/** The upper edge of a layer's units. */
export const topOf = (layer: number) =>
  layer <= 3 ? MAPS[layer - 1]! : layer === 4 ? FLAT.top : SCORES.top;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Places for a picture of some width. */
export function layout(width: number) {
  const across = width - 2 * MARGIN;
  const pitch = across / LENGTH;
  /** The middle of an input; also between inputs. */
  const x = (input: number) => MARGIN + (input + 0.5) * pitch;

  const columns = (name: NetworkName) => CHANNELS * shape(name, 4).positions;

  const box = (name: NetworkName, [layer, channel, position]: Unit): Box => {
    if (layer <= 3) {
      const jump = JUMPS[layer - 1]!;
      const centre = (REACHES[layer - 1]! - 1) / 2 + position * jump;
      const left = x(centre) - (jump * pitch) / 2;
      return { x: left, y: topOf(layer) + channel * ROW, width: jump * pitch, height: ROW };
    }
    if (layer === 5) {
      const wide = across / CLASSES;
      const height = SCORES.digits + 6 - SCORES.top;
      return { x: MARGIN + channel * wide, y: SCORES.top, width: wide, height };
    }
    const wide = across / columns(name);
    const index = channel * shape(name, 4).positions + position;
    return { x: MARGIN + index * wide, y: FLAT.top, width: wide, height: FLAT.height };
  };

  /** The unit at a pixel, or null. */
  const at = (name: NetworkName, px: number, py: number): Unit | null => {
    const within = Math.min(0.999999, Math.max(0, (px - MARGIN) / across));
    if (py >= SCORES.top - 8) return [5, Math.floor(within * CLASSES), 0];
    if (py >= FLAT.top - 8) {
      const { positions } = shape(name, 4);
      const index = Math.floor(within * columns(name));
      return [4, Math.floor(index / positions), index % positions];
    }
    const layer = MAPS.findLastIndex((top) => top <= py) + 1;
    if (layer === 0) return null;
    const channel = Math.floor((py - topOf(layer)) / ROW);
    if (channel >= CHANNELS) return null;
    const input = (px - MARGIN) / pitch - 0.5;
    const jump = JUMPS[layer - 1]!;
    const position = Math.round((input - (REACHES[layer - 1]! - 1) / 2) / jump);
    const last = shape(name, layer).positions - 1;
    return [layer, channel, Math.min(last, Math.max(0, position))];
  };
  /** Whether there is room for many words. */
  const wide = width >= 480;
  return { width, wide, across, pitch, x, box, at };
}

export type Layout = ReturnType<typeof layout>;

/** The unit one step away: along its layer, or to the layer above or below. */
export function neighbour(name: NetworkName, unit: Unit, right: number, down: number): Unit {
  const [layer, channel, position] = unit;
  const { channels, positions } = shape(name, layer);
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));
  // In a row all units follow one another, channel after channel.
  if (layer >= 4 && down === 0) {
    const index = clamp(channel * positions + position + right, channels * positions - 1);
    return [layer, Math.floor(index / positions), index % positions];
  }
  if (down === 0) return [layer, channel, clamp(position + right, positions - 1)];
  const next = channel + down;
  if (layer <= 3 && next >= 0 && next < channels) return [layer, next, position];
  return across(name, unit, down);
}

/** The unit of the next layer (or the last) that lies nearest. */
export function across(name: NetworkName, unit: Unit, down: number): Unit {
  const to = unit[0] + down;
  if (to < 1 || to > 5) return unit;
  const places = layout(LENGTH + 2 * MARGIN);
  const from = places.box(name, unit);
  const middle = from.x + from.width / 2;
  const first = topOf(to) + (to > 3 || down > 0 ? 0 : (CHANNELS - 1) * ROW);
  return places.at(name, middle, first + 1) ?? unit;
}
