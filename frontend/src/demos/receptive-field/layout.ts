/** Where things stand in the picture, in pixels: everything that depends on the width. */

import { centre, type Field } from "../../core/receptive-field.ts";
import { analysis, type State, type View } from "./state.ts";

const MARGIN = 10;
const WIDEST_PITCH = 34;
const BRACKET = 44;
/** The height of what stands above the inputs, and where its zero lies. */
const STRIPS: Record<View, { height: number; bases: number[] }> = {
  field: { height: 0, bases: [] },
  paths: { height: 120, bases: [112] },
  gradients: { height: 224, bases: [104, 184] },
};

export interface Layout {
  width: number;
  height: number;
  pitch: number;
  radius: number;
  /** From a position in inputs, also one between two, to a pixel. */
  x(at: number): number;
  /** The height of a row: 0 is the input. */
  y(row: number): number;
  /** The pixel of a unit of a row; indices outside a row are its padding. */
  unit(row: number, index: number): number;
  fields: Field[];
  lengths: number[];
  /** Where the bracket over the field stands, and the zero lines of what is above it. */
  bracket: number;
  bases: number[];
  gutter: number;
}

export function layout(state: State, width: number): Layout {
  const { layers, fields, lengths } = analysis(state);
  const gutter = width < 480 ? 48 : 72;
  // Room for every row's padding, and for the fields of the outermost units.
  let first = 0;
  let last = state.length - 1;
  for (const [row, field] of fields.entries()) {
    const padding = layers[row]?.padding ?? 0;
    first = Math.min(first, centre(field, -padding), field.start);
    const end = lengths[row]! - 1;
    const outer = field.start + end * field.jump + field.size - 1;
    last = Math.max(last, centre(field, end + padding), outer);
  }
  const columns = last - first + 1;
  const pitch = Math.min(WIDEST_PITCH, (width - gutter - 2 * MARGIN) / columns);
  const { height: strip, bases } = STRIPS[state.view];
  const inputs = strip + BRACKET + 24;
  const between = layers.length > 4 ? 46 : 58;
  const left = gutter + MARGIN + (width - gutter - 2 * MARGIN - columns * pitch) / 2;
  const x = (at: number) => left + (at - first + 0.5) * pitch;
  return {
    width,
    height: inputs + layers.length * between + 24,
    pitch,
    radius: Math.max(1.75, Math.min(8, 0.34 * pitch)),
    x,
    y: (row) => inputs + row * between,
    unit: (row, index) => x(centre(fields[row]!, index)),
    fields,
    lengths,
    bracket: strip + 24,
    bases,
    gutter,
  };
}

/** The row and the unit nearest to a pixel. */
export function nearest(now: Layout, px: number, py: number): { row: number; index: number } {
  const between = now.y(1) - now.y(0);
  const rows = now.lengths.length - 1;
  const row = Math.min(rows, Math.max(0, Math.round((py - now.y(0)) / between)));
  const pitch = now.unit(row, 1) - now.unit(row, 0);
  const index = Math.round((px - now.unit(row, 0)) / pitch);
  return { row, index: Math.min(now.lengths[row]! - 1, Math.max(0, index)) };
}
