/** The results in words and numbers. */

import { compact, exact, grouped, short, subscript } from "../../core/format.ts";
import { between } from "../../core/resampling.ts";
import { about } from "../../data/photographs.ts";
import type { Piece } from "../../ui/pieces.ts";
import { images, type Made, pointed, type Stamps, stamps } from "./computed.ts";
import { firstOutput } from "./shapes.ts";
import {
  hidden,
  type Operation,
  operationOf,
  predicting,
  type State,
  stamping,
  waiting,
} from "./state.ts";

export const TITLES: Record<Operation, string> = {
  "every other": "Every other",
  max: "Max pooling",
  mean: "Mean pooling",
  duplicate: "Duplicate",
  unpooling: "Max-unpooling",
  bilinear: "Bilinear",
  transposed: "Transposed convolution",
  stamps: "Stamps on each output",
  resized: "Resize, then convolve",
};

export interface Area {
  row: number;
  column: number;
  rows: number;
  columns: number;
}

/** What the output that is pointed at reads: of the input, and of the small image between. */
export function area(state: State): { input: Area | null; small: Area | null } {
  const { row, column, size, stride, kernel, padding } = state;
  const [r, c] = [Math.floor(row / stride), Math.floor(column / stride)];
  const window = (at: [number, number], side: number): Area => ({
    ...{ row: at[0], column: at[1], rows: side, columns: side },
  });
  switch (operationOf(state)) {
    case "every other":
      return { input: window([row * stride, column * stride], 1), small: null };
    case "max":
    case "mean":
      return { input: window([row * stride, column * stride], size), small: null };
    case "duplicate":
      return { input: null, small: window([r, c], 1) };
    case "unpooling":
      return { input: window([r * stride, c * stride], stride), small: window([r, c], 1) };
    case "bilinear": {
      const { rows, columns } = images(state).small!.pooled;
      const [down, across] = [between(row, stride, rows), between(column, stride, columns)];
      // Beyond the outermost middle there is but one value to read.
      const last = ({ low, high, share }: typeof down) => (share > 0 ? high : low);
      return { input: null, small: spanned(down.low, last(down), across.low, last(across)) };
    }
    case "resized": {
      const { rows, columns } = images(state).input;
      const left = Math.floor((kernel.length - 1) / 2);
      const reach = (n: number, count: number) => {
        const within = (at: number) =>
          Math.floor(Math.min(count * stride - 1, Math.max(0, at)) / stride);
        return [within(n - left), within(n - left + kernel.length - 1)] as const;
      };
      return { input: spanned(...reach(row, rows), ...reach(column, columns)), small: null };
    }
    default: {
      const { rows, columns } = images(state).input;
      const down = stampsOn(row, kernel.length, stride, padding, rows);
      const across = stampsOn(column, kernel.length, stride, padding, columns);
      if (down.length * across.length === 0) return { input: null, small: null };
      return {
        input: spanned(down[0]!, down.at(-1)!, across[0]!, across.at(-1)!),
        small: null,
      };
    }
  }
}

const spanned = (top: number, bottom: number, left: number, right: number): Area => ({
  ...{ row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 },
});

/** The inputs whose stamps reach an output, along one axis. */
export function stampsOn(
  output: number,
  size: number,
  stride: number,
  padding: number,
  length: number,
): number[] {
  const first = Math.max(0, Math.ceil((output + padding - size + 1) / stride));
  const last = Math.min(length - 1, Math.floor((output + padding) / stride));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

const nameOf = ({ row, column }: State) => `z(${row + 1}, ${column + 1})`;

/** What the reader is to predict: of stamps the first output that the newest one reaches. */
export function question(state: State): string {
  if (state.view !== "stamps") return `Your prediction for ${nameOf(state)}`;
  const first = firstOutput(state);
  if (first === null) return "Your prediction";
  return `Your prediction for z${subscript(first + 1)}, once stamp ${state.position + 1} is down`;
}

const valueAt = ({ output }: Made, { row, column }: State) =>
  output.values[row * output.columns + column]!;

const roughly = (exact: number) =>
  Math.abs(exact - Number(exact.toFixed(2))) > 1e-9 ? " ≈ " : " = ";

/** How the output that is pointed at comes about, each number in the colour of its role. */
export function equation(state: State): Piece[] {
  if (state.view === "stamps") return stampEquation(state);
  const made = pointed(state);
  const value = valueAt(made, state);
  const secret = hidden(state, state.row, state.column);
  const result: Piece = { words: secret ? "?" : compact(value), role: "output" };
  if (operationOf(state) === "unpooling") {
    return [{ words: nameOf(state), role: "output" }, { words: " = " }, result, ...cameFrom(state)];
  }
  const middle = terms(state);
  return [
    { words: nameOf(state), role: "output" },
    { words: " = " },
    ...middle,
    ...(middle.length === 0 ? [] : [{ words: secret ? " = " : roughly(value) }]),
    result,
  ];
}

/** Sums of more terms are told by their number. */
const MOST = 9;

function terms(state: State): Piece[] {
  const { input, small } = images(state);
  const reads = area(state);
  const listed = (from: Area, image: { columns: number; values: Float64Array }) => {
    const found: { name: string; value: number }[] = [];
    for (let r = from.row; r < from.row + from.rows; r++) {
      for (let c = from.column; c < from.column + from.columns; c++) {
        found.push({ name: `(${r + 1}, ${c + 1})`, value: image.values[r * image.columns + c]! });
      }
    }
    return found;
  };
  const blue = (words: string): Piece => ({ words, role: "input" });
  switch (operationOf(state)) {
    case "every other": {
      const [one] = listed(reads.input!, input);
      return [blue(`x${one!.name}`)];
    }
    case "max":
    case "mean": {
      const all = listed(reads.input!, input);
      const max = operationOf(state) === "max";
      const sign = max ? ", " : " + ";
      const numbers =
        all.length > MOST
          ? `${all.length} values`
          : all.map(({ value }) => short(value)).join(sign);
      if (max) return [{ words: "max(" }, blue(numbers), { words: ")" }];
      const open = all.length > 1 ? "(" : "";
      const close = all.length > 1 ? `) / ${all.length}` : "";
      return [
        { words: all.length > MOST ? "mean of " : open },
        blue(numbers),
        { words: all.length > MOST ? "" : close },
      ];
    }
    case "duplicate": {
      const [one] = listed(reads.small!, small!.pooled);
      return [blue(`y${one!.name}`)];
    }
    case "bilinear":
      return blend(state);
    case "transposed":
      return overlaps(state);
    case "stamps": {
      const from = reads.input;
      return from ? [{ words: `${from.rows} down × ${from.columns} across` }] : [];
    }
    default:
      return [{ words: `a sum over ${state.kernel.length} × ${state.kernel.length} duplicates` }];
  }
}

/** Which pooled value belongs to an output of the unpooling, and where it stood. */
function cameFrom(state: State): Piece[] {
  const { small, input } = images(state);
  const { row, column, stride } = state;
  const at = { row: Math.floor(row / stride), column: Math.floor(column / stride) };
  const n = at.row * small!.pooled.columns + at.column;
  const place = small!.positions[n]!;
  const from = `(${Math.floor(place / input.columns) + 1}, ${(place % input.columns) + 1})`;
  return [
    { words: "; " },
    {
      words: `y(${at.row + 1}, ${at.column + 1}) = ${short(small!.pooled.values[n]!)}`,
      role: "input",
    },
    { words: ` came from ${from}` },
  ];
}

function blend(state: State): Piece[] {
  const { pooled } = images(state).small!;
  const down = between(state.row, state.stride, pooled.rows);
  const across = between(state.column, state.stride, pooled.columns);
  const pieces: Piece[] = [];
  for (const [r, a] of shares(down)) {
    for (const [c, b] of shares(across)) {
      if (pieces.length > 0) pieces.push({ words: " + " });
      if (a * b !== 1) pieces.push({ words: `${exact(a * b)}·`, role: "kernel-text" });
      pieces.push({ words: short(pooled.values[r * pooled.columns + c]!), role: "input" });
    }
  }
  return pieces;
}

const shares = ({ low, high, share }: { low: number; high: number; share: number }) =>
  (
    [
      [low, 1 - share],
      [high, share],
    ] as const
  ).filter(([, part]) => part > 0);

function overlaps(state: State): Piece[] {
  const { input } = images(state);
  const from = area(state).input;
  if (from === null) return [{ words: "no stamp" }];
  const count = from.rows * from.columns;
  if (count > 4) return [{ words: `${count} stamps, added up` }];
  const { kernel, stride, padding } = state;
  const pieces: Piece[] = [];
  for (let r = from.row; r < from.row + from.rows; r++) {
    for (let c = from.column; c < from.column + from.columns; c++) {
      const down = kernel[state.row + padding - r * stride]!;
      const across = kernel[state.column + padding - c * stride]!;
      if (pieces.length > 0) pieces.push({ words: " + " });
      pieces.push({ words: `${bracketed(down * across)}·`, role: "kernel-text" });
      pieces.push({ words: bracketed(input.values[r * input.columns + c]!), role: "input" });
    }
  }
  return pieces;
}

const bracketed = (value: number) => (value < 0 ? `(${short(value)})` : short(value));

function stampEquation(state: State): Piece[] {
  const { inputs } = stamps(state);
  const { kernel, position } = state;
  const value = inputs[position]!;
  const list = (numbers: readonly number[]) => `(${numbers.map(short).join(", ")})`;
  return [
    { words: `stamp ${position + 1} = ` },
    { words: short(value), role: "input" },
    { words: " · " },
    { words: list(kernel), role: "kernel-text" },
    {
      words: waiting(state) ? " = ?" : ` = ${list(kernel.map((weight) => weight * value || 0))}`,
    },
  ];
}

/** The same for a screen reader. */
export function spoken(state: State): string {
  if (state.view === "stamps") {
    const { inputs } = stamps(state);
    return `Stamp ${state.position + 1} of ${inputs.length}: ${short(inputs[state.position]!)} times the kernel`;
  }
  const title = TITLES[operationOf(state)];
  const where = `row ${state.row + 1}, column ${state.column + 1}`;
  if (hidden(state, state.row, state.column)) return `${title}, ${where}: predict it`;
  return `${title}, ${where} is ${compact(valueAt(pointed(state), state))}`;
}

const direction = ({ shift_down: down, shift_right: right }: State) =>
  [
    down === 0 ? "" : `${Math.abs(down)} ${down > 0 ? "down" : "up"}`,
    right === 0 ? "" : `${Math.abs(right)} ${right > 0 ? "right" : "left"}`,
  ]
    .filter(Boolean)
    .join(" and ");

/** What all three outputs together say. */
export function reading(state: State): string {
  if (state.view === "stamps") return stampReading(state);
  if (predicting(state)) return "The other outputs show when you have predicted them.";
  const { made, small } = images(state);
  if (state.view === "up") {
    const { rows, columns } = small!.pooled;
    const lost = state.stride * state.stride;
    if (lost === 1) return "Factor 1 takes nothing away, and nothing is to be brought back.";
    return `Of each ${lost} values one was kept: y has ${rows} × ${columns}. No way up brings the other ${lost - 1} back.`;
  }
  if (state.view === "checkerboard") return evenness(state);
  if (made[0]!.off === null)
    return "Nothing has moved yet. Shift the input by one pixel and compare.";
  const parts = made.map(({ operation, off }) => `${operation} by ${compact(off!.mean)}`);
  const said = `Shifted ${direction(state)}, the outputs change on average: ${parts.join(", ")}.`;
  const { stride, shift_down, shift_right } = state;
  if (stride === 1 || shift_down % stride !== 0 || shift_right % stride !== 0) return said;
  const out = direction({
    ...state,
    shift_down: shift_down / stride,
    shift_right: shift_right / stride,
  });
  return `${said} All of that is one move: every output has gone ${out}.`;
}

function evenness({ kernel, stride }: State): string {
  const size = kernel.length;
  if (size % stride === 0) {
    return `Stride ${stride} divides size ${size}: away from the edges as many stamps cover each output.`;
  }
  return `Stride ${stride} does not divide size ${size}: some outputs get more stamps than their neighbours.`;
}

function stampReading(state: State): string {
  const found = stamps(state);
  const last = state.position + 1 === found.inputs.length;
  if (!last) {
    const to = found.matrix[state.position]!.flatMap((_, n) => (onStamp(state, n) ? [n + 1] : []));
    const places = to.length > 1 ? `outputs ${to[0]} to ${to.at(-1)}` : `output ${to[0] ?? "none"}`;
    const landed = `It lands on ${places}. Where stamps overlap they add up.`;
    return waiting(state) ? `${landed} What stands in the first of them then?` : landed;
  }
  if (waiting(state))
    return "This is the last stamp. What stands in the first output under it then?";
  if (found.before !== null) return roundTrip(found);
  const counts = [...new Set(found.coverage)].sort((a, b) => a - b);
  return `All stamps are down. An output has got ${orList(counts)} ${counts.at(-1) === 1 ? "stamp" : "stamps"}.`;
}

/** Whether the newest stamp reaches an output. */
export function onStamp(state: State, output: number): boolean {
  const { stride, padding } = stamping(state);
  const k = output + padding - state.position * stride;
  return k >= 0 && k < state.kernel.length;
}

function roundTrip({ before, output }: Stamps): string {
  const off = output.map((value, n) => Math.abs(value - before![n]!));
  const count = off.filter((one) => one > 1e-9).length;
  if (count === 0) return "Here AᵀA x = x: nothing was lost, and nothing was mixed.";
  return `AᵀA x is as long as x, but it is not x: ${count} of ${off.length} values differ, by up to ${compact(Math.max(...off))}.`;
}

const orList = (counts: readonly number[]) =>
  counts.length < 2
    ? String(counts[0] ?? 0)
    : `${counts.slice(0, -1).join(", ")} or ${counts.at(-1)}`;

/** What stands below an output: its size, and how far it is from what it is compared with. */
export function note(state: State, made: Made): string {
  const { operation, output, off } = made;
  const size = `${output.rows} × ${output.columns}`;
  if (predicting(state)) return size;
  if (state.view === "checkerboard") return `${size}; ${inside(state, operation, output)}`;
  if (off === null) return `${size}: ${grouped(output.values.length)} values`;
  if (state.view === "up") return `${size}; ${compact(off.mean)} off, on average`;
  const changed = `${grouped(off.changed)} of ${grouped(off.count)} changed`;
  return `${size}; ${changed}, on average by ${compact(off.mean)}`;
}

/** What outputs away from the edges are like. */
function inside(state: State, operation: Operation, output: Made["output"]): string {
  const edge = state.kernel.length;
  const found = new Set<number>();
  for (let r = edge; r < output.rows - edge; r++) {
    for (let c = edge; c < output.columns - edge; c++) {
      found.add(Number(output.values[r * output.columns + c]!.toFixed(9)));
    }
  }
  const values = [...(found.size > 0 ? found : new Set(output.values))].sort((a, b) => a - b);
  const where = found.size > 0 ? "inside" : "all";
  if (values.length === 1) return `${where}: ${compact(values[0]!)} everywhere`;
  if (operation === "stamps" && values.length < 6) return `${where}: ${orList(values)}`;
  return `${where}: from ${compact(values[0]!)} to ${compact(values.at(-1)!)}`;
}

/** What to make of a guess. */
export function verdict(state: State): string {
  if (state.guess === null || !predicting(state)) return "";
  const truth =
    state.view === "stamps"
      ? stamps(state).sums[firstOutput(state)!]!
      : valueAt(pointed(state), state);
  const off = Math.abs(state.guess - truth);
  const judged = off < 0.005 ? "exactly right" : "look at the numbers that it is made of";
  return `You said ${compact(state.guess)}; it is ${compact(truth)}: ${judged}.`;
}

/** How large the output is, with the numbers of the formula. */
export function shapeFormula(state: State): string {
  const { view, size, stride, kernel, padding } = state;
  const { input } = images(state);
  const [n, out] = [input.rows, pointed(state).output.rows];
  if (view === "up") return `Height: ⌊${n} / ${stride}⌋ · ${stride} = ${out}`;
  if (view === "down") {
    return operationOf(state) === "every other"
      ? `Height: ⌈${n} / ${stride}⌉ = ${out}`
      : `Height: ⌊(${n} − ${size}) / ${stride}⌋ + 1 = ${out}`;
  }
  if (operationOf(state) === "resized") return `Height: ${n} · ${stride} = ${out}`;
  const side = kernel.length;
  return `Height: (${n} − 1)·${stride} + ${side} − 2·${padding} = ${out}; the kernel is ${side} × ${side}, ω down times ω across`;
}

/** The length of the stamps' sum. */
export function lengthFormula(state: State): string {
  const { stride, kernel, padding } = state;
  const { inputs, output } = stamps(state);
  const extra = stamping(state).extra;
  const more = extra > 0 ? ` + ${extra}` : "";
  return `Length: (${inputs.length} − 1)·${stride} + ${kernel.length} − 2·${padding}${more} = ${output.length}`;
}

/** Whose the picture is, or what may be done with it. */
export function caption(state: State): string {
  if (state.source === "numbers") return "Drag a number, or press Enter on it to type";
  const small = state.view === "checkerboard" ? ", averaged down to 16 × 16" : "";
  const drag = state.view === "down" ? ". Drag it, or use the arrow keys on it, to shift it" : "";
  if (state.source === "drawing") return `Draw on it: a pixel is 255 where there is chalk, else 0`;
  if (state.source === "own") return `Your image, as grey levels from 0 to 255${small}${drag}`;
  if (state.source === "pattern") return `Drawn by rule: 0 is black, 255 white${small}${drag}`;
  return `${about(state.photograph)}${small}${drag}`;
}
