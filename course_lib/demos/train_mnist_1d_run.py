"""What the page's training does, in torch: the same first weights, batches and steps.

The page draws its random numbers from a small generator that any language can follow; here it is
written out once more, so that torch can start where the page starts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor, nn

NETWORKS = ("convolutional", "fully connected")
"""The two networks that race."""

# What a seed decides, each from a stream of its own.
_STREAMS = {"convolutional": 1, "fully connected": 2, "batches": 3, "permutation": 4}

_TRAIN, _LENGTH = 4000, 40


@dataclass(frozen=True)
class Recipe:
    """How to train.

    Attributes
    ----------
    learning_rate, momentum : float
    batch_size : int
        Divides 4,000.
    halve_every : int
        The learning rate halves after each so many steps; 0: never.
    seed : int
    permuted : bool
        Whether the 40 values of every sample stand in another order, the same for all.
    """

    learning_rate: float = 0.05
    momentum: float = 0.9
    batch_size: int = 100
    halve_every: int = 800
    seed: int = 0
    permuted: bool = False


@dataclass(frozen=True, eq=False)
class Run:
    """What some steps have made of a network.

    Attributes
    ----------
    losses : list of float
        The mean loss of each step's batch, before the step.
    parameters : Tensor, shape (P,), float64
        Weights and biases in the order of torch's ``state_dict``.
    gradients : Tensor, shape (P,), float64
        Those of the last batch.
    train_error, test_error : float
        Shares of samples that are classified wrongly.
    """

    losses: list[float]
    parameters: Tensor
    gradients: Tensor
    train_error: float
    test_error: float


def mulberry32(seed: int) -> Iterator[float]:
    """Yield numbers in [0, 1), the same as the page's for the same seed (T. Ettinger, 2017)."""
    state = seed & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        t = ((t + ((t ^ (t >> 7)) * (t | 61))) ^ t) & 0xFFFFFFFF
        yield (t ^ (t >> 14)) / 2**32


def network(name: str, seed: int) -> nn.Sequential:
    """Return a network with the page's first weights, in double precision.

    Parameters
    ----------
    name : str
        One of ``NETWORKS``.
    seed : int

    Raises
    ------
    ValueError
        If there is no such network.
    """
    import torch  # takes a second, and only whoever compares needs it

    from course_lib.networks import convolutional_mnist1d, fully_connected_mnist1d

    builders = {"convolutional": convolutional_mnist1d, "fully connected": fully_connected_mnist1d}
    if name not in builders:
        raise ValueError(f"name={name!r}: expected one of {', '.join(NETWORKS)}")
    made = builders[name]().double()
    random = _stream(seed, name)
    with torch.no_grad():
        for layer in made:
            bound = 0.0
            for parameter in layer.parameters():  # the weights first, then the biases
                bound = bound or 1 / math.sqrt(parameter[0].numel())
                drawn = [bound * (2 * u - 1) for u in islice(random, parameter.numel())]
                # The page holds its weights in single precision.
                single = torch.tensor(drawn, dtype=torch.float32)
                parameter.copy_(single.reshape(parameter.shape))
    return made


def batches(seed: int, batch_size: int) -> Iterator[list[int]]:
    """Yield the indices of each batch: an epoch's samples in a new order, epoch after epoch."""
    random = _stream(seed, "batches")
    while True:
        order = _shuffled(_TRAIN, random)
        for first in range(0, _TRAIN, batch_size):
            yield order[first : first + batch_size]


def value_order(seed: int) -> list[int]:
    """Return which value of a sample stands at each place where they are permuted."""
    return _shuffled(_LENGTH, _stream(seed, "permutation"))


def train(name: str, recipe: Recipe, steps: int) -> Run:
    """Train a network as the page does.

    Parameters
    ----------
    name : str
        One of ``NETWORKS``.
    recipe : Recipe
    steps : int
        From 0.

    Returns
    -------
    run : Run
    """
    import torch
    from torch.nn import functional

    from course_lib.datasets import load_mnist1d

    data = load_mnist1d()
    order = value_order(recipe.seed) if recipe.permuted else list(range(_LENGTH))
    x_train, x_test = (x.double()[:, None, order] for x in (data.x_train, data.x_test))
    net = network(name, recipe.seed)
    optimiser = torch.optim.SGD(net.parameters(), lr=recipe.learning_rate, momentum=recipe.momentum)
    losses = []
    for step, batch in enumerate(islice(batches(recipe.seed, recipe.batch_size), steps)):
        if recipe.halve_every:
            halvings = step // recipe.halve_every
            optimiser.param_groups[0]["lr"] = recipe.learning_rate / 2**halvings
        loss = functional.cross_entropy(net(x_train[batch]), data.y_train[batch])
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        losses.append(loss.item())
    with torch.no_grad():
        train_error = (net(x_train).argmax(dim=1) != data.y_train).double().mean().item()
        test_error = (net(x_test).argmax(dim=1) != data.y_test).double().mean().item()
    given = [p.grad.flatten() for p in net.parameters() if p.grad is not None]
    return Run(
        losses=losses,
        parameters=torch.cat([p.detach().flatten() for p in net.parameters()]),
        gradients=torch.cat(given) if given else torch.empty(0),
        train_error=train_error,
        test_error=test_error,
    )


def _stream(seed: int, name: str) -> Iterator[float]:
    return mulberry32(1000 * seed + _STREAMS[name])


def _shuffled(count: int, random: Iterator[float]) -> list[int]:
    order = list(range(count))
    for i in range(count - 1, 0, -1):
        j = int(next(random) * (i + 1))
        order[i], order[j] = order[j], order[i]
    return order
