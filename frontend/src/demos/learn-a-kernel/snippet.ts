/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { paddingAmounts } from "../../core/padding.ts";
import type { CodeLine } from "../../ui/code.ts";
import { lesson, type State } from "./state.ts";

export function snippet(state: State): CodeLine[] {
  const { signal, start, rate, step } = state;
  const { left, right } = paddingAmounts(start.length, 1, "zeros");
  const { target } = lesson(state).task;
  return [
    { code: "import torch" },
    { code: "import torch.nn.functional as F" },
    { code: "" },
    { code: `x = torch.tensor([[[${signal.join(", ")}]]], dtype=torch.float64)`, about: "input" },
    { code: `x = F.pad(x, (${left}, ${right}))`, about: "input" },
    { code: `t = torch.tensor([[[${target.join(", ")}]]], dtype=torch.float64)`, about: "target" },
    { code: `w = torch.tensor([[[${start.join(", ")}]]], dtype=torch.float64)`, about: "kernel" },
    { code: "w.requires_grad_()", about: "kernel" },
    { code: `sgd = torch.optim.SGD([w], lr=${rate})` },
    { code: "" },
    { code: `for _ in range(${step}):` },
    { code: "    sgd.zero_grad()" },
    { code: "    loss = F.mse_loss(F.conv1d(x, w), t)", about: "output" },
    { code: "    loss.backward()", about: "gradient" },
    { code: "    sgd.step()", about: "kernel" },
    { code: "print(w.flatten().tolist())", about: "kernel" },
  ];
}
