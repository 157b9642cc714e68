/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import type { CodeLine } from "../../ui/code.ts";
import { imageLines, sceneImports } from "../scene/snippet.ts";
import type { State } from "./state.ts";

/** The networks as `trained_network` knows them. */
export const TRAINED: Readonly<Record<string, string>> = {
  "U-Net": "u-net",
  "encoder–decoder": "encoder-decoder",
};

export function snippet(state: State): CodeLine[] {
  const scenes = sceneImports(state);
  const known = scenes.length > 0;
  return [
    ...(known ? [] : [{ code: "from base64 import b64decode" }]),
    { code: "import torch" },
    ...(known ? [{ code: `from course_lib.datasets.scenes import ${scenes.join(", ")}` }] : []),
    { code: "from course_lib.networks import page_network, trained_network" },
    ...(known
      ? [
          {
            code: "from course_lib.segmentation import confusion_matrix, mean_iou, pixel_accuracy",
          },
        ]
      : []),
    { code: "" },
    ...imageLines(state),
    {
      code: `network = page_network(trained_network("scene-${TRAINED[state.network]}"), "byte")`,
      about: "network",
    },
    { code: "scores = network(image)", about: "network" },
    { code: "classes = scores.argmax(dim=1)[0]", about: "output" },
    ...(known
      ? [
          { code: "confusion = confusion_matrix(classes, scene.mask, 11)", about: "errors" },
          { code: "print(mean_iou(confusion), pixel_accuracy(confusion))", about: "errors" },
        ]
      : []),
    {
      code: `print(scores[0, :, ${state.row}, ${state.column}].softmax(0).tolist())`,
      about: "pixel",
    },
  ];
}
