/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import type { CodeLine } from "../../ui/code.ts";
import { TOLERANCE } from "./answers.ts";
import { STORED } from "./networks.ts";
import type { State } from "./state.ts";

export function snippet({ index, skips }: State): CodeLine[] {
  const off = skips.flatMap((on, level) => (on ? [] : [level]));
  return [
    { code: "from course_lib.datasets import describe, render" },
    { code: "from course_lib.networks import page_network, trained_network" },
    { code: "from course_lib.segmentation import boundary_f, confusion_matrix, mean_iou" },
    { code: "" },
    { code: `scene = render(describe("test", "segmentation", ${index}), 96)`, about: "image" },
    { code: "x, truth = scene.image[None] / 255, scene.mask[None]", about: "image" },
    { code: 'whole = page_network(trained_network("scene-u-net"), "byte")' },
    ...(STORED.without
      ? [{ code: 'without = page_network(trained_network("scene-u-net-without-skips"), "byte")' }]
      : []),
    {
      code: `for scores in (whole(x), whole(x, ablate=[${off.join(", ")}])${STORED.without ? ", without(x)" : ""}):`,
    },
    { code: "    classes = scores.argmax(dim=1)", about: "maps" },
    { code: "    iou = mean_iou(confusion_matrix(classes, truth, 11))", about: "table" },
    {
      code: `    f = boundary_f(classes, truth, 11, tolerance=${TOLERANCE}).nanmean()`,
      about: "table",
    },
    { code: "    print(iou, f.item())", about: "table" },
  ];
}
