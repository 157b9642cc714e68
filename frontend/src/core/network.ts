/**
 * A small trained network of one-dimensional convolutions, fully connected layers and a mean over
 * all positions, run forward.
 */

/** A layer as the page's data has it: weights of 8 bits or fewer, each row with a step of its own. */
export interface StoredLayer {
  kind: string;
  inputs: number;
  outputs: number;
  kernelSize?: number;
  stride?: number;
  /** Of each weight: 8 if not said. */
  bits?: number;
  /**
   * The weights in steps, outputs × inputs (× kernel size): base64 of int8, or where they have
   * at most 6 bits one digit of base64 each, which is 32 more. A mean has none.
   */
  codes?: string;
  /** Base64 of float32, one number for each output. */
  steps?: string;
  bias?: string;
}

export interface Layer {
  kind: "linear" | "convolution" | "mean";
  inputs: number;
  outputs: number;
  kernelSize: number;
  stride: number;
  weight: Float64Array;
  bias: Float64Array;
}

export function decodeLayer(stored: StoredLayer): Layer {
  const { kind, inputs, outputs, kernelSize = 1, stride = 1 } = stored;
  if (kind === "mean") return { kind, inputs, outputs, kernelSize, stride, ...NOTHING };
  if (kind !== "linear" && kind !== "convolution") throw new RangeError(`no layer is a ${kind}`);
  const codes = decodeCodes(stored.codes ?? "", stored.bits ?? 8);
  const steps = decodeFloats(stored.steps ?? "");
  const row = inputs * kernelSize;
  if (codes.length !== outputs * row) {
    throw new RangeError(`${codes.length} weights do not make ${outputs} rows of ${row}`);
  }
  // Rounded to 32 bits, as Python has them.
  const weight = Float64Array.from(codes, (code, i) =>
    Math.fround(code * steps[Math.floor(i / row)]!),
  );
  const bias = decodeFloats(stored.bias ?? "");
  return { kind, inputs, outputs, kernelSize, stride, weight, bias };
}

function decodeCodes(text: string, bits: number): Int8Array {
  if (bits <= 6) return Int8Array.from(text, (digit) => DIGITS.indexOf(digit) - 32);
  return new Int8Array(decodeBytes(text).buffer);
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The parameters of a mean. */
const NOTHING = { weight: new Float64Array(), bias: new Float64Array() };

/** Numbers of 32 bits, from base64. */
export function decodeFloats(text: string): Float64Array {
  const bytes = decodeBytes(text);
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

function decodeBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The network's scores (logits) for one signal; a ReLU follows each layer but the last. */
export function scores(layers: readonly Layer[], signal: ArrayLike<number>): Float64Array {
  let values = Float64Array.from(signal);
  for (const [i, layer] of layers.entries()) {
    values = sums(layer, values);
    if (i + 1 < layers.length) for (let j = 0; j < values.length; j++) values[j] = relu(values[j]!);
  }
  return values;
}

/**
 * What a layer makes of its values, before any ReLU. A map of several channels lies flat, channel
 * after channel.
 */
export function sums(layer: Layer, x: Float64Array): Float64Array<ArrayBuffer> {
  if (layer.kind === "linear") return linear(layer, x);
  return layer.kind === "mean" ? mean(layer, x) : convolution(layer, x);
}

/** The mean of each channel over its positions. */
function mean({ inputs }: Layer, x: Float64Array) {
  const length = x.length / inputs;
  expect(Number.isInteger(length) && length > 0, `${x.length} values are no ${inputs} channels`);
  const z = new Float64Array(inputs);
  for (let c = 0; c < inputs; c++) {
    let sum = 0;
    for (let t = 0; t < length; t++) sum += x[c * length + t]!;
    z[c] = sum / length;
  }
  return z;
}

function linear({ inputs, outputs, weight, bias }: Layer, x: Float64Array) {
  expect(x.length === inputs, `${x.length} values for a layer of ${inputs}`);
  const z = new Float64Array(outputs);
  for (let o = 0; o < outputs; o++) {
    let sum = bias[o]!;
    for (let i = 0, w = o * inputs; i < inputs; i++, w++) sum += weight[w]! * x[i]!;
    z[o] = sum;
  }
  return z;
}

function convolution(
  { inputs, outputs, kernelSize, stride, weight, bias }: Layer,
  x: Float64Array,
) {
  const length = x.length / inputs;
  expect(Number.isInteger(length) && length >= kernelSize, `${x.length} values are no signal`);
  const count = Math.floor((length - kernelSize) / stride) + 1;
  const z = new Float64Array(outputs * count);
  for (let o = 0; o < outputs; o++) {
    for (let at = 0; at < count; at++) {
      let sum = bias[o]!;
      for (let c = 0; c < inputs; c++) {
        const from = c * length + at * stride;
        const w = (o * inputs + c) * kernelSize;
        for (let k = 0; k < kernelSize; k++) sum += weight[w + k]! * x[from + k]!;
      }
      z[o * count + at] = sum;
    }
  }
  return z;
}

function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new RangeError(otherwise);
}

export const relu = (value: number) => Math.max(0, value);

/** Scores as probabilities. */
export function softmax(values: ArrayLike<number>): number[] {
  const largest = Math.max(...Array.from(values));
  const powers = Array.from(values, (value) => Math.exp(value - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** The place of the largest value, the first of equals. */
export function argmax(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

/** The same network for values in another order: its first layer's columns in that order. */
export function permuteColumns(layers: readonly Layer[], order: readonly number[]): Layer[] {
  const [first, ...rest] = layers;
  expect(first?.kind === "linear" && first.inputs === order.length, "its first layer is not dense");
  const { inputs, outputs, weight } = first!;
  const permuted = weight.map((_, i) => weight[i - (i % inputs) + order[i % inputs]!]!);
  expect(permuted.length === inputs * outputs, "weights are missing");
  return [{ ...first!, weight: permuted }, ...rest];
}
