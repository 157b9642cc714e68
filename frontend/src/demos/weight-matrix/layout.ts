/** Where units, inputs and the matrix stand, in pixels: a column of the matrix below each input. */

import { kernelSpan, taps } from "../../core/geometry.ts";
import { paddingAmounts } from "../../core/padding.ts";
import { geometry, isDense, type State, unitCount } from "./state.ts";

const LEFT = 40;
const RIGHT = 8;
const GAP = 12;
const WIDEST_PITCH = 52;
const TALLEST_ROW = 38;

export const UNIT_Y = 40;
export const INPUT_Y = 148;
const MATRIX_TOP = 188;

export interface Layout {
  width: number;
  height: number;
  /** Pixels from one input to the next: the width of a column. */
  pitch: number;
  /** The height of a row. */
  row: number;
  left: number;
  top: number;
  /** Where the column of biases begins. */
  bias: number;
  /** The middle of an input's column, also between two inputs. */
  x(at: number): number;
  /** The middle of a row of the matrix. */
  y(row: number): number;
  /** The middle of a unit. */
  unit(index: number): number;
}

export function layout(state: State, width: number): Layout {
  const columns = state.signal.length;
  const pitch = Math.min(WIDEST_PITCH, (width - LEFT - RIGHT - GAP) / (columns + 1));
  const row = Math.min(TALLEST_ROW, pitch);
  const rows = unitCount(state);
  const g = geometry(state);
  const { left } = paddingAmounts(g.kernelSize, g.dilation, g.padding);
  const middle = (kernelSpan(g.kernelSize, g.dilation) - 1) / 2 - left;
  const x = (at: number) => LEFT + pitch * (at + 0.5);
  return {
    width,
    // A stride makes fewer rows: what stands below must not jump up.
    height: MATRIX_TOP + row * Math.max(rows, columns) + 4,
    pitch,
    row,
    left: LEFT,
    top: MATRIX_TOP,
    bias: LEFT + pitch * columns + GAP,
    x,
    y: (r) => MATRIX_TOP + row * (r + 0.5),
    unit: (i) => x(isDense(state) ? i : Math.min(columns - 1, i * g.stride + middle)),
  };
}

/** The lines from inputs to units, as paths: all of them, and those of the chosen unit by kind. */
export interface Wires {
  all: string;
  positive: string;
  negative: string;
  /** To an input that stands in for what lies beyond an end. */
  borrowed: string;
  /** To a zero beyond an end: short, since nothing stands there. */
  stubs: string;
}

export function wires(state: State, matrix: readonly (readonly number[])[], l: Layout): Wires {
  const paths: Wires = { all: "", positive: "", negative: "", borrowed: "", stubs: "" };
  const line = (unit: number, at: number, share = 1) => {
    const [x0, y0] = [l.unit(unit), UNIT_Y + 15];
    const [x1, y1] = [l.x(at), INPUT_Y - 15];
    const [x, y] = [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share];
    return `M${round(x0)} ${y0}L${round(x)} ${round(y)}`;
  };
  const own = (unit: number, at: number, weight: number) => {
    paths[weight < 0 ? "negative" : "positive"] += line(unit, at);
  };
  for (const [unit, row] of matrix.entries()) {
    const chosen = unit === state.unit;
    if (isDense(state)) {
      for (const [at, weight] of row.entries()) {
        if (chosen) own(unit, at, weight);
        else paths.all += line(unit, at);
      }
      continue;
    }
    for (const [k, { at, source }] of taps(geometry(state), unit).entries()) {
      if (source === null) {
        if (chosen) paths.stubs += line(unit, at, 0.3);
      } else if (!chosen) paths.all += line(unit, source);
      else if (at !== source) paths.borrowed += line(unit, source);
      else own(unit, at, state.kernel[k]!);
    }
  }
  return paths;
}

const round = (pixel: number) => Number(pixel.toFixed(1));
