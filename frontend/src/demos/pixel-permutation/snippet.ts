/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { samples } from "../../data/mnist1d.ts";
import type { CodeLine } from "../../ui/code.ts";
import type { State } from "./state.ts";

export function snippet({ sample, signal, view, training }: State): CodeLine[] {
  const own = signal.length > 0;
  const permuted = training === "permuted";
  const lines: CodeLine[] = [
    { code: "import torch" },
    { code: "from course_lib.datasets import inverse, load_mnist1d, permutation" },
    { code: "from course_lib.networks import trained_network" },
    { code: "" },
    {
      code: own
        ? `x = torch.tensor([${signal.join(", ")}])`
        : `x = load_mnist1d().x_test[${samples()[sample]!.index}]`,
      about: "input",
    },
    { code: "order = permutation(40, seed=0)", about: "order" },
  ];
  if (view !== "plain") lines.push({ code: "x = x[order]", about: "order" });
  if (view === "un-permuted") lines.push({ code: "x = x[inverse(order)]", about: "order" });
  const suffix = permuted ? "-permuted" : "";
  lines.push(
    { code: 'dense = trained_network("mnist-1d-fully-connected", bits=5)', about: "dense" },
    {
      code: `convolutional = trained_network("mnist-1d-convolutional${suffix}", bits=8)`,
      about: "convolutional",
    },
  );
  if (permuted) {
    lines.push({
      code: "dense[1].weight.data = dense[1].weight.data[:, order]",
      about: "dense",
    });
  }
  lines.push(
    { code: "for network in (dense, convolutional):", about: "output" },
    { code: "    scores = network(x[None, None])", about: "output" },
    { code: "    print(scores.softmax(1)[0].tolist())", about: "output" },
  );
  return lines;
}
