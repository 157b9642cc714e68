"""The recipes of chapter 11: plain and residual networks of several depths on MNIST-1D."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import torch
from torch import nn

from course_lib.networks.residual_runs import DEPTHS, WIDTH, run_name
from course_lib.training.mnist1d_recipes import all_examples
from course_lib.training.optimisers import SGD
from course_lib.training.recipes import Recipe, register
from course_lib.training.schedules import Cosine
from course_lib.training.settings import Settings

STEPS = 400

SETTINGS = Settings(
    steps=STEPS,
    schedule=Cosine(0.1, steps=STEPS),
    batch_size=100,
    optimiser=SGD(momentum=0.9),
    clip_norm=1.0,
)
"""Ten epochs, the same for every network.

Without batch normalisation the gradients of a deep residual network are thousands of times as
large as those of a shallow one; clipped, they take the same step.
"""

EVALUATIONS = 4
"""Of a run: looking at 5,000 examples takes as long as many steps."""


@dataclass(frozen=True)
class Builder:
    """Makes one of the networks."""

    depth: int
    skip: bool
    batch_norm: bool

    def __call__(self, *, generator: torch.Generator) -> nn.Module:
        """Return a new network."""
        from course_lib.networks.initialisation import initialise
        from course_lib.networks.residual import signal_resnet

        network = signal_resnet(self.depth, width=WIDTH, skip=self.skip, batch_norm=self.batch_norm)
        initialise(network, "he", generator)
        return network


@cache
def register_all() -> None:
    """Make the recipes known."""
    for batch_norm in (False, True):
        for depth in DEPTHS:
            for skip in (False, True):
                words = "with" if batch_norm else "without"
                kind = "residual" if skip else "plain"
                register(
                    Recipe(
                        f"residual/{run_name(depth, skip=skip, batch_norm=batch_norm)}",
                        f"MNIST-1D, {kind}, {depth} layers, {words} batch normalisation",
                        Builder(depth, skip, batch_norm),
                        all_examples,
                        SETTINGS,
                        ("initialisation he",),
                        evaluations=EVALUATIONS,
                    )
                )
