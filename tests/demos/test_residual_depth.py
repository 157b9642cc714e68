"""The demo's Python side: its traits are checked, and its numbers are torch's."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from traitlets import TraitError

from course_lib.demos import ResidualDepth
from course_lib.demos.residual_depth import (
    ACTIVATIONS,
    CHECKS,
    GUESSES,
    INITIALISATIONS,
    ten_samples,
)
from tests.demos.frontend import exported


@pytest.mark.parametrize(
    ("traits", "message"),
    [
        ({"depth": 0}, "depth is 0; expected a whole number from 1 to 50"),
        ({"depth": 2.5}, "depth is 2.5; expected a whole number"),
        ({"width": 13}, "width is 13; expected a whole number from 2 to 12"),
        ({"initialisation": "Xavier"}, "expected one of He, Glorot, PyTorch"),
        ({"activation": "relu"}, "expected one of ReLU, tanh, none"),
        ({"seed": -1}, "seed is -1; expected a whole number from 0 to 999"),
        ({"depth": 5, "layer": 6}, "layer is 6; expected a whole number from 0 to the depth, 5"),
        ({"removed": 31}, "removed is 31; expected a whole number from 0 to the depth, 30"),
        ({"guess": "vanishes"}, "expected one of shrinks, keeps its size, grows"),
        ({"skip": "yes"}, "skip"),
    ],
)
def test_what_is_impossible_is_refused_and_named(traits: dict[str, Any], message: str) -> None:
    with pytest.raises(TraitError, match=message):
        ResidualDepth(**traits)


def test_a_layer_that_is_no_longer_there_is_neither_read_nor_out() -> None:
    demo = ResidualDepth(layer=25, removed=20)
    demo.depth = 12
    assert (demo.layer, demo.removed, demo.change) == (12, 0, None)
    assert len(demo.activations) == len(demo.gradients) == 13


def test_the_page_knows_the_same_traits_and_limits() -> None:
    keys = exported("demos/residual-depth/state.ts", "KEYS")
    assert set(CHECKS) < set(keys) < set(ResidualDepth().page_state())
    limits = exported("demos/residual-depth/state.ts", "LIMITS")
    for trait, limit in limits.items():
        for value in limit.values():
            assert CHECKS[trait](trait, value) == value
        with pytest.raises(TraitError):
            CHECKS[trait](trait, limit["max"] + 1)
    assert tuple(exported("demos/residual-depth/state.ts", "GUESSES")) == GUESSES
    core = "core/residual-stack.ts"
    assert tuple(exported(core, "INITIALISATIONS")) == INITIALISATIONS
    assert tuple(exported(core, "STACK_ACTIVATIONS")) == ACTIVATIONS


def test_ten_samples_are_one_of_each_class() -> None:
    x, y = ten_samples()
    assert x.shape == (10, 1, 40)
    assert x.dtype == torch.float64
    assert y.tolist() == list(range(10))


@given(
    depth=st.integers(1, 8),
    width=st.integers(2, 6),
    skip=st.booleans(),
    batch_norm=st.booleans(),
    activation=st.sampled_from(ACTIVATIONS),
    seed=st.integers(0, 999),
)
@settings(max_examples=15, deadline=None)
def test_traits_follow_torch(
    depth: int, width: int, skip: bool, batch_norm: bool, activation: str, seed: int
) -> None:
    demo = ResidualDepth(
        depth=depth,
        width=width,
        skip=skip,
        batch_norm=batch_norm,
        activation=activation,
        seed=seed,
        layer=0,
        removed=1,
    )
    found = demo.reference()
    assert demo.activations == pytest.approx(found.activations)
    assert demo.gradients == pytest.approx(found.gradients)
    assert demo.loss == pytest.approx(found.loss)
    # The first layer hands on what the stem gives it.
    assert demo.activations[0] == pytest.approx(demo.activations[1])
    assert demo.change is not None
    assert demo.change >= 0


def test_the_first_state_shows_a_gradient_that_vanishes() -> None:
    demo = ResidualDepth()
    assert demo.gradients[0] < 1e-9 * demo.gradients[-1]
    demo.skip = True
    assert 0.1 < demo.gradients[0] / demo.gradients[-1] < 20
