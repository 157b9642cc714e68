/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { paddingAmounts } from "../../core/padding.ts";
import type { CodeLine } from "../../ui/code.ts";
import { geometry, type State } from "./state.ts";

const MODES = {
  zeros: "constant",
  reflect: "reflect",
  replicate: "replicate",
  circular: "circular",
};

export function snippet(state: State): CodeLine[] {
  const { signal, kernel, stride, dilation, padding, shift } = state;
  const g = geometry(state);
  const { left, right } = paddingAmounts(g.kernelSize, dilation, padding);
  const lines: CodeLine[] = [
    { code: "import torch" },
    { code: "import torch.nn.functional as F" },
    { code: "" },
    { code: `x = torch.tensor([[[${signal.join(", ")}]]], dtype=torch.float64)`, about: "input" },
    { code: `w = torch.tensor([[[${kernel.join(", ")}]]], dtype=torch.float64)`, about: "kernel" },
  ];
  if (shift !== 0 && padding === "circular") {
    lines.push({ code: `x = torch.roll(x, ${shift}, dims=-1)`, about: "input" });
  } else if (Math.abs(shift) >= signal.length) {
    lines.push({ code: "x = torch.zeros_like(x)  # all moved out", about: "input" });
  } else if (shift !== 0) {
    lines.push({ code: `x = F.pad(x, (${shift}, ${-shift}))  # move`, about: "input" });
  }
  if (padding !== "valid") {
    const mode = padding === "zeros" ? "" : `, mode="${MODES[padding]}"`;
    lines.push({ code: `x = F.pad(x, (${left}, ${right})${mode})`, about: "padding" });
  }
  lines.push({
    code: `z = F.conv1d(x, w, stride=${stride}, dilation=${dilation})`,
    about: "output",
  });
  lines.push({ code: "print(z.flatten().tolist())", about: "output" });
  return lines;
}
