/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import type { CodeLine } from "../../ui/code.ts";
import { computed, SIDE, type State } from "./state.ts";

const python = (rows: readonly (readonly number[])[]) =>
  `[${rows.map((row) => `[${row.join(", ")}]`).join(", ")}]`;

export function snippet(state: State): CodeLine[] {
  return [...encoding(state), ...(state.view === "loss" ? loss(state) : [])];
}

function encoding({ cells, boxes }: State): CodeLine[] {
  return [
    { code: "import torch" },
    { code: "" },
    { code: `S = ${cells}`, about: "grid" },
    { code: `boxes = torch.tensor(${python(boxes)}, dtype=torch.float64)`, about: "object" },
    { code: "centre = (boxes[:, :2] + boxes[:, 2:]) / 2", about: "object" },
    { code: `cell = (centre * S / ${SIDE}).floor()  # column, row`, about: "grid" },
    { code: `xy = centre * S / ${SIDE} - cell`, about: "object" },
    { code: `wh = (boxes[:, 2:] - boxes[:, :2]) / ${SIDE}`, about: "object" },
    { code: "print(torch.cat([cell.flip(1), xy, wh], dim=1).tolist())  # row, column, x, y, w, h" },
  ];
}

function loss(state: State): CodeLine[] {
  const { boxes_per_cell: count, predicted, confidences, probability, class_count } = state;
  const { holder, quiet } = computed(state);
  return [
    { code: "" },
    { code: `t = ${holder}  # the object that the cell answers for`, about: "object" },
    {
      code: `told = torch.tensor(${python(predicted.slice(0, count))}, dtype=torch.float64)`,
      about: "predicted",
    },
    {
      code: `confidence = torch.tensor([${confidences.slice(0, count).join(", ")}], dtype=torch.float64)`,
      about: "predicted",
    },
    { code: "low = torch.maximum(told[:, :2], boxes[t, :2])" },
    { code: "high = torch.minimum(told[:, 2:], boxes[t, 2:])" },
    { code: "shared = (high - low).clamp(min=0).prod(dim=1)" },
    { code: "area = (told[:, 2:] - told[:, :2]).prod(dim=1)" },
    { code: "union = area + (boxes[t, 2:] - boxes[t, :2]).prod() - shared" },
    { code: "iou = shared / union" },
    { code: "j = iou.argmax()  # the responsible box", about: "predicted" },
    { code: `xy_j = (told[j, :2] + told[j, 2:]) / 2 * S / ${SIDE} - cell[t]` },
    { code: `wh_j = (told[j, 2:] - told[j, :2]) / ${SIDE}` },
    {
      code: `p = torch.full((${class_count},), (1 - ${probability}) / ${class_count - 1}).double()`,
    },
    { code: `p[0] = ${probability}  # the right class, say, is the first` },
    { code: "one_hot = torch.zeros_like(p)" },
    { code: "one_hot[0] = 1" },
    { code: "others = confidence.square().sum() - confidence[j] ** 2" },
    { code: "terms = [" },
    { code: "    5 * (xy_j - xy[t]).square().sum(),  # centre" },
    { code: "    5 * (wh_j.sqrt() - wh[t].sqrt()).square().sum(),  # size" },
    { code: "    (confidence[j] - iou[j]) ** 2,  # confidence where it answers" },
    { code: `    0.5 * (others + ${quiet} * ${state.background} ** 2),  # of all others` },
    { code: "    (p - one_hot).square().sum(),  # classes" },
    { code: "]" },
    { code: "print([term.item() for term in terms])" },
  ];
}
