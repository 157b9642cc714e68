/** The state as PyTorch: it runs as it stands, from the page's weights and batches. */

import type { CodeLine } from "../../ui/code.ts";
import type { State } from "./state.ts";

/** Lines that stand as they are; the word before the first space says what they speak of. */
export function snippet(state: State, steps: number): CodeLine[] {
  const { learning_rate: rate, momentum, batch_size: size, seed, permuted } = state;
  const code = `import math, torch
from torch import nn
from course_lib.datasets import load_mnist1d

def random(seed):  # the page's numbers: Mulberry32
    while True:
        seed = (seed + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((seed ^ (seed >> 15)) * (seed | 1)) & 0xFFFFFFFF
        t = ((t + ((t ^ (t >> 7)) * (t | 61))) ^ t) & 0xFFFFFFFF
        yield (t ^ (t >> 14)) / 2**32

def shuffled(count, draws):
    order = list(range(count))
    for i in range(count - 1, 0, -1):
        j = int(next(draws) * (i + 1))
        order[i], order[j] = order[j], order[i]
    return order

def convolutional():
    return nn.Sequential(
        nn.Conv1d(1, 15, 3, stride=2), nn.ReLU(),
        nn.Conv1d(15, 15, 3, stride=2), nn.ReLU(),
        nn.Conv1d(15, 15, 3, stride=2), nn.ReLU(),
        nn.Flatten(), nn.Linear(60, 10))

def fully_connected():
    return nn.Sequential(
        nn.Flatten(), nn.Linear(40, 285), nn.ReLU(), nn.Linear(285, 135), nn.ReLU(),
        nn.Linear(135, 60), nn.ReLU(), nn.Linear(60, 10))

data = load_mnist1d()
x_train, x_test = data.x_train[:, None], data.x_test[:, None]
${permuted ? `order = shuffled(40, random(${1000 * seed + 4}))\nx_train, x_test = x_train[..., order], x_test[..., order]\n` : ""}for stream, build in enumerate((convolutional, fully_connected), 1):
    net, draws = build(), random(${1000 * seed} + stream)
    for layer in net:
        for p in layer.parameters():
            bound = 1 / math.sqrt(layer.weight[0].numel())
            first = [bound * (2 * next(draws) - 1) for _ in range(p.numel())]
            p.data = torch.tensor(first).reshape(p.shape)
    sgd = torch.optim.SGD(net.parameters(), lr=${rate}, momentum=${momentum})
    draws = random(${1000 * seed + 3})
    for step in range(${steps}):
${state.halve_every ? `        sgd.param_groups[0]["lr"] = ${rate} / 2 ** (step // ${state.halve_every})\n` : ""}        if step % ${4000 / size} == 0:
            order = shuffled(4000, draws)
        batch = order[step % ${4000 / size} * ${size}:][:${size}]
        loss = nn.functional.cross_entropy(net(x_train[batch]), data.y_train[batch])
        sgd.zero_grad()
        loss.backward()
        sgd.step()
    errors = (net(x_test).argmax(dim=1) != data.y_test).double().mean()
    print(build.__name__, loss.item(), errors.item())`;
  return code.split("\n").map((line) => ({ code: line, ...about(line) }));
}

const ABOUT: readonly [RegExp, string][] = [
  [/nn\.Conv1d\(1, /, "kernels"],
  [/nn\.Conv1d|nn\.Linear\(60, 10\)\)$/, "maps"],
  [/loss\.backward/, "gradient"],
  [/errors =/, "test"],
];

function about(line: string): { about?: string } {
  const found = ABOUT.find(([pattern]) => pattern.test(line));
  return found ? { about: found[1] } : {};
}
