/** Where things stand in the picture, in pixels: everything that depends on the width. */

import { short } from "../../core/format.ts";
import { kernelSpan, outputLength } from "../../core/geometry.ts";
import { paddingAmounts, sourceIndex } from "../../core/padding.ts";
import { enclose, linear, type Scale } from "../../ui/scale.ts";
import { geometry, type State, shifted } from "./state.ts";

const MARGIN = 12;
const WIDEST_PITCH = 56;
const TOP = 40;
const INPUT_HEIGHT = 136;
const OUTPUT_HEIGHT = 112;
/** The least distance of numbers that stand upright. */
const LEAST = 11;
/** About how wide a digit is at the labels' size. */
const CHARACTER = 6.8;

/** A position that the kernel may read: an input value, or what the padding puts there. */
export interface Slot {
  /** Position counted from the first input value. */
  at: number;
  value: number;
  padded: boolean;
}

export interface Layout {
  width: number;
  height: number;
  /** Pixels from one position to the next. */
  pitch: number;
  /** From a position, also one between two, to a pixel. */
  x(at: number): number;
  input: Scale;
  output: Scale;
  slots: Slot[];
  /** Where the window's top, the row of weights and the output plot stand. */
  top: number;
  weights: number;
  box: number;
  boxWidth: number;
  windowBottom: number;
  outputTop: number;
  /** Whether every number has room to lie, and whether there is room for it at all: of the inputs, */
  roomy: boolean;
  legible: boolean;
  /** of the values that the weights read, and the weights, */
  roomyTaps: boolean;
  legibleTaps: boolean;
  /** and of the outputs. */
  roomyOutputs: boolean;
  legibleOutputs: boolean;
  /** The position of the middle of the window, for an output. */
  centre(position: number): number;
}

/** Value ranges to keep while a drag goes on: an axis that moves under the hand cannot be aimed at. */
export interface Ranges {
  input: [number, number];
  output: [number, number];
}

export function ranges(state: State, output: readonly number[]): Ranges {
  return { input: enclose(shifted(state)), output: enclose(output) };
}

export function layout(state: State, width: number, { input, output }: Ranges): Layout {
  const g = geometry(state);
  const { left, right } = paddingAmounts(g.kernelSize, g.dilation, g.padding);
  const columns = g.length + left + right;
  const pitch = Math.min(WIDEST_PITCH, (width - 2 * MARGIN) / columns);
  const signal = shifted(state);
  const slots = Array.from({ length: columns }, (_, i): Slot => {
    const at = i - left;
    const source = sourceIndex(at, g.length, g.padding);
    const padded = at < 0 || at >= g.length;
    return { at, padded, value: source === null ? 0 : signal[source]! };
  });
  const widest = (values: readonly number[]) => Math.max(...values.map((v) => short(v).length), 4);
  const roomy = pitch >= CHARACTER * widest(slots.map(({ value }) => value));
  const tapPitch = state.dilation * pitch;
  const roomyTaps = tapPitch >= CHARACTER * widest(state.kernel) + 4;
  const roomyOutputs = state.stride * pitch >= CHARACTER * 5;
  // A number that hangs below its point, or stands upright, needs more room.
  const below = (lowest: number, lying: boolean) => (lowest < 0 ? (lying ? 20 : 40) : 0);
  const box = roomyTaps ? 32 : 40;
  const inputBottom = TOP + INPUT_HEIGHT;
  const weights = inputBottom + 16 + below(input[0], roomy);
  const windowBottom = weights + box + 8;
  const outputTop = windowBottom + 72;
  const first = -left + (kernelSpan(g.kernelSize, g.dilation) - 1) / 2;
  return {
    width,
    height: outputTop + OUTPUT_HEIGHT + 16 + below(output[0], roomyOutputs),
    pitch,
    x: (at) => MARGIN + (at + left + 0.5) * pitch,
    input: linear(input, [inputBottom, TOP + (roomy ? 16 : 32)]),
    output: linear(output, [outputTop + OUTPUT_HEIGHT, outputTop]),
    slots,
    top: TOP - 16,
    weights,
    box,
    boxWidth: Math.min(46, 0.9 * tapPitch),
    windowBottom,
    outputTop,
    roomy,
    legible: pitch >= LEAST,
    roomyTaps,
    legibleTaps: tapPitch >= LEAST,
    roomyOutputs,
    legibleOutputs: state.stride * pitch >= LEAST,
    centre: (position) => first + position * g.stride,
  };
}

/** The output whose window's middle is nearest to a pixel. */
export function nearestPosition(state: State, { x, centre }: Layout, pixel: number): number {
  const positions = outputLength(geometry(state));
  let nearest = 0;
  for (let position = 1; position < positions; position++) {
    const distance = (p: number) => Math.abs(x(centre(p)) - pixel);
    if (distance(position) < distance(nearest)) nearest = position;
  }
  return nearest;
}
