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
from course_lib.training.tasks import CLASSIFICATION, AnyExamples, Classification, Task


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
    task: Task = CLASSIFICATION
    """Which loss, which batches, which measurements."""
    most_seeds: int | None = None
    """Networks trained unless more are asked for, where that is fewer than a profile says."""
    most_evaluations: int | None = None
    """Evaluations of a run, where one costs so much that there are fewer than a profile says."""

    def build(self, seed: int) -> nn.Module:
        """Return a new network; its first weights are the seed's."""
        check_seed(seed)
        return self.network(generator=torch.Generator().manual_seed(seed))

    def layers(self, seed: int = 0) -> Layers | None:
        """Return the network's layers, or None where networks of its kind are trained singly."""
        if self.settings.clip_norm is not None or type(self.settings.optimiser).__name__ != "SGD":
            return None
        if not isinstance(self.task, Classification):
            return None
        try:
            return read_layers(self.build(seed), tensors_of(self, seed).input_shape)
        except (TypeError, NotTogetherError):
            return None

    def settings_in(self, profile: Profile) -> Settings:
        """Return the settings, cut short where a profile says so."""
        settings = profile.applied(self.settings)
        if self.most_evaluations is None or self.most_evaluations >= profile.evaluations:
            return settings
        return settings.with_(evaluate_every=max(1, settings.steps // self.most_evaluations))

    def seeds_in(self, profile: Profile) -> int:
        """Return how many networks are trained unless more or fewer are asked for."""
        return min(profile.seeds, self.most_seeds or profile.seeds)

    def identity(self, profile: Profile) -> dict[str, Any]:
        """Return what tells this recipe from others and from its own former versions."""
        plain = isinstance(self.task, Classification)
        of_its_task = {} if plain else {"task": repr(self.task)}
        return {
            "name": self.name,
            "profile": profile.name,
            "settings": self.settings_in(profile).to_plain(),
            "network": str(self.build(0)),
            "notes": list(self.notes),
            **of_its_task,
        }


@lru_cache(maxsize=64)
def examples_of(recipe: Recipe, seed: int) -> AnyExamples:
    """Return a recipe's examples; those of a seed are made once."""
    return recipe.examples(seed)


def tensors_of(recipe: Recipe, seed: int) -> Examples:
    """Return the examples of a recipe whose networks can be trained together.

    Raises
    ------
    TypeError
        If they are of another kind.
    """
    examples = examples_of(recipe, seed)
    if not isinstance(examples, Examples):
        raise TypeError(f"{recipe.name} has {type(examples).__name__}: expected Examples")
    return examples


_RECIPES: dict[str, Recipe] = {}


def register(recipe: Recipe) -> Recipe:
    """Make a recipe known by its name.

    Raises
    ------
    ValueError
        If the name is taken by another.
    """
    if _RECIPES.setdefault(recipe.name, recipe) is not recipe:
        raise ValueError(f"name={recipe.name!r}: there is a recipe of that name already")
    return recipe


def recipes() -> tuple[Recipe, ...]:
    """Return every recipe that is known, in the order in which they were made known."""
    from course_lib.training import (
        mnist1d_recipes,
        pet_recipes,
        residual_recipes,
        scene_recipes,
    )

    mnist1d_recipes.register_all()
    residual_recipes.register_all()
    scene_recipes.register_all()
    pet_recipes.register_all()
    return tuple(_RECIPES.values())


def find_recipe(name: str) -> Recipe:
    """Return the recipe of a name.

    Raises
    ------
    UnknownRecipeError
        If there is none; the message has the nearest name.
    """
    known = {recipe.name: recipe for recipe in recipes()}
    if name not in known:
        close = get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known)}"
        raise UnknownRecipeError(f"no recipe is called {name!r}; {hint}")
    return known[name]
