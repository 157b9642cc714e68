/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { samples } from "../../data/mnist1d.ts";
import { python } from "../../ui/actions.ts";
import type { CodeLine } from "../../ui/code.ts";
import type { State } from "./state.ts";

const ACTIVATED = { ReLU: "h.relu()", tanh: "h.tanh()", none: "h" } as const;
const GAINS = { He: "2", Glorot: "1", PyTorch: "(1 / 3)" } as const;

export function snippet(state: State): CodeLine[] {
  const { depth, width, skip, batch_norm, initialisation, activation, seed, removed } = state;
  const chosen = samples().filter((_, i) => i % 2 === 0);
  const line = (code: string, about?: string): CodeLine => (about ? { code, about } : { code });
  const branch = "f = conv1d(activated(h), draw(width, width, 3, variance=variance), padding=1)";
  const step = skip ? "h + f" : "f";
  return [
    line("import numpy as np"),
    line("import torch"),
    line("from torch.nn.functional import batch_norm, conv1d, cross_entropy"),
    line("from course_lib.datasets import load_mnist1d"),
    line(""),
    line(`chosen = ${python(chosen.map(({ index }) => index))}`, "input"),
    line("data = load_mnist1d()"),
    line("x, y = data.x_test[chosen][:, None].double(), data.y_test[chosen]", "input"),
    line(`depth, width = ${depth}, ${width}`),
    line(`random = np.random.RandomState(${seed})`),
    line(""),
    line("def draw(*shape, variance):", "weights"),
    line("    normal = torch.from_numpy(random.standard_normal(shape))", "weights"),
    line("    return (normal * variance**0.5).requires_grad_()", "weights"),
    line(""),
    line("def activated(h):", "branch"),
    ...(batch_norm ? [line("    h = batch_norm(h, None, None, training=True)", "branch")] : []),
    line(`    return ${ACTIVATED[activation]}`, "branch"),
    line(""),
    line("stem, head = draw(width, 1, 4, variance=1 / 4), draw(10, width, variance=1 / width)"),
    line(`variance = ${GAINS[initialisation]} / (3 * width)  # ${initialisation}`, "weights"),
    line("states = [conv1d(x, stem, stride=4)]"),
    line("for layer in range(1, depth + 1):"),
    line("    h = states[-1]"),
    line(`    ${branch}`, "branch"),
    removed > 0
      ? line(`    states.append(h + 0 if layer == ${removed} else ${step})`, "skip")
      : line(`    states.append(${step})`, "skip"),
    line("scores = activated(states[-1]).mean(2) @ head.T"),
    line("loss = cross_entropy(scores, y)"),
    line("gradients = torch.autograd.grad(loss, states)", "gradients"),
    line("for h, g in zip(states, gradients):"),
    line("    print(h.square().mean().sqrt().item(), g.square().mean().sqrt().item())"),
  ];
}
