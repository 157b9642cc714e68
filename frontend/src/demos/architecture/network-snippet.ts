/** The second view as PyTorch: it runs as it stands and prints the demo's numbers. */

import { ARCHITECTURES } from "../../data/architectures.ts";
import { python } from "../../ui/actions.ts";
import type { CodeLine } from "../../ui/code.ts";
import { type NetworkState, shown, sizeFor } from "./network-state.ts";

export function networkSnippet(state: NetworkState): CodeLine[] {
  const { network, image_size, layer } = state;
  const { channels, axes, home } = ARCHITECTURES[network]!;
  const size = sizeFor(network, image_size);
  const shape = [channels, ...Array<number>(axes).fill(size)].join(", ");
  const settings = size === home ? "" : settingsFor(network, size);
  const { name } = shown(state).layers[layer]!;
  return [
    { code: "from course_lib.networks import build, summarise" },
    { code: "" },
    { code: `network = build(${python(network)}, device="meta"${settings})`, about: "network" },
    { code: `layers = summarise(network, (${shape}))`, about: "network" },
    { code: "print(sum(layer.parameters for layer in layers))", about: "parameters" },
    { code: "print(sum(layer.multiply_adds for layer in layers))", about: "multiply-adds" },
    { code: `layer = next(one for one in layers if one.name == ${python(name)})`, about: "layer" },
    { code: "print(layer.output_shape, layer.parameters)", about: "layer" },
    { code: "print(layer.multiply_adds, layer.receptive_field)", about: "layer" },
  ];
}

/** What a network must be told to take images of another size than its own. */
function settingsFor(network: string, size: number): string {
  if (network === "yolo") return `, grid=${size / 64}`;
  return /^(alexnet|vgg|scene-classifier)/.test(network) ? `, image_size=${size}` : "";
}
