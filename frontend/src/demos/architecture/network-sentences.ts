/** A network, its layers and two networks side by side, in words and numbers. */

import type { Described, Layer, Totals } from "../../core/architecture.ts";
import { byteSize, grouped } from "../../core/format.ts";
import { ARCHITECTURES } from "../../data/architectures.ts";
import { label } from "./sentences.ts";

/** "VGG-16, 224 × 224". */
export function networkName(name: string, size: number): string {
  const { title, axes } = ARCHITECTURES[name]!;
  return `${title}, ${axes === 2 ? `${size} × ${size}` : `${size} values`}`;
}

/** Who holds the parameters, and who does the work. */
export function shareSentence({ layers, totals }: Described): string {
  const dense = layers.filter((layer) => layer.kind === "dense");
  const sum = (key: "parameters" | "multiplyAdds") =>
    dense.reduce((total, layer) => total + layer[key], 0) / totals[key];
  const memory = byteSize(4 * totals.parameters);
  if (dense.length === 0) {
    return `No fully-connected layer. The parameters take ${memory} in float32.`;
  }
  const [held, done] = [percent(sum("parameters")), percent(sum("multiplyAdds"))];
  const subject =
    dense.length === 1
      ? "The fully-connected layer holds"
      : `The ${dense.length} fully-connected layers hold`;
  const does = dense.length === 1 ? "does" : "do";
  return `${subject} ${held} of the parameters and ${does} ${done} of the multiply-adds. The parameters take ${memory} in float32.`;
}

/** How the second network compares with the first. */
export function ratioSentence(first: Totals, second: Totals, title: string): string {
  const times = (key: keyof Totals) => {
    const ratio = second[key] / first[key];
    return ratio >= 1 ? `${factor(ratio)} times the` : `1/${factor(1 / ratio)} of the`;
  };
  return `${title} has ${times("parameters")} parameters, and does ${times("multiplyAdds")} multiply-adds.`;
}

/** One layer: what it is, and how its numbers come about. */
export function layerLines(layer: Layer, totals: Totals, sides: number, axes: number): string[] {
  const { arithmetic, shape, parameters, multiplyAdds } = layer;
  const head = `${layer.name}: ${kindOf(layer)}, output ${shape.join(" × ")}`;
  const reads = readsOf(layer, sides, axes);
  if (!arithmetic) {
    const own =
      parameters > 0
        ? `${grouped(parameters)} parameters, a scale and a shift for each channel.`
        : "No parameters.";
    return [`${head}.`, own, reads];
  }
  const { inputs, outputs, kernel, groups, bias } = arithmetic;
  const power = axes === 2 ? "²" : "";
  const taps = kernel === 1 ? "" : `·${kernel}${power}`;
  const share = groups === 1 ? "" : `/${groups} groups`;
  const counted = `${grouped(inputs)}·${grouped(outputs)}${taps}${share}${bias ? ` + ${grouped(outputs)}` : ""}`;
  const positions = Math.round(multiplyAdds / (parameters - (bias ? outputs : 0)));
  const places = positions === 1 ? "used once" : `used at ${grouped(positions)} positions`;
  return [
    `${head}.`,
    `Parameters: ${counted} = ${grouped(parameters)}, ${percent(parameters / totals.parameters)} of all.`,
    `Multiply-adds: every weight is ${places}, so ${grouped(multiplyAdds)}, ${percent(multiplyAdds / totals.multiplyAdds)} of all.`,
    reads,
  ];
}

/** What a layer is, in a few words. */
export function kindOf({ kind, arithmetic }: Layer, axes = 2): string {
  if (!arithmetic || kind === "dense") return kind === "dense" ? "fully connected" : kind;
  const { kernel, stride, groups, inputs } = arithmetic;
  const size = axes === 2 ? `${kernel}×${kernel}` : `${kernel}`;
  const what =
    kind === "transposed"
      ? "transposed"
      : groups === inputs && groups > 1
        ? "depthwise"
        : "convolution";
  return `${what} ${size}${stride > 1 ? `, stride ${stride}` : ""}${groups > 1 && groups < inputs ? `, ${groups} groups` : ""}`;
}

function readsOf({ reads }: Layer, size: number, axes: number): string {
  if (reads === null) return "";
  const field = axes === 2 ? `${grouped(reads)} × ${grouped(reads)}` : grouped(reads);
  const inputs = axes === 2 ? "pixels" : "inputs";
  const beyond = reads > size ? `, padding included: more than the ${size} there are` : "";
  return `One unit reads ${field} ${inputs}${beyond}.`;
}

export function percent(share: number): string {
  const value = 100 * share;
  if (value === 0) return "0 %";
  if (value < 0.1) return "< 0.1 %";
  return `${value.toFixed(1)} %`;
}

/** A count short enough for a cell. */
export function brief(value: number): string {
  return label(value, "weights")
    .replace(" thousand", " k")
    .replace(" million", " M")
    .replace(" billion", " G");
}

const factor = (ratio: number) => (ratio >= 9.95 ? String(Math.round(ratio)) : ratio.toFixed(1));
