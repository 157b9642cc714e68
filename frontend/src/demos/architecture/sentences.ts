/** The result in words and numbers. */

import { byteSize, grouped } from "../../core/format.ts";
import { amount, BYTES, type Costs, type Quantity, type State } from "./state.ts";

export interface Row {
  name: string;
  dense: string;
  convolution: string;
}

/** Every number of both layers, exactly. */
export function rows({ precision }: State, { dense, convolution }: Costs): Row[] {
  const both = (name: string, of: (cost: Costs["dense"]) => string): Row => ({
    name,
    dense: of(dense),
    convolution: of(convolution),
  });
  const bytes = BYTES[precision];
  return [
    both("weights", (cost) => grouped(cost.weights)),
    both("biases", (cost) => grouped(cost.biases)),
    both(`their memory, ${precision}`, (cost) => byteSize((cost.weights + cost.biases) * bytes)),
    both("multiply-adds", (cost) => grouped(cost.multiplyAdds)),
    both("activations", (cost) => grouped(cost.activations)),
    both("their memory", (cost) => byteSize(cost.activations * bytes)),
  ];
}

/** One quantity, short enough for a label. */
export function label(value: number, quantity: Quantity): string {
  if (quantity === "memory") return byteSize(value);
  if (value < 100_000) return grouped(value);
  const units = ["", " thousand", " million", " billion", " trillion"];
  let power = 0;
  let rest = value;
  while (rest >= 999.5 && power < units.length - 1) {
    rest /= 1000;
    power += 1;
  }
  return `${rest.toFixed(rest >= 99.95 ? 0 : rest >= 9.995 ? 1 : 2)}${units[power]}`;
}

export function sentence(state: State, { dense, convolution }: Costs): string {
  const { size, channels, maps, kernelSize } = state;
  const inputs = size * size * channels;
  const outputs = size * size * maps;
  const ratio = dense.weights / convolution.weights;
  const compared =
    ratio >= 1
      ? `${label(Math.round(ratio), "weights")} times as many`
      : `fewer: on so small an image most of a kernel falls outside`;
  return `From ${plural(inputs, "value")} to ${plural(outputs, "value")}: the convolution has ${channels}·${maps}·${kernelSize}² = ${grouped(convolution.weights)} weights, the fully connected layer ${compared}.`;
}

export function spoken(state: State, costs: Costs): string {
  const [dense, convolution] = [costs.dense, costs.convolution].map((cost) =>
    label(amount(cost, state.quantity, state.precision), state.quantity),
  );
  return `${state.size} by ${state.size} pixels, ${state.quantity}: fully connected ${dense}, convolutional ${convolution}`;
}

function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}
