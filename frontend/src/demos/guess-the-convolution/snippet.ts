/** The guess as PyTorch code: what it makes of every unit vector is a column of its matrix. */

import { paddingAmounts } from "../../core/padding.ts";
import type { CodeLine } from "../../ui/code.ts";
import type { State } from "./state.ts";

export function snippet({ length, size, stride, dilation, padding }: State): CodeLine[] {
  const { left, right } = paddingAmounts(size, dilation, padding);
  const mode = padding === "zeros" ? "" : `, mode="${padding}"`;
  const weights = Array.from({ length: size }, (_, k) => k + 1).join(", ");
  const padded = { code: `x = F.pad(x, (${left}, ${right})${mode})` };
  return [
    { code: "import torch" },
    { code: "import torch.nn.functional as F" },
    { code: "" },
    { code: `x = torch.eye(${length}, dtype=torch.float64)[:, None]  # all unit vectors` },
    { code: `w = torch.tensor([[[${weights}]]], dtype=torch.float64)` },
    ...(padding === "valid" ? [] : [padded]),
    { code: `columns = F.conv1d(x, w, stride=${stride}, dilation=${dilation})` },
    { code: "print(columns[:, 0].T.tolist())  # the matrix of your guess" },
  ];
}
