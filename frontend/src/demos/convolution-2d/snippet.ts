/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { paddingAmounts } from "../../core/padding.ts";
import type { CodeLine } from "../../ui/code.ts";
import { input, type State } from "./state.ts";

export function snippet(state: State): CodeLine[] {
  const { kernel, bias, activation, stride, dilation, padding } = state;
  const image = input(state);
  const grey = state.source === "photograph" || state.source === "own";
  const lines: CodeLine[] = [];
  if (grey) lines.push({ code: "from base64 import b64decode" }, { code: "" });
  lines.push(
    { code: "import torch" },
    { code: "import torch.nn.functional as F" },
    { code: "" },
    ...(grey ? greyLevels(image.values, image.rows) : []),
  );
  if (!grey)
    lines.push({ code: `x = ${tensor(state[state.source as "numbers"])}`, about: "input" });
  lines.push({ code: `w = ${tensor(kernel)}`, about: "kernel" });
  lines.push({ code: `b = torch.tensor([${bias}], dtype=torch.float64)`, about: "kernel" });
  if (padding !== "valid") {
    const { left, right } = paddingAmounts(kernel.length, dilation, padding);
    const mode = padding === "zeros" ? "" : `, mode="${padding}"`;
    const sides = [left, right, left, right].join(", ");
    lines.push({ code: `x = F.pad(x, (${sides})${mode})`, about: "padding" });
  }
  lines.push({
    code: `z = F.conv2d(x, w, b, stride=${stride}, dilation=${dilation})`,
    about: "output",
  });
  if (activation === "ReLU") lines.push({ code: "z = F.relu(z)", about: "output" });
  lines.push({ code: "print(z[0, 0].tolist())", about: "output" });
  return lines;
}

const tensor = (rows: readonly (readonly number[])[]) =>
  `torch.tensor([[[${rows.map((row) => `[${row.join(", ")}]`).join(", ")}]]], dtype=torch.float64)`;

function greyLevels(values: Float64Array, rows: number): CodeLine[] {
  const whole = values.every((v) => Number.isInteger(v) && v >= 0 && v <= 255);
  if (!whole) {
    const list = `x = torch.tensor([${values.join(", ")}], dtype=torch.float64)`;
    return [
      { code: list, about: "input" },
      { code: `x = x.reshape(1, 1, ${rows}, -1)`, about: "input" },
    ];
  }
  const bytes = btoa(String.fromCharCode(...values));
  return [
    { code: `pixels = b64decode("${bytes}")`, about: "input" },
    { code: "x = torch.tensor(list(pixels), dtype=torch.float64)", about: "input" },
    { code: `x = x.reshape(1, 1, ${rows}, -1)`, about: "input" },
  ];
}
