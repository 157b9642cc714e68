/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { paddingAmounts } from "../../core/padding.ts";
import type { CodeLine } from "../../ui/code.ts";
import { colourImage, type State, sizeOf } from "./state.ts";

export function snippet(state: State): CodeLine[] {
  const { filters, biases, padding, relu, muted } = state;
  const bytes = btoa(String.fromCharCode(...colourImage(state).values));
  const lines: CodeLine[] = [
    { code: "from base64 import b64decode" },
    { code: "" },
    { code: "import torch" },
    { code: "import torch.nn.functional as F" },
    { code: "" },
    { code: `pixels = b64decode("${bytes}")`, about: "input" },
    { code: "x = torch.tensor(list(pixels), dtype=torch.float64)", about: "input" },
    { code: "x = x.reshape(1, 3, 64, 64)  # red, green, blue", about: "input" },
  ];
  if (muted.length > 0)
    lines.push({ code: `x[:, [${muted.join(", ")}]] = 0  # muted`, about: "input" });
  lines.push(
    { code: `w = torch.tensor(${JSON.stringify(filters)}, dtype=torch.float64)`, about: "kernel" },
    { code: `b = torch.tensor([${biases.join(", ")}], dtype=torch.float64)`, about: "bias" },
  );
  const { left, right } = paddingAmounts(sizeOf(state), 1, padding);
  if (left + right > 0) {
    const mode = padding === "zeros" ? "" : `, mode="${padding}"`;
    lines.push({ code: `x = F.pad(x, (${left}, ${right}, ${left}, ${right})${mode})` });
  }
  lines.push({ code: "h = F.conv2d(x, w, b)", about: "output" });
  if (relu) lines.push({ code: "h = F.relu(h)", about: "output" });
  lines.push({ code: "print(h[0].tolist())", about: "output" });
  return lines;
}
