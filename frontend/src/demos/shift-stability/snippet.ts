/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { samples } from "../../data/mnist1d.ts";
import type { CodeLine } from "../../ui/code.ts";
import type { State } from "./state.ts";

export function snippet({ sample, signal, shift }: State): CodeLine[] {
  return [
    { code: "import torch" },
    { code: "from course_lib.datasets import load_mnist1d, shift_samples" },
    { code: "from course_lib.networks import trained_network" },
    { code: "" },
    {
      code:
        signal.length > 0
          ? `x = torch.tensor([${signal.join(", ")}])`
          : `x = load_mnist1d().x_test[${samples()[sample]!.index}]`,
      about: "input",
    },
    { code: `x = shift_samples(x, ${shift})`, about: "input" },
    { code: 'for name, bits in (("fully-connected", 5), ("convolutional", 8)):' },
    { code: '    network = trained_network(f"mnist-1d-{name}", bits=bits)' },
    { code: "    scores = network(x[None, None])", about: "output" },
    { code: "    print(scores.softmax(1)[0].tolist())", about: "output" },
  ];
}
