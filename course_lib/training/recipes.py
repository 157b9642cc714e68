"""A recipe is all that a trained network depends on but its seed; recipes are found by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Protocol

import torch
from torch import nn

from course_lib.training.checks import check_seed
from course_lib.training.ensembles import Layers, NotTogetherError, read_layers
from course_lib.training.examples import Examples
from course_lib.training.profiles import Profile
from course_lib.training.settings import Settings
from course_lib.training.tasks import CLASSIFICATION, AnyExamples, Task


class UnknownRecipeError(ValueError):
    """There is no recipe of that name."""


class NetworkBuilder(Protocol):
    """Makes a network whose first weights come from a generator."""

    def __call__(self, *, generator: torch.Generator) -> nn.Module:
        """Return a new network."""


@dataclass(frozen=True)
class Recipe:
    """A network, the examples it learns from, and how."""

    name: str
    """CHAPTER/NAME, such as "mnist-1d/convolutional-lecture"."""
    title: str
    """One line for a list."""
    network: NetworkBuilder
    examples: Callable[[int], AnyExamples]
    """From the seed, which matters where a permutation or a subset is drawn."""
    settings: Settings
    notes: tuple[str, ...] = ()
    """What a record should say beside settings and network, such as the initialisation."""
