/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { paddingAmounts } from "../../core/padding.ts";
import type { CodeLine } from "../../ui/code.ts";
import { geometry, type State } from "./state.ts";

export function snippet(state: State): CodeLine[] {
  const { signals, kernels, biases, relu, padding } = state;
  const { left, right } = paddingAmounts(geometry(state).kernelSize, 1, padding);
  const lines: CodeLine[] = [
    { code: "import torch" },
    { code: "import torch.nn.functional as F" },
    { code: "" },
    { code: "x = torch.tensor([[  # one example, C_in channels, L values", about: "input" },
    ...signals.map((signal) => ({ code: `    [${signal.join(", ")}],`, about: "input" })),
    { code: "]], dtype=torch.float64)", about: "input" },
    { code: "w = torch.tensor([  # C_out filters, C_in slices, K weights", about: "kernel" },
    ...kernels.map((filter) => ({
      code: `    [${filter.map((slice) => `[${slice.join(", ")}]`).join(", ")}],`,
      about: "kernel",
    })),
    { code: "], dtype=torch.float64)", about: "kernel" },
    { code: `b = torch.tensor([${biases.join(", ")}], dtype=torch.float64)`, about: "bias" },
  ];
  if (padding === "zeros") {
    lines.push({ code: `x = F.pad(x, (${left}, ${right}))`, about: "padding" });
  }
  lines.push({ code: "h = F.conv1d(x, w, b)", about: "output" });
  if (relu) lines.push({ code: "h = F.relu(h)", about: "output" });
  lines.push({ code: "print(h[0].tolist())", about: "output" });
  return lines;
}
