/** Where things stand in the picture, in pixels: everything that depends on the width. */

import { addedZeros } from "../../core/composition.ts";
import { paddingAmounts } from "../../core/padding.ts";
import { enclose, linear, type Scale } from "../../ui/scale.ts";
import { derived, differences, kernelsOf, type State, stageResults } from "./state.ts";

const MARGIN = 12;
const WIDEST_PITCH = 52;
const WIDEST_BOX = 46;
const GAP = 24;
const CHARACTER = 6.8;
const LEAST = 11;

/** A row of values: the signal, what lies between two stages, the output, the difference. */
export interface Row {
  name: string;
  kind: "input" | "hidden" | "output" | "difference";
  values: number[];
  /** The position of the row's first value, in inputs. */
  from: number;
  /** Zeros that the next stage adds on each side. */
  pads: { left: number; right: number };
  /** What is not shown as a mark: before a ReLU, or by the other way. */
  others: (number | null)[];
  scale: Scale;
  top: number;
  base: number;
}

export interface Layout {
  width: number;
  height: number;
  pitch: number;
  x(at: number): number;
  rows: Row[];
  /** Kernels: a box a weight, the sign before each kernel, and the composed one in its own line. */
  boxWidth: number;
  boxHeight: number;
  lying: boolean;
  boxes: number[][];
  signs: number[];
  stagesTop: number;
  composedTop: number;
  composed: number[];
  legible: boolean;
}

/** The values that each row must show. */
export type Ranges = [number, number][];

export function ranges(state: State): Ranges {
  return contents(state).map(({ values, others }) =>
    enclose([...values, ...others.filter((v) => v !== null)]),
  );
}

export function layout(state: State, width: number, scales: Ranges): Layout {
  const kernels = kernelsOf(state);
  const sizes = kernels.map(({ length }) => length);
  const taps = sizes.reduce((sum, size) => sum + size - 1, 1);
  const total = sizes.reduce((a, b) => a + b, 0);
  const gaps = (sizes.length - 1) * GAP;
  const boxWidth = Math.min(
    WIDEST_BOX,
    (width - 2 * MARGIN - gaps) / total,
    (width - 2 * MARGIN) / taps,
  );
  const widest = Math.max(...derived(state).composed.map((w) => label(w).length), 3);
  const lying = boxWidth >= CHARACTER * widest + 6;
  const boxHeight = lying ? 32 : 44;
  const stagesTop = 28;
  const composedTop = stagesTop + boxHeight + 40;
  const signs: number[] = [];
  let left = (width - total * boxWidth - gaps) / 2;
  const boxes = sizes.map((size, i) => {
    if (i > 0) left += GAP;
    if (i > 0) signs.push(left - GAP / 2);
    const xs = Array.from({ length: size }, (_, k) => left + (k + 0.5) * boxWidth);
    left += size * boxWidth;
    return xs;
  });
  const composed = Array.from(
    { length: taps },
    (_, k) => width / 2 + (k - (taps - 1) / 2) * boxWidth,
  );

  const { left: zeros, right } = addedZeros(kernels, state.padding);
  const pitch = Math.min(
    WIDEST_PITCH,
    (width - 2 * MARGIN) / (state.signal.length + Math.max(zeros, 0) + Math.max(right, 0)),
  );
  const columns = state.signal.length + zeros + right;
  const start = (width - columns * pitch) / 2;
  const tall = { input: 84, hidden: 72, output: 84, difference: 56 };
  let top = composedTop + boxHeight + 44;
  const upright = pitch < CHARACTER * 4.5;
  const rows = contents(state).map((content, i): Row => {
    const [low, high] = scales[i]!;
    const longest = Math.max(...content.values.map((v) => label(v).length));
    const room = upright ? CHARACTER * longest + 12 : 20;
    const above = room + (content.kind === "output" ? 6 : 0);
    const below = low < 0 ? room : 4;
    const scale = linear([low, high], [top + above + tall[content.kind], top + above]);
    const row = { ...content, scale, top, base: scale(0) };
    top += above + tall[content.kind] + below + 36;
    return row;
  });
  return {
    width,
    height: top - 24,
    pitch,
    x: (at) => start + (at + zeros + 0.5) * pitch,
    rows,
    boxWidth,
    boxHeight,
    lying,
    boxes,
    signs,
    stagesTop,
    composedTop,
    composed,
    legible: pitch >= LEAST,
  };
}

/** A weight or value as it is written in the picture. */
export function label(value: number): string {
  const rounded = value.toFixed(2).replace(/\.?0+$/, "");
  return (rounded === "-0" ? "0" : rounded).replace("-", "\u2212");
}

type Content = Omit<Row, "scale" | "top" | "base">;

function contents(state: State): Content[] {
  const kernels = kernelsOf(state);
  const { padding, relu, signal } = state;
  const none = { left: 0, right: 0 };
  const amounts = kernels.map(({ length }) => paddingAmounts(length, 1, padding));
  const results = stageResults(state);
  const both = derived(state);
  const rows: Content[] = [
    { name: "input x", kind: "input", values: signal, from: 0, pads: amounts[0]!, others: [] },
  ];
  let from = 0;
  for (const [i, values] of results.entries()) {
    from += (kernels[i]!.length - 1) / 2 - amounts[i]!.left;
    const last = i === results.length - 1;
    const after = relu ? ", ReLU" : "";
    rows.push({
      name: last ? "output: squares stages, rings one kernel" : `after stage ${i + 1}${after}`,
      kind: last ? "output" : "hidden",
      values: last || !relu ? values : values.map((v) => Math.max(0, v)),
      from,
      pads: last ? none : amounts[i + 1]!,
      others: last ? both.direct : relu ? values.map((v) => (v < 0 ? v : null)) : [],
    });
  }
  const difference = differences(both);
  const name = "difference";
  rows.push({ name, kind: "difference", values: difference, from, pads: none, others: [] });
  return rows;
}
