/**
 * An image, pixel by pixel, on one canvas; above it a drawing in units of cells for what is marked.
 *
 * Where nothing can draw yet, while the book is built, the same picture is an image element.
 */

import type { Volume } from "../core/convolution2d.ts";
import { type Padding, sourceIndex } from "../core/padding.ts";
import { png, type Rgba } from "../core/png.ts";
import { html, set, svg } from "./dom.ts";
import { interactive } from "./environment.ts";
import { type Colours, coloursOf, type Rgb } from "./theme.ts";

/** Units of the drawing above the pixels for one cell. */
export const CELL = 40;

/** A negative value from this share of the largest on carries a bar. */
const BARRED = 0.12;
/** Cells at least so many pixels wide have room for one. */
const ROOM = 2.4;
/** How much of a padded value's colour is left. */
const FADED = 0.7;
const LEVELS = 255;
const ZERO = 128;

export interface Edges {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface RasterImage {
  /** One channel of numbers, or three of red, green and blue. */
  volume: Volume;
  /** From black to white, or through paper from the negative colour to the positive one. */
  tone: "grey" | "signed";
  /** The value that is drawn white, or at full strength. */
  largest: number;
  /** How many cells of padding are shown on each side, and what stands there. */
  margin: Edges;
  padding: Padding;
}

export function raster(role: "input" | "output") {
  const pixels = interactive()
    ? html("canvas", { class: "raster-pixels" })
    : html("img", { class: "raster-pixels", alt: "" });
  const overlay = svg("svg", { class: "raster-overlay", role: "img" });
  const element = html("div", { class: `raster ${role}` }, pixels, overlay);
  let colours: Colours | null = null;
  let width = 0;
  let last: RasterImage | null = null;
  let data: ImageData | null = null;

  const size = (rows: number, columns: number, margin: Edges) => {
    const tall = rows + margin.top + margin.bottom;
    const wide = columns + margin.left + margin.right;
    const box = [-margin.left, -margin.top, wide, tall].map((n) => n * CELL).join(" ");
    set(overlay, { viewBox: box });
    set(element, { style: `--rows: ${tall}; --columns: ${wide}` });
  };

  const paint = (image: RasterImage) => {
    colours ??= coloursOf(element);
    const cells = cellsOf(image);
    if (!interactive()) return set(pixels, { src: still(image, cells, colours) });
    if (width === 0) return;
    const canvas = pixels as HTMLCanvasElement;
    const sharp = Math.min(2, globalThis.devicePixelRatio || 1);
    const across = Math.round(width * sharp);
    const down = Math.round((across * cells.rows) / cells.columns);
    const context = canvas.getContext("2d")!;
    if (canvas.width !== across || canvas.height !== down || !data) {
      canvas.width = across;
      canvas.height = down;
      data = context.createImageData(across, down);
    }
    fill(data, cells, image, colours);
    context.putImageData(data, 0, 0);
  };

  /** Draw an image; null leaves the pixels empty, for numbers that stand in the drawing above. */
  const draw = (image: RasterImage | null) => {
    set(pixels, { hidden: image === null });
    if (image === null) {
      last = null;
      return;
    }
    if (last && same(last, image)) return;
    last = image;
    paint(image);
  };
  const resize = (to: number) => {
    if (to === width) return;
    width = to;
    if (last) paint(last);
  };
  const themed = () => {
    const now = coloursOf(element);
    if (colours && JSON.stringify(now) === JSON.stringify(colours)) return;
    colours = now;
    if (last) paint(last);
  };
  /** The cell that a pointer is on, counted from the image's first. */
  const cellAt = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const { left, top, width: wide, height } = overlay.getBoundingClientRect();
    const [x, y, across, down] = (overlay.getAttribute("viewBox") ?? "")
      .split(" ")
      .map((n) => Number(n) / CELL);
    return {
      row: Math.floor(y! + ((clientY - top) / height) * down!),
      column: Math.floor(x! + ((clientX - left) / wide) * across!),
    };
  };
  return { element, overlay, size, draw, resize, themed, cellAt };
}

export type Raster = ReturnType<typeof raster>;

function same(a: RasterImage, b: RasterImage): boolean {
  const keys = ["volume", "tone", "largest", "padding"] as const;
  return (
    keys.every((key) => a[key] === b[key]) &&
    (["top", "bottom", "left", "right"] as const).every((side) => a.margin[side] === b.margin[side])
  );
}

/** Every cell that is shown, padding included: its colour's number, and whether it is padding. */
interface Cells {
  rows: number;
  columns: number;
  /** An index into the levels; for a colour image, red, green and blue in one number. */
  levels: Uint32Array;
  padded: Uint8Array;
}

function cellsOf({ volume, tone, largest, margin, padding }: RasterImage): Cells {
  const rows = volume.rows + margin.top + margin.bottom;
  const columns = volume.columns + margin.left + margin.right;
  const levels = new Uint32Array(rows * columns);
  const padded = new Uint8Array(rows * columns);
  const plane = volume.rows * volume.columns;
  const factor = largest > 0 ? (tone === "grey" ? LEVELS : ZERO - 1) / largest : 0;
  const level = (value: number) =>
    tone === "grey"
      ? Math.min(LEVELS, Math.max(0, Math.round(value * factor)))
      : ZERO + Math.min(ZERO - 1, Math.max(1 - ZERO, Math.round(value * factor)));
  for (let r = 0, at = 0; r < rows; r++) {
    const row = sourceIndex(r - margin.top, volume.rows, padding);
    for (let c = 0; c < columns; c++, at++) {
      const column = sourceIndex(c - margin.left, volume.columns, padding);
      if (row !== r - margin.top || column !== c - margin.left) padded[at] = 1;
      const from = row === null || column === null ? -1 : row * volume.columns + column;
      const value = (channel: number) =>
        level(from < 0 ? 0 : volume.values[channel * plane + from]!);
      levels[at] = volume.channels === 3 ? value(0) | (value(1) << 8) | (value(2) << 16) : value(0);
    }
  }
  return { rows, columns, levels, padded };
}

/** The colour of each level, and of the same level where it is padding. */
function table(tone: RasterImage["tone"], { paper, positive, negative }: Colours) {
  const mix = (colour: Rgb, share: number): Rgb =>
    colour.map((v, i) => Math.round(paper[i]! + (v - paper[i]!) * share)) as unknown as Rgb;
  const colour = (level: number): Rgb => {
    if (tone === "grey") return [level, level, level];
    const share = Math.abs(level - ZERO) / (ZERO - 1);
    return mix(level < ZERO ? negative : positive, share);
  };
  const whole = Array.from({ length: 256 }, (_, level) => colour(level));
  return { whole, faded: whole.map((c) => mix(c, FADED)), mix };
}

const word = ([r, g, b]: Rgb) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

const tables = new WeakMap<Colours, Map<string, { whole: Uint32Array; faded: Uint32Array }>>();

function words(tone: RasterImage["tone"], colours: Colours) {
  const known = tables.get(colours) ?? new Map();
  tables.set(colours, known);
  let found = known.get(tone);
  if (!found) {
    const { whole, faded } = table(tone, colours);
    found = { whole: Uint32Array.from(whole, word), faded: Uint32Array.from(faded, word) };
    known.set(tone, found);
  }
  return found as { whole: Uint32Array; faded: Uint32Array };
}

function fill(data: ImageData, cells: Cells, image: RasterImage, colours: Colours): void {
  const { rows, columns, levels, padded } = cells;
  const { width, height } = data;
  const target = new Uint32Array(data.data.buffer);
  const { whole, faded } = words(image.tone, colours);
  const paper = word(colours.paper);
  const rgb = image.volume.channels === 3;
  const edges = Int32Array.from({ length: columns + 1 }, (_, c) =>
    Math.round((c * width) / columns),
  );
  const bars = image.tone === "signed" && width / columns >= ROOM;
  const barred = ZERO - BARRED * (ZERO - 1);
  for (let r = 0; r < rows; r++) {
    const [top, bottom] = [r, r + 1].map((n) => Math.round((n * height) / rows)) as [
      number,
      number,
    ];
    for (let c = 0; c < columns; c++) {
      const at = r * columns + c;
      const level = levels[at]!;
      const shades = padded[at] ? faded : whole;
      const colour = rgb ? joined(shades, level) : shades[level]!;
      target.fill(colour, top * width + edges[c]!, top * width + edges[c + 1]!);
    }
    for (let y = top + 1; y < bottom; y++) {
      target.copyWithin(y * width, top * width, (top + 1) * width);
    }
    if (!bars) continue;
    const thick = Math.max(1, Math.round((bottom - top) / 8));
    const middle = Math.floor((top + bottom - thick) / 2);
    for (let c = 0; c < columns; c++) {
      if (levels[r * columns + c]! >= barred) continue;
      const quarter = (edges[c + 1]! - edges[c]!) / 4;
      const [from, to] = [edges[c]! + quarter, edges[c + 1]! - quarter].map(Math.round) as [
        number,
        number,
      ];
      for (let y = middle; y < middle + thick; y++) {
        target.fill(paper, y * width + from, y * width + to);
      }
    }
  }
}

/** Red, green and blue, each through the table of greys. */
function joined(shades: Uint32Array, packed: number): number {
  const red = shades[packed & 255]! & 0xff;
  const green = shades[(packed >> 8) & 255]! & 0xff00;
  const blue = shades[(packed >> 16) & 255]! & 0xff0000;
  return (0xff000000 | blue | green | red) >>> 0;
}

/** The picture as a file. What is weak is transparent, so that it suits either theme's paper. */
function still({ tone, volume }: RasterImage, cells: Cells, colours: Colours): string {
  const { levels, padded, columns } = cells;
  const indices = Uint8Array.from(levels, (level, at) => {
    // Six shades of each colour, where red, green and blue do not fit into a palette.
    const [r, g, b] = [level & 255, (level >> 8) & 255, (level >> 16) & 255];
    if (volume.channels === 3) {
      const step = (v: number) => Math.round((v * 5) / 255);
      return 36 * step(r) + 6 * step(g) + step(b);
    }
    return padded[at] && tone === "grey" ? Math.round(255 - (255 - level) * FADED) : level;
  });
  return png(columns, indices, palette(tone, volume.channels, colours));
}

function palette(tone: RasterImage["tone"], channels: number, colours: Colours): Rgba[] {
  return Array.from({ length: 256 }, (_, i): Rgba => {
    if (channels === 3) {
      const [r, g, b] = [Math.floor(i / 36), Math.floor(i / 6) % 6, i % 6];
      return [Math.min(255, 51 * r), 51 * g, 51 * b, 255];
    }
    if (tone === "grey") return [i, i, i, 255];
    const [red, green, blue] = i < ZERO ? colours.negative : colours.positive;
    const share = Math.min(1, Math.abs(i - ZERO) / (ZERO - 1));
    return [red, green, blue, Math.round(share * 255)];
  });
}
