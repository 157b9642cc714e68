/** The comparison in words and numbers. */

import { answersOnce, type FunctionName, strideOf } from "../../core/equivariance.ts";
import { compact, format, powerOfTen } from "../../core/format.ts";
import { SHAPES } from "../../core/shapes.ts";
import type { Piece } from "../../ui/pieces.ts";
import { type Comparison, NOISE } from "./comparison.ts";
import type { State } from "./state.ts";

/** A piece of the equation, with the role that colours it. */
/** largest |f[t[x]] − t[f[x]]| = 0.25 */
export function equation(state: State, { largest }: Comparison): Piece[] {
  const other = answersOnce(state.function)
    ? [f, open, x, close]
    : [t, open, f, open, x, close, close];
  const value = largest === null ? "not defined" : largest === 0 ? "0" : small(largest);
  return [
    { words: "largest |" },
    ...[f, open, t, open, x, close, close],
    { words: " − " },
    ...other,
    { words: `| = ${value}` },
  ];
}

const f: Piece = { words: "f", role: "output" };
const t: Piece = { words: "t" };
const x: Piece = { words: "x", role: "input" };
const open: Piece = { words: "[" };
const close: Piece = { words: "]" };

/** What f is, exactly. */
export function definition(state: State): string {
  const two = state.dimensions === 2;
  const size = two ? "3 × 3" : "3";
  const kernel =
    state.weights.length > 0
      ? `your ${size} weights`
      : `the ${size} weights of the ${state.kernel} kernel`;
  switch (state.function) {
    case "convolution":
      return `f: a convolution, ${kernel} at every place.`;
    case "stride-2":
      return `f: a convolution with stride 2, ${kernel} at every second place.`;
    case "max-pool":
      return `f: the largest of each ${two ? "2 × 2 values" : "2 values"}.`;
    case "fully-connected":
      return "f: a layer with a random weight for each pair of an input and an output.";
    case "segmenter":
      return "f: two convolutions with the gaussian kernel, then 1 where the result exceeds 3.3, else 0.";
    case "mean-pool":
      return "f: the mean of all values, one number.";
    case "classifier": {
      const kernels = two ? 4 : 3;
      const head =
        state.head === "flatten"
          ? "all features side by side (so each place has weights of its own)"
          : "the mean of each feature map";
      return `f: a convolution with ${kernels} edge kernels, ReLU, ${head}, a linear layer and a softmax. Its weights come from one ${SHAPES[two ? 2 : 1].join(", one ")}, each in the middle.`;
    }
  }
}

/** Whether the two orders agree, where they do not, and why. */
export function verdict(state: State, comparison: Comparison): string {
  const { largest, differing, output } = comparison;
  if (largest === null) {
    return `This permutation orders ${comparison.x.values.length} places, and the output has ${output.values.length}: no t[f[x]] exists to compare with.`;
  }
  const start = stepsSentence(state, comparison);
  const all = output.values.length;
  const places =
    all === 1 ? "The one number is" : all === 3 ? "All three are" : `All ${all} places are`;
  if (largest === 0) return `${start}${places} equal, to the last bit.${because(state, true)}`;
  if (largest <= NOISE) {
    return `${start}${places} equal up to rounding: ${small(largest)} is the last digit of a sum taken in another order.`;
  }
  const where = all <= 3 ? "They differ" : `They differ at ${differing} of ${all} places`;
  return `${start}${where}, by up to ${small(largest)}.${because(state, false)}`;
}

/** What the dashed lines are, where there are any. */
export function seamSentence(state: State): string {
  if (state.transform !== "translate" || isIdentity(state)) return "";
  return state.border === "circular"
    ? "Dashed: the seam, where the two ends of x meet. On a ring it is a place like any other."
    : "Dashed: where the edge of x has got to. Zeros have come in behind it.";
}

/** How far t moves the output, where that is not how far it moves the input. */
function stepsSentence(state: State, { steps }: Comparison): string {
  const stride = strideOf(state.function);
  if (steps === null || stride === 1) return "";
  const shifts = shiftsOf(state);
  const moved = [steps.right, ...(state.dimensions === 2 ? [steps.down] : [])];
  if (shifts.every((shift) => shift === 0)) return "";
  if (shifts.every((shift) => shift % stride === 0)) {
    return `A shift of ${pair(shifts)} in is a shift of ${pair(moved)} out. `;
  }
  return `A shift of ${pair(shifts)} in would be one of ${pair(shifts.map((s) => s / stride))} out, which is no shift of whole places; nearest comes ${pair(moved)}. `;
}

const shiftsOf = ({ dimensions, shift, down }: State) =>
  dimensions === 2 ? [shift, down] : [shift];

const pair = (values: readonly number[]) =>
  values.length === 1 ? compact(values[0]!) : `(${values.map(compact).join(", ")})`;

const LOCAL: readonly FunctionName[] = ["convolution", "stride-2", "max-pool", "segmenter"];

/** One reason, the one that weighs most. */
function because(state: State, same: boolean): string {
  const local = LOCAL.includes(state.function);
  const still = isIdentity(state);
  if (still) return " Nothing has moved yet.";
  if (same) {
    if (state.function === "mean-pool") return " A mean does not ask where a value stands.";
    if (state.transform === "translate" && state.border === "circular" && local) {
      return " On a ring nothing comes in and nothing falls out.";
    }
    return "";
  }
  if (state.function === "fully-connected") {
    return " Every output has weights of its own: it knows where things stand.";
  }
  if (state.function === "classifier" && state.head === "flatten") {
    return " Flattening keeps the position: a feature that has moved meets other weights.";
  }
  switch (state.transform) {
    case "translate":
      if (strideOf(state.function) === 2 && shiftsOf(state).some((shift) => shift % 2 !== 0)) {
        return " The windows now stand on other neighbours.";
      }
      return state.border === "zeros" ? " Only where values came in or fell out at an edge." : "";
    case "permute":
      return " A window reads neighbours, and a permutation gives every place new ones.";
    case "scale":
      return " The kernel keeps its size while the picture changes.";
    case "rotate":
      return state.angle % 90 === 0
        ? " The picture turns, the weights do not."
        : " The weights do not turn, and values between places are interpolated.";
  }
}

export function isIdentity(state: State): boolean {
  switch (state.transform) {
    case "translate":
      return shiftsOf(state).every((shift) => shift === 0);
    case "rotate":
      return state.angle % 360 === 0;
    case "scale":
      return state.scale === 100;
    case "permute":
      return false;
  }
}

/** The numbers of one place. */
export function reading(state: State, comparison: Comparison): string {
  const { output, expected, difference } = comparison;
  if (state.place === null || state.place >= output.values.length) return "";
  const { place } = state;
  const name = answersOnce(state.function)
    ? answerNames(state)[place]!
    : state.dimensions === 1
      ? `place ${place + 1}`
      : `row ${Math.floor(place / output.columns) + 1}, column ${(place % output.columns) + 1}`;
  const first = `At ${name}: f[t[x]] = ${number(output.values[place]!)}`;
  if (!expected) return `${first}.`;
  const other = answersOnce(state.function) ? "f[x]" : "t[f[x]]";
  return `${first}, ${other} = ${number(expected.values[place]!)}, difference ${number(difference![place]!)}.`;
}

/** What the numbers of an answer about the whole stand for. */
export function answerNames(state: State): readonly string[] {
  return state.function === "mean-pool" ? ["mean"] : SHAPES[state.dimensions === 2 ? 2 : 1];
}

const number = (value: number) =>
  value !== 0 && Math.abs(value) < 0.005 ? small(value) : format(value, 3);

/** A positive number as it is read: 0.25, or 1.8·10⁻¹⁶. */
export function small(value: number): string {
  if (Math.abs(value) >= 0.005) return format(value);
  const [digits, power] = value.toExponential(1).split("e") as [string, string];
  return `${digits.replace("-", "−")}·${powerOfTen(Number(power))}`;
}
