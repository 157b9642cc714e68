/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import type { CodeLine } from "../../ui/code.ts";
import type { State } from "./state.ts";

export function snippet({ size, channels, maps, kernelSize }: State): CodeLine[] {
  const padding = (kernelSize - 1) / 2;
  return [
    { code: "import torch" },
    { code: "from torch import nn" },
    { code: "" },
    { code: `side, channels, maps = ${size}, ${channels}, ${maps}`, about: "size" },
    { code: "inputs, outputs = side * side * channels, side * side * maps", about: "size" },
    { code: 'with torch.device("meta"):  # shapes alone: no memory is taken' },
    { code: "    dense = nn.Linear(inputs, outputs)", about: "dense" },
    {
      code: `    convolution = nn.Conv2d(channels, maps, ${kernelSize}, padding=${padding})`,
      about: "convolution",
    },
    { code: "for layer in (dense, convolution):" },
    { code: "    print(layer.weight.numel(), layer.bias.numel())", about: "weights" },
  ];
}
