/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { placement } from "../../core/augmentation.ts";
import { python } from "../../ui/actions.ts";
import type { CodeLine } from "../../ui/code.ts";
import { type State, VIEW } from "./state.ts";
import { SIDE } from "./subject.ts";

export function snippet(state: State): CodeLine[] {
  const [a, b, c, d, x, y] = placement(state).map((v) => Number(v.toFixed(12)));
  const { contrast, brightness, colour, cutout, cutout_x, cutout_y } = state;
  const scene = state.picture === "scene";
  const side = scene ? SIDE : VIEW;
  const image = scene
    ? `render(describe("test", "classification", ${state.index}), ${SIDE}).image`
    : `picture(${python(state.picture)})`;
  const lines: CodeLine[] = [
    { code: "import torch" },
    { code: "from torch.nn.functional import affine_grid, grid_sample" },
    ...(scene
      ? [
          { code: "from course_lib.datasets.scenes import describe, render" },
          { code: "from course_lib.demos.augmentation_page import colour_components" },
          { code: "from course_lib.networks import page_network, trained_network" },
        ]
      : [{ code: "from course_lib.demos.augmentation_page import colour_components, picture" }]),
    { code: "" },
    { code: "torch.set_default_dtype(torch.float64)" },
    { code: `image = ${image}.double()[None] - 127.5`, about: "source" },
    {
      code: `theta = torch.tensor([[[${a}, ${c}, ${x}], [${b}, ${d}, ${y}]]])`,
      about: "crop",
    },
    {
      code: `grid = affine_grid(theta, [1, 3, ${side}, ${side}], align_corners=False)`,
      about: "view",
    },
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
      { code: `at = (torch.arange(${side}) + 0.5) / ${side}`, about: "cutout" },
      { code: `rows = (at - ${cutout_y}).abs() < ${cutout / 2}`, about: "cutout" },
      { code: `columns = (at - ${cutout_x}).abs() < ${cutout / 2}`, about: "cutout" },
      { code: "view[:, rows[:, None] & columns] = 127.5", about: "cutout" },
    );
  }
  if (!scene) return [...lines, { code: "print(view[:, 8, 8].tolist())", about: "view" }];
  return [
    ...lines,
    { code: 'network = page_network(trained_network("scene-classifier")).double()' },
    { code: "print(network(view[None] / 255)[0].softmax(0).tolist())", about: "answer" },
  ];
}
