/** The state as PyTorch code that runs as it stands and prints the units' outputs. */

import { paddingAmounts } from "../../core/padding.ts";
import type { CodeLine } from "../../ui/code.ts";
import { allBiases, allWeights, geometry, isDense, type State } from "./state.ts";

const CALLS = { none: "", ReLU: "torch.relu", tanh: "torch.tanh", sigmoid: "torch.sigmoid" };

export function snippet(state: State): CodeLine[] {
  const call = CALLS[state.activation];
  return [
    { code: "import torch" },
    { code: "import torch.nn.functional as F" },
    { code: "" },
    ...(isDense(state) ? dense(state) : convolution(state)),
    ...(call ? [{ code: `h = ${call}(h)`, about: "output" }] : []),
    { code: "print(h.flatten().tolist())", about: "output" },
  ];
}

/** Double precision, as the page computes. */
const tensor = (values: string) => `torch.tensor(${values}, dtype=torch.float64)`;

function dense(state: State): CodeLine[] {
  const count = state.signal.length;
  const weights = allWeights(state);
  const rows = state.signal.map((_, r) => weights.slice(r * count, (r + 1) * count).join(", "));
  return [
    { code: `x = ${tensor(`[${state.signal.join(", ")}]`)}`, about: "input" },
    { code: "W = torch.tensor([", about: "kernel" },
    ...rows.map((row) => ({ code: `    [${row}],`, about: "kernel" })),
    { code: "], dtype=torch.float64)", about: "kernel" },
    { code: `b = ${tensor(`[${allBiases(state).join(", ")}]`)}`, about: "bias" },
    { code: "h = F.linear(x, W, b)", about: "output" },
  ];
}

function convolution(state: State): CodeLine[] {
  const { signal, kernel, bias, stride, dilation, padding } = state;
  const g = geometry(state);
  const { left, right } = paddingAmounts(g.kernelSize, dilation, padding);
  const mode = padding === "zeros" ? "" : `, mode="${padding}"`;
  const padded = { code: `x = F.pad(x, (${left}, ${right})${mode})`, about: "input" };
  return [
    { code: `x = ${tensor(`[[[${signal.join(", ")}]]]`)}`, about: "input" },
    { code: `w = ${tensor(`[[[${kernel.join(", ")}]]]`)}`, about: "kernel" },
    { code: `b = ${tensor(`[${bias}]`)}`, about: "bias" },
    ...(padding === "valid" ? [] : [padded]),
    { code: `h = F.conv1d(x, w, b, stride=${stride}, dilation=${dilation})`, about: "output" },
  ];
}
