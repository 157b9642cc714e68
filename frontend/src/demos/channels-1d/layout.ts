/** Where things stand in the picture, in pixels: everything that depends on the width. */

import { slices, sums } from "../../core/channels.ts";
import { short, subscript } from "../../core/format.ts";
import { paddingAmounts } from "../../core/padding.ts";
import { linear, type Scale } from "../../ui/scale.ts";
import { geometry, lasts, type State } from "./state.ts";

const MARGIN = 8;
const WIDEST_PITCH = 52;
/** About how wide a digit is at the labels' size. */
const CHARACTER = 6.8;
/** Between inputs and outputs, where the window's values come together. */
const GAP = 64;
const STRIP = 34;
const NAME = 20;

/** A row of values: an input channel, a slice's part, a sum, an output channel. */
export interface Row {
  kind: "input" | "part" | "sum" | "output";
  name: string;
  values: readonly number[];
  top: number;
  /** The row's line of zero, and the scale of its values. */
  scale: Scale;
  /** Whether it is the row that is pointed at. */
  current: boolean;
  /** The input or output channel it belongs to. */
  channel: number;
}

export interface Layout {
  width: number;
  height: number;
  pitch: number;
  /** From a position of the input, also one between two, to a pixel. */
  x(at: number): number;
  inputs: Row[];
  results: Row[];
  /** How many zeros stand beyond each end. */
  pads: { left: number; right: number };
  /** The position of the first weight for the first output. */
  first: number;
  box: number;
  windowTop: number;
  windowBottom: number;
  meeting: number;
  roomy: boolean;
  /** From a weight's strip to its input row. */
  strip(row: Row): number;
  /** The input position under the middle of an output's window. */
  centre(position: number): number;
}

/** Value ranges to keep while a drag goes on: an axis that moves under the hand cannot be aimed at. */
export interface Ranges {
  input: [number, number];
  result: [number, number];
}

/** The rows below the inputs, not placed yet. */
type Plain = Pick<Row, "kind" | "name" | "values" | "current" | "channel">;

export function results(state: State, values: readonly number[][]): Plain[] {
  const { channel, explode, relu, biases } = state;
  if (!explode) {
    return values.map((row, o) => ({
      ...{ kind: "output", values: row, current: o === channel, channel: o },
      name: `output h${subscript(o + 1)}`,
    }));
  }
  const bias = biases[channel]!;
  const own = subscript(channel + 1);
  const rows: Plain[] = slices(state, channel).map((part, c) => ({
    ...{ kind: "part", values: part, current: false, channel },
    name: `x${subscript(c + 1)} through its slice`,
  }));
  const summed = `their sum ${bias < 0 ? "−" : "+"} bias ${short(Math.abs(bias))}`;
  rows.push({
    ...{ kind: relu ? "sum" : "output", values: sums(state)[channel]!, current: !relu, channel },
    name: `${relu ? "z" : "h"}${own}: ${summed}`,
  });
  if (relu) {
    rows.push({
      ...{ kind: "output", values: values[channel]!, current: true, channel },
      name: `h${own} = ReLU(z${own})`,
    });
  }
  return rows;
}

/** The tightest range that holds zero and all values, with a little air. */
function around(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return high - low < 1e-9 ? [0, 1] : [low, high];
}

export function ranges(state: State, rows: readonly Plain[], rebuilt: readonly number[][]): Ranges {
  return {
    input: around([...state.signals.flat(), ...rebuilt.flat()]),
    result: around(rows.flatMap(({ values }) => values)),
  };
}

export function layout(
  state: State,
  width: number,
  plain: readonly Plain[],
  { input, result }: Ranges,
): Layout {
  const g = geometry(state);
  const pads = paddingAmounts(g.kernelSize, 1, g.padding);
  const columns = g.length + pads.left + pads.right;
  const pitch = Math.min(WIDEST_PITCH, (width - 2 * MARGIN) / columns);
  const widest = Math.max(...state.signals.flat().map((v) => short(v).length), 4);
  const roomy = pitch >= CHARACTER * widest;
  const label = roomy ? 16 : 34;
  // Numbers hang below what is negative.
  const below = (low: number) => (low < 0 ? label + 8 : 4);
  const count = Math.max(state.signals.length, plain.length);
  const tall = count <= 2 ? 72 : count === 3 ? 60 : 52;
  let top = 8;
  const inputs = state.signals.map((values, c): Row => {
    const high = top + NAME + label;
    const row: Row = {
      ...{ kind: "input", values, top, current: false, channel: c },
      name: `input x${subscript(c + 1)}`,
      scale: linear(input, [high + tall, high]),
    };
    top = high + tall + below(input[0]) + STRIP + 8;
    return row;
  });
  const windowBottom = top - 4;
  top += GAP;
  const placed = plain.map((item): Row => {
    const high = top + NAME + label;
    const row = { ...item, top, scale: linear(result, [high + tall, high]) };
    top = high + tall + below(result[0]) + 12;
    return row;
  });
  const middle = (g.kernelSize - 1) / 2;
  return {
    width,
    height: top,
    pitch,
    x: (at) => MARGIN + (at + pads.left + 0.5) * pitch,
    inputs,
    results: placed,
    pads,
    first: -pads.left,
    box: Math.min(44, 0.94 * pitch),
    windowTop: 14,
    windowBottom,
    meeting: windowBottom + 38,
    roomy,
    strip: ({ scale }) => scale(input[0]) + below(input[0]) + 2,
    centre: (position) => position - pads.left + middle,
  };
}

/** The output whose window's middle is nearest to a pixel. */
export function nearestPosition(state: State, { x, centre }: Layout, pixel: number): number {
  const positions = lasts(state).position + 1;
  let nearest = 0;
  for (let position = 1; position < positions; position++) {
    const distance = (p: number) => Math.abs(x(centre(p)) - pixel);
    if (distance(position) < distance(nearest)) nearest = position;
  }
  return nearest;
}
