from dataclasses import replace

import pytest
import torch

from course_lib.datasets import load_mnist1d
from course_lib.training import (
    FAST,
    FULL,
    SGD,
    Constant,
    Examples,
    History,
    Settings,
    StepDecay,
    UnknownRecipeError,
    find_profile,
    find_recipe,
    recipes,
    register,
)
from tests.training.problems import small_examples


def test_the_lectures_setting_is_the_slides() -> None:
    for kind, parameters in (
        ("convolutional", 2050),
        ("fully-connected", 59_065),
        ("pooled", 1600),
    ):
        recipe = find_recipe(f"mnist-1d/{kind}-lecture")
        assert FULL.applied(recipe.settings) == Settings(100_000, Constant(0.01), 100, SGD())
        assert sum(p.numel() for p in recipe.build(0).parameters()) == parameters


def test_the_notebooks_setting_is_a_hundred_epochs_of_forty_batches() -> None:
    settings = find_recipe("mnist-1d/convolutional-notebook").settings
    assert settings.steps == 100 * 4000 // 100
    assert settings.schedule == StepDecay(0.05, every=20 * 40, factor=0.5)
    assert settings.optimiser == SGD(momentum=0.9)


def test_the_fast_profile_stops_short_and_the_full_one_looks_a_hundred_times() -> None:
    lecture = find_recipe("mnist-1d/convolutional-lecture").settings
    assert FAST.applied(lecture).steps == 1000
    assert FULL.applied(lecture).evaluate_every == 1000
    assert FAST.applied(lecture.with_(steps=5)).evaluate_every == 1
    assert FULL.seeds == 20


