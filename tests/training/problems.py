"""Small networks and examples that train in no time."""

import torch
from torch import Tensor, nn

from course_lib.training import SGD, BatchOrder, Examples, Settings
from course_lib.training.schedules import Constant


def small_examples(
    *, seed: int = 0, length: int = 10, count: int = 60, dtype: torch.dtype = torch.float32
) -> Examples:
    """Return examples of three classes that differ in their means."""
    generator = torch.Generator().manual_seed(seed)
    y = torch.arange(count + 30) % 3
    x = torch.randn(count + 30, 1, length, generator=generator, dtype=dtype) + y[:, None, None]
    return Examples(x[:count], y[:count], x[count:], y[count:])


def small_network(*, generator: torch.Generator, dtype: torch.dtype = torch.float32) -> nn.Module:
    """Return a network of every layer that an ensemble knows, for `small_examples`."""
    network = nn.Sequential(
        nn.Conv1d(1, 4, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.Conv1d(4, 5, 2, dilation=2, bias=False),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(15, 3),
    ).to(dtype)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(0.4 * torch.randn(parameter.shape, generator=generator, dtype=dtype))
    return network


def build(seed: int, dtype: torch.dtype = torch.float32) -> nn.Module:
    return small_network(generator=torch.Generator().manual_seed(seed), dtype=dtype)


SMALL = Settings(30, Constant(0.1), batch_size=10, optimiser=SGD(0.5), evaluate_every=10)


def plain_loop(
    network: nn.Module, examples: Examples, settings: Settings, seed: int
) -> list[float]:
    """Train as every tutorial does, in the course's order of batches; return each step's loss."""
    assert isinstance(settings.optimiser, SGD)
    order = BatchOrder(len(examples.x_train), settings.batch_size, seed)
    optimiser = torch.optim.SGD(
        network.parameters(),
        lr=1.0,
        momentum=settings.optimiser.momentum,
        weight_decay=settings.optimiser.weight_decay,
    )
    losses = []
    for step in range(settings.steps):
        optimiser.param_groups[0]["lr"] = settings.schedule(step)
        batch = order(step)
        optimiser.zero_grad()
        loss = nn.functional.cross_entropy(
            network(examples.x_train[batch]), examples.y_train[batch]
        )
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses


def weights(network: nn.Module) -> list[Tensor]:
    return [p.detach().clone() for p in network.parameters()]


def largest_difference(a: nn.Module, b: nn.Module) -> float:
    pairs = zip(a.parameters(), b.parameters(), strict=True)
    return max(float((p - q).detach().abs().max()) for p, q in pairs)
