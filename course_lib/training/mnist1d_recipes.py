"""The recipes of MNIST-1D: three networks, two settings, permuted values and fewer examples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import torch
from torch import nn

from course_lib.training.examples import Examples
from course_lib.training.optimisers import SGD
from course_lib.training.recipes import Recipe, register
from course_lib.training.schedules import Constant, StepDecay
from course_lib.training.settings import Settings

LECTURE = Settings(steps=100_000, schedule=Constant(0.01), batch_size=100)
"""Slides, "MNIST-1D convolutional network": 100,000 steps of plain SGD."""

NOTEBOOK = Settings(
    steps=4000,
    schedule=StepDecay(0.05, every=20 * 40),  # epochs of 40 batches
    batch_size=100,
    optimiser=SGD(momentum=0.9),
)
"""Prince, *Understanding Deep Learning*, notebook 10.2: 100 epochs with momentum."""

SUBSETS = (250, 500, 1000, 2000)
"""Numbers of training examples of the recipes on data efficiency, beside all 4,000."""

_NETWORKS = {
    "convolutional": "convolutional",
    "fully-connected": "fully connected",
    "pooled": "convolutional with a global mean pool",
}
_SETTINGS = {
    # name → settings, initialisation (see `networks.initialise`), in words
    "lecture": (LECTURE, "torch", "the lecture's setting"),
    "notebook": (NOTEBOOK, "notebook-10.2", "the textbook notebook's setting"),
}


@dataclass(frozen=True)
class Builder:
    """Makes one of the three networks."""

    kind: str
    initialisation: str

    def __call__(self, *, generator: torch.Generator) -> nn.Module:
        """Return a new network."""
        from course_lib.networks.mnist_1d import (
            convolutional_mnist1d,
            fully_connected_mnist1d,
            pooled_mnist1d,
        )

        makers: dict[str, Callable[..., nn.Module]] = {
            "convolutional": convolutional_mnist1d,
            "fully-connected": fully_connected_mnist1d,
            "pooled": pooled_mnist1d,
        }
        return makers[self.kind](initialisation=self.initialisation, generator=generator)


@cache
def _published() -> Examples:
    from course_lib.datasets import load_mnist1d

    data = load_mnist1d()
    return Examples(data.x_train[:, None], data.y_train, data.x_test[:, None], data.y_test)


def all_examples(seed: int) -> Examples:
    """Return the 4,000 training and 1,000 test examples, x of shape (N, 1, 40)."""
    del seed
    return _published()


def permuted_examples(seed: int) -> Examples:
    """Return all examples with their values in another order, one order for all of a seed."""
    from course_lib.datasets import permutation, permute_signal

    whole = _published()
    order = permutation(whole.input_shape[-1], seed)
    return Examples(
        permute_signal(whole.x_train, order),
        whole.y_train,
        permute_signal(whole.x_test, order),
        whole.y_test,
    )


@dataclass(frozen=True)
class SubsetExamples:
    """Takes some of the training examples, others for each seed, and all test examples."""

    count: int

    def __call__(self, seed: int) -> Examples:
        """Return the examples of a seed."""
        return _published().subset(self.count, seed)


@cache
def register_all() -> None:
    """Make the recipes known."""
    for setting, (settings, initialisation, words) in _SETTINGS.items():
        note = (f"initialisation {initialisation}",)
        for kind, kind_words in _NETWORKS.items():
            name, builder = f"mnist-1d/{kind}-{setting}", Builder(kind, initialisation)
            title = f"MNIST-1D, {kind_words}, {words}"
            register(Recipe(name, title, builder, all_examples, settings, note))
            register(
                Recipe(
                    f"{name}-permuted",
                    f"{title}, values permuted",
                    builder,
                    permuted_examples,
                    settings,
                    (*note, "values permuted, one order a seed"),
                )
            )
            for count in SUBSETS if setting == "notebook" else ():
                register(
                    Recipe(
                        f"{name}-{count}",
                        f"{title}, {count} training examples",
                        builder,
                        SubsetExamples(count),
                        settings,
                        (*note, f"{count} training examples, others for each seed"),
                    )
                )
