"""The demo's traits, and the training in torch that the page is held to."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

import pytest
import torch
from traitlets import TraitError

from course_lib.demos import TrainMNIST1D
from course_lib.demos.train_mnist_1d import BATCH_SIZES, CHECKS, CURVES, GUESSES
from course_lib.demos.train_mnist_1d_run import (
    NETWORKS,
    Recipe,
    batches,
    mulberry32,
    network,
    train,
    value_order,
)
from tests.demos.frontend import SOURCE, exported, first_frames, run_node

STATE = "demos/train-mnist-1d/state.ts"


@pytest.mark.parametrize(
    ("trait", "value", "allowed"),
    [
        ("learning_rate", -1, "a number from 0 to 10"),
        ("learning_rate", float("nan"), "a number from 0 to 10"),
        ("learning_rate", "0.1", "a number from 0 to 10"),
        ("momentum", 1, "a number from 0 to 0.999"),
        ("momentum", True, "a number"),
        ("batch_size", 64, "10, 25, 100, 400"),
        ("batch_size", True, "10, 25, 100, 400"),
        ("halve_every", -1, "a whole number from 0 to 100000"),
        ("steps", 0, "a whole number from 1 to 100000"),
        ("steps", 1.5, "a whole number"),
        ("seed", 1000, "a whole number from 0 to 999"),
        ("guess", "both", "'about equal'"),
        ("curve", "accuracy", "'error', 'loss'"),
        ("sample", None, "a whole number from 0 to 999"),
        ("kernel", 15, "a whole number from 0 to 14"),
        ("tap", -1, "a whole number from 0 to 2"),
    ],
)
def test_an_impossible_trait_is_refused_with_what_is_allowed(
    trait: str, value: Any, allowed: str
) -> None:
    demo = TrainMNIST1D()
    before = getattr(demo, trait)
    with pytest.raises(TraitError, match=rf"^{trait} is .*expected.*{allowed}"):
        setattr(demo, trait, value)
    assert getattr(demo, trait) == before


def test_the_limits_of_the_page_are_those_of_python() -> None:
    limits = exported(STATE, "LIMITS")
    for trait, given in limits.items():
        keywords = CHECKS[trait].keywords  # type: ignore[attr-defined]
        assert given == {"min": keywords["at_least"], "max": keywords["at_most"]}, trait
    assert set(CHECKS) - set(limits) == {"batch_size", "guess", "curve"}
    assert tuple(exported(STATE, "BATCH_SIZES")) == BATCH_SIZES
    assert ("", *exported(STATE, "GUESSES")) == GUESSES
    assert tuple(exported(STATE, "CURVES")) == CURVES


def test_the_traits_of_the_page_are_traits_of_python() -> None:
    state = TrainMNIST1D().page_state()
    assert set(exported(STATE, "KEYS")) == set(state) - {"output", "title", "hint"}


def test_a_seed_gives_python_the_page_s_weights_batches_and_permutation() -> None:
    address = (SOURCE / "core/networks.ts").as_uri()
    code = (
        f"import {{ epochs, firstParameters, pixelOrder }} from {address!r};"
        " const first = [...firstParameters('convolutional', 12)];"
        " const epoch = epochs(12); epoch();"
        " console.log(JSON.stringify([first, [...epoch()].slice(0, 25), pixelOrder(12)]));"
    )
    weights, batch, order = json.loads(run_node("--input-type=module", "--eval", code))
    made = torch.cat([p.flatten() for p in network("convolutional", 12).parameters()])
    assert made.tolist() == weights
    assert next(islice(batches(12, 25), 160, None)) == batch
    assert value_order(12) == order


def test_the_first_weights_are_spread_as_in_a_new_layer_of_torch() -> None:
    layer = network("fully connected", 3)[1]
    bound = 40**-0.5
    assert layer.weight.abs().max() <= bound
    assert layer.weight.std().item() == pytest.approx(bound / 3**0.5, rel=0.02)
    assert next(mulberry32(0)) == 0.26642920868471265


def test_an_epoch_takes_every_sample_once() -> None:
    drawn = batches(5, 400)
    first = [index for batch in islice(drawn, 10) for index in batch]
    second = [index for batch in islice(drawn, 10) for index in batch]
    assert sorted(first) == sorted(second) == list(range(4000))
    assert first != second


def test_an_unknown_network_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="expected one of convolutional, fully connected"):
        network("recurrent", 0)


def test_the_reference_takes_no_step_or_a_few() -> None:
    demo = TrainMNIST1D(batch_size=10, seed=1)
    none = demo.reference(steps=0)
    assert set(none) == set(NETWORKS)
    assert none["convolutional"].losses == []
    assert none["convolutional"].test_error > 0.7
    some = demo.reference(steps=3)
    assert len(some["fully connected"].losses) == 3
    assert len(some["fully connected"].parameters) == 59_065
    with pytest.raises(ValueError, match="steps=-1: expected at least 0"):
        demo.reference(steps=-1)


def test_the_learning_rate_of_the_reference_halves() -> None:
    whole, halved = (
        train("convolutional", Recipe(momentum=0, halve_every=every), 2) for every in (0, 1)
    )
    start = torch.cat([p.detach().flatten() for p in network("convolutional", 0).parameters()])
    one = train("convolutional", Recipe(momentum=0, halve_every=0), 1).parameters
    assert whole.losses == halved.losses
    assert not torch.equal(one, start)
    assert torch.allclose(whole.parameters - one, 2 * (halved.parameters - one))


def test_the_first_frame_shows_empty_curves_and_untrained_kernels() -> None:
    [html] = first_frames([TrainMNIST1D(seed=2, permuted=True)])
    assert "Nothing is trained yet" in html
    assert html.count("<svg") == 6
    assert "59,065" in html
    for word in ("NaN", "Infinity", "undefined"):
        assert word not in html
