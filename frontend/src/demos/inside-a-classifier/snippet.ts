/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import type { CodeLine } from "../../ui/code.ts";
import type { State } from "./state.ts";
import { RADIUS, SIDE, TONES } from "./tones.ts";

const CALLS = { "class map": "class_map", pixels: "pixel_shares", covering: "occlusion_map" };

export function snippet(state: State): CodeLine[] {
  const call = CALLS[state.explanation];
  const shuffled = state.weights !== "trained";
  const explaining = shuffled ? `${call}, shuffle_weights` : call;
  const own = state.source === "own";
  return [
    ...(own ? [{ code: "from base64 import b64decode" }] : []),
    { code: "import torch" },
    ...(own ? [] : [{ code: "from course_lib.datasets.scenes import describe, render" }]),
    { code: `from course_lib.networks import ${explaining}` },
    { code: "from course_lib.networks import page_network, trained_network" },
    { code: "" },
    ...imageLines(state),
    { code: 'network = page_network(trained_network("scene-classifier"))', about: "network" },
    ...(shuffled
      ? [
          {
            code: `network = shuffle_weights(network, layers=${state.weights === "all shuffled" ? 0 : 2})`,
            about: "network",
          },
        ]
      : []),
    { code: "with torch.no_grad():" },
    { code: "    scores = network(image[None])[0]", about: "output" },
    { code: "print(scores.softmax(0).tolist())", about: "output" },
    { code: `target = ${state.target < 0 ? "int(scores.argmax())" : state.target}` },
    { code: `print(${call}(network, image, target).tolist())`, about: "evidence" },
  ];
}

function imageLines({ source, own, index, right, down, dots }: State): CodeLine[] {
  const lines =
    source === "own"
      ? [
          `pixels = torch.tensor(list(b64decode("${own}")))`,
          `image = pixels.reshape(${SIDE}, ${SIDE}, 3).permute(2, 0, 1) / 255`,
        ]
      : [
          `scene = describe("test", "classification", ${index})`,
          "image = render(scene, dtype=torch.float32).image",
        ];
  if (right !== 0 || down !== 0) {
    lines.push(
      `rows = (torch.arange(${SIDE}) - ${down}).clamp(0, ${SIDE - 1})`.replace("- -", "+ "),
      `columns = (torch.arange(${SIDE}) - ${right}).clamp(0, ${SIDE - 1})`.replace("- -", "+ "),
      "image = image[:, rows][:, :, columns]",
    );
  }
  if (dots.length > 0) {
    const tones = TONES.map(({ rgb }) => `[${rgb.join(", ")}]`).join(", ");
    lines.push(
      `tones = torch.tensor([${tones}]) / 255`,
      `dots = [${dots.join(", ")}]`,
      `y, x = torch.meshgrid(torch.arange(${SIDE}), torch.arange(${SIDE}), indexing="ij")`,
      "for column, row, tone in zip(dots[::3], dots[1::3], dots[2::3]):",
      `    near = (x - column) ** 2 + (y - row) ** 2 <= ${RADIUS ** 2}`,
      "    image[:, near] = tones[tone][:, None]",
    );
  }
  return lines.map((code) => ({ code, about: "input" }));
}
