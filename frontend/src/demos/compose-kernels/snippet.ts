/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { addedZeros } from "../../core/composition.ts";
import { paddingAmounts } from "../../core/padding.ts";
import type { CodeLine } from "../../ui/code.ts";
import { kernelsOf, STAGES, type State } from "./state.ts";

export function snippet(state: State): CodeLine[] {
  const kernels = kernelsOf(state);
  const { padding, relu, signal } = state;
  const tensor = (values: readonly number[]) =>
    `torch.tensor([[[${values.join(", ")}]]], dtype=torch.float64)`;
  const padded = (x: string, { left, right }: { left: number; right: number }) =>
    left + right === 0 ? x : `F.pad(${x}, (${left}, ${right}))`;
  const stages = kernels.map((kernel, i): CodeLine => {
    const input = padded(i === 0 ? "x" : "z", paddingAmounts(kernel.length, 1, padding));
    const after = relu && i < kernels.length - 1 ? ".relu()" : "";
    return { code: `z = F.conv1d(${input}, ${STAGES[i]})${after}`, about: "stages" };
  });
  const compositions = kernels.slice(1).map((kernel, i): CodeLine => {
    const room = kernel.length - 1;
    const left = i === 0 ? "first" : "composed";
    const code = `composed = F.conv1d(F.pad(${left}, (${room}, ${room})), ${STAGES[i + 1]}.flip(-1))`;
    return { code, about: "composed" };
  });
  return [
    { code: "import torch" },
    { code: "import torch.nn.functional as F" },
    { code: "" },
    { code: `x = ${tensor(signal)}`, about: "input" },
    ...kernels.map((kernel, i) => ({ code: `${STAGES[i]} = ${tensor(kernel)}`, about: "kernels" })),
    ...stages,
    { code: "print(z.flatten().tolist())", about: "stages" },
    ...compositions,
    { code: "print(composed.flatten().tolist())", about: "composed" },
    {
      code: `one = F.conv1d(${padded("x", addedZeros(kernels, padding))}, composed)`,
      about: "one",
    },
    { code: "print(one.flatten().tolist())", about: "one" },
  ];
}
