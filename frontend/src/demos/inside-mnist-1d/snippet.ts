/** The state as PyTorch: it runs as it stands and prints the demo's numbers. */

import { DATA_SET } from "../../core/sampler.ts";
import { samples } from "../../data/mnist1d.ts";
import type { CodeLine } from "../../ui/code.ts";
import { fromTemplate, type State } from "./state.ts";

export function snippet(state: State): CodeLine[] {
  return [
    ...(fromTemplate(state) ? template(state) : finished(state)),
    { code: 'for name in ("convolutional", "pooled"):', about: "output" },
    { code: '    network = trained_network(f"mnist-1d-{name}", bits=8).double()', about: "maps" },
    { code: "    scores = network(x[None, None])", about: "scores" },
    { code: "    print(scores.softmax(1)[0].tolist())", about: "output" },
  ];
}

function template({ digit, place, padding, scale, shear, noise, seed }: State): CodeLine[] {
  const { correlated, white } = DATA_SET.strengths;
  return [
    { code: "import numpy as np" },
    { code: "import torch" },
    {
      code: "from course_lib.datasets import Draws, Settings, standardise, template, transform",
    },
    { code: "from course_lib.networks import trained_network" },
    { code: "" },
    { code: `noise = np.random.RandomState(${seed})` },
    { code: "draws = Draws(", about: "input" },
    { code: `    padding=${padding},`, about: "input" },
    { code: `    scale=${scale},`, about: "input" },
    { code: `    shift=${place},`, about: "input" },
    { code: "    correlated=noise.standard_normal(72),", about: "input" },
    { code: "    white=noise.standard_normal(72),", about: "input" },
    { code: `    shear=${shear},`, about: "input" },
    { code: ")" },
    {
      code: `settings = Settings(correlated_noise=${correlated * noise}, white_noise=${white * noise})`,
    },
    {
      code: `x = torch.tensor(standardise(transform(template(${digit}), draws, settings)))`,
      about: "input",
    },
  ];
}

function finished({ sample, signal, shift }: State): CodeLine[] {
  const own = signal.length > 0;
  return [
    { code: "import torch" },
    { code: `from course_lib.datasets import ${own ? "" : "load_mnist1d, "}shift_samples` },
    { code: "from course_lib.networks import trained_network" },
    { code: "" },
    {
      code: own
        ? `x = torch.tensor([${signal.join(", ")}], dtype=torch.float64)`
        : `x = load_mnist1d().x_test[${samples()[sample]!.index}].double()`,
      about: "input",
    },
    { code: `x = shift_samples(x, ${shift})`, about: "input" },
  ];
}
