/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { placement } from "../../core/augmentation.ts";
import { python } from "../../ui/actions.ts";
import type { CodeLine } from "../../ui/code.ts";
import type { State } from "./state.ts";

export function snippet(state: State): CodeLine[] {
  const [a, b, c, d, x, y] = placement(state).map((v) => Number(v.toFixed(12)));
  const { contrast, brightness, colour, cutout, cutout_x, cutout_y } = state;
  const lines: CodeLine[] = [
    { code: "import torch" },
    { code: "from torch.nn.functional import affine_grid, grid_sample" },
    { code: "from course_lib.demos.augmentation_page import colour_components, picture" },
    { code: "" },
    { code: "torch.set_default_dtype(torch.float64)" },
    { code: `image = picture(${python(state.picture)}).double()[None] - 127.5`, about: "source" },
    {
      code: `theta = torch.tensor([[[${a}, ${c}, ${x}], [${b}, ${d}, ${y}]]])`,
      about: "crop",
    },
    { code: "grid = affine_grid(theta, [1, 3, 16, 16], align_corners=False)", about: "view" },
    { code: "view = grid_sample(image, grid, align_corners=False)[0]", about: "view" },
    { code: "variances, vectors = (torch.tensor(v) for v in colour_components())" },
    {
      code: `shift = 255 * (torch.tensor(${python(colour)}) * variances) @ vectors`,
      about: "colour",
    },
    { code: `view = view * ${contrast} + 127.5 + ${brightness} + shift[:, None, None]` },
    { code: "view = view.clamp(0, 255)", about: "view" },
  ];
  if (cutout > 0) {
    lines.push(
      { code: "at = (torch.arange(16) + 0.5) / 16", about: "cutout" },
      { code: `rows = (at - ${cutout_y}).abs() < ${cutout / 2}`, about: "cutout" },
      { code: `columns = (at - ${cutout_x}).abs() < ${cutout / 2}`, about: "cutout" },
      { code: "view[:, rows[:, None] & columns] = 127.5", about: "cutout" },
    );
  }
  return [...lines, { code: "print(view[:, 8, 8].tolist())", about: "view" }];
}
