/** The state as PyTorch: it runs as it stands and prints the demo's boxes. */

import type { CodeLine } from "../../ui/code.ts";
import { imageLines, sceneImports } from "../scene/snippet.ts";
import type { State } from "./state.ts";

export function snippet(state: State): CodeLine[] {
  const { network, threshold, overlap } = state;
  const scenes = sceneImports(state);
  return [
    ...(scenes.length > 0 ? [] : [{ code: "from base64 import b64decode" }]),
    { code: "import torch" },
    ...(scenes.length > 0
      ? [{ code: `from course_lib.datasets.scenes import ${scenes.join(", ")}` }]
      : []),
    { code: "from course_lib.detection import Grid, decode_grid, squash, suppress" },
    { code: "from course_lib.networks import page_network, trained_network" },
    { code: "" },
    ...imageLines(state),
    {
      code: `network = page_network(trained_network("scenes/detector-${network}"))`,
      about: "network",
    },
    { code: "grid = Grid(6, 2, 10)" },
    { code: "cells = squash(network(image), grid)", about: "network" },
    { code: "(boxes,) = decode_grid(cells, (96, 96), grid)" },
    {
      code: `found = suppress(boxes, score_threshold=${threshold}, iou_threshold=${overlap})`,
      about: "output",
    },
    { code: "print(found.boxes.tolist())", about: "output" },
    { code: "print(found.scores.tolist(), found.classes.tolist())", about: "output" },
  ];
}
