/** The state as PyTorch: it measures the receptive field by gradient and prints the demo's numbers. */

import type { CodeLine } from "../../ui/code.ts";
import type { State } from "./state.ts";

export function snippet(state: State): CodeLine[] {
  const { layers, channels, length, unit, input } = state;
  const row = unit[0] ?? layers.length;
  const lines: CodeLine[] = [
    { code: "import torch" },
    { code: "from torch import nn" },
    { code: "" },
    { code: "net = nn.Sequential(", about: "layers" },
    ...layers.map(([kernelSize, stride, dilation, padding], l) => ({
      code: `    nn.Conv1d(${l === 0 ? 1 : channels}, ${channels}, ${kernelSize}, stride=${stride}, dilation=${dilation}, padding=${padding}, bias=False),`,
      about: "layers",
    })),
    { code: ").double()", about: "layers" },
    { code: "for weight in net.parameters():  # as if all weights were 1" },
    { code: "    nn.init.constant_(weight, 1 / weight.shape[1])" },
    { code: `x = torch.zeros(1, 1, ${length}, dtype=torch.float64, requires_grad=True)` },
  ];
  if (unit.length > 0) {
    const below = row === layers.length ? "net" : `net[:${row}]`;
    lines.push(
      { code: `${below}(x)[0, 0, ${unit[1]}].backward()`, about: "unit" },
      { code: "print(x.grad.flatten().tolist())  # paths from each input", about: "unit" },
    );
  }
  if (input.length > 0) {
    lines.push(
      {
        code: `e = torch.eye(${length}, dtype=torch.float64)[${input[0]}].reshape(1, 1, -1)`,
        about: "input",
      },
      { code: "print(net(e)[0, 0].nonzero().flatten().tolist())", about: "input" },
    );
  }
  if (unit.length === 0 && input.length === 0) {
    lines.push({ code: "print(net(x).shape[-1])", about: "layers" });
  }
  return lines;
}
