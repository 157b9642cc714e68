/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import type { CodeLine } from "../../ui/code.ts";
import { computed, type State } from "./state.ts";

const python = (rows: readonly (readonly number[])[]) =>
  `[${rows.map((row) => `[${row.join(", ")}]`).join(", ")}]`;

export function snippet(state: State): CodeLine[] {
  const lines = [...overlaps(state)];
  if (state.view === "overlap") {
    lines.push({ code: `print(iou(boxes, boxes)[${state.selected}, ${state.partner}].item())` });
  } else lines.push(...survivors(state));
  if (state.view === "precision and recall") lines.push(...curve(state));
  return lines;
}

const overlaps = ({ boxes }: State): CodeLine[] => [
  { code: "import torch" },
  { code: "" },
  { code: `boxes = torch.tensor(${python(boxes)}, dtype=torch.float64)`, about: "box" },
  { code: "" },
  { code: "" },
  { code: "def iou(a, b):" },
  { code: "    low = torch.maximum(a[:, None, :2], b[:, :2])" },
  { code: "    high = torch.minimum(a[:, None, 2:], b[:, 2:])" },
  { code: "    shared = (high - low).clamp(min=0).prod(dim=2)" },
  { code: "    area_a, area_b = ((x[:, 2:] - x[:, :2]).prod(dim=1) for x in (a, b))" },
  { code: "    union = area_a[:, None] + area_b - shared" },
  { code: "    return shared / union.where(union > 0, 1)" },
  { code: "" },
  { code: "" },
];

const survivors = ({ scores, labels, threshold, overlap, by_class }: State): CodeLine[] => [
  { code: `scores = torch.tensor([${scores.join(", ")}], dtype=torch.float64)`, about: "box" },
  { code: `labels = torch.tensor([${labels.join(", ")}])`, about: "box" },
  { code: "left = scores.argsort(descending=True, stable=True)" },
  { code: `left = left[scores[left] >= ${threshold}]` },
  { code: "kept = []" },
  { code: "while len(left):" },
  { code: "    best, left = left[0], left[1:]" },
  { code: "    kept.append(best.item())", about: "kept" },
  { code: `    gone = iou(boxes[best][None], boxes[left])[0] > ${overlap}` },
  ...(by_class ? [{ code: "    gone &= labels[left] == labels[best]" }] : []),
  { code: "    left = left[~gone]" },
  { code: "print(kept)", about: "kept" },
];

function curve(state: State): CodeLine[] {
  const { truths, label } = computed(state);
  const mine = truths.filter((truth) => truth.label === label).map(({ box }) => box);
  const lines: CodeLine[] = [
    { code: "" },
    {
      code: `truths = torch.tensor(${python(mine)}, dtype=torch.float64).reshape(-1, 4)  # of class ${label}`,
    },
    { code: `mine = [k for k in kept if labels[k] == ${label}]` },
    { code: "found, right = set(), []" },
    { code: "for k in mine:" },
    {
      code: "    value, t = (iou(boxes[k][None], truths)[0]).max(dim=0) if len(truths) else (0, 0)",
    },
    {
      code: `    right.append(len(truths) > 0 and value.item() >= ${state.least} and t.item() not in found)`,
    },
    { code: "    if right[-1]:" },
    { code: "        found.add(t.item())" },
    { code: "hits = torch.tensor(right).double().cumsum(dim=0)" },
    { code: "precision = hits / torch.arange(1, len(right) + 1)" },
    { code: "print(precision.tolist())" },
    { code: "print((hits / len(truths)).tolist())  # recall" },
  ];
  return lines;
}
