/** The image of a state as Python: it runs as it stands. */

import type { CodeLine } from "../../ui/code.ts";
import { type SceneState, SIDE, sceneOf } from "./state.ts";

/** What to import from the scenes, by name. */
export function sceneImports({ source, scene }: SceneState): string[] {
  if (source === "own") return [];
  return [scene === null ? "describe" : "Description", "render"];
}

/** Lines that make `image`, of shape (1, 3, 96, 96), and of a scene `scene` with what is true. */
export function imageLines(state: SceneState): CodeLine[] {
  if (state.source === "own") {
    const shape = `reshape(${SIDE}, ${SIDE}, 3).permute(2, 0, 1)`;
    return [
      { code: `pixels = b64decode("${state.own}")`, about: "input" },
      { code: `image = torch.tensor(list(pixels)).${shape}[None] / 255`, about: "input" },
    ];
  }
  const description =
    state.scene === null
      ? `describe("test", "detection", ${state.index})`
      : `Description.from_json(r'${JSON.stringify(sceneOf(state))}')`;
  return [
    { code: `scene = render(${description}, dtype=torch.float32)`, about: "input" },
    { code: "image = scene.image[None]", about: "input" },
  ];
}
