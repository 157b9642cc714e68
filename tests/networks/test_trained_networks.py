"""The networks that ship: each is what its record says, and the results are what they were."""

from __future__ import annotations

from statistics import mean

import pytest
import torch
from torch import nn

from course_lib.datasets import load_mnist1d, shift_samples
from course_lib.networks import (
    TRAINED,
    permutation_results,
    quantise_layer,
    trained_network,
    trained_path,
)
from course_lib.networks.trained_networks import MNIST_1D_TRAINED
from course_lib.training import classification_metrics, find_recipe, load_network
from course_lib.training.recipes import tensors_of


@pytest.mark.parametrize("name", MNIST_1D_TRAINED)
def test_a_network_is_as_good_as_its_record_says(name: str) -> None:
    network = TRAINED[name]()
    record = load_network(trained_path(name), network)
    recipe = find_recipe(record.recipe["name"])
    examples = tensors_of(recipe, record.seed)
    found = classification_metrics(network, examples)
    # A sample on the border of two classes may fall to either side on another processor.
    assert found["test_error"] == pytest.approx(record.metrics["test_error"], abs=0.003)
    assert found["train_error"] == pytest.approx(record.metrics["train_error"], abs=0.002)


@pytest.mark.parametrize(
    ("name", "bits"), [*((name, 8) for name in MNIST_1D_TRAINED), ("mnist-1d-fully-connected", 5)]
)
def test_a_few_bits_a_weight_change_little(name: str, bits: int) -> None:
    recipe = find_recipe(load_network(trained_path(name), TRAINED[name]()).recipe["name"])
    examples = tensors_of(recipe, 0)
    whole = classification_metrics(trained_network(name), examples)["test_error"]
    rounded = classification_metrics(trained_network(name, bits=bits), examples)["test_error"]
    assert rounded == pytest.approx(whole, abs=0.01)


def test_a_rounded_weight_is_off_by_half_a_step_at_most() -> None:
    layer = nn.Linear(20, 6)
    with torch.no_grad():
        layer.weight[3] = 0
    quantised = quantise_layer(layer)
    off = (quantised.weight - layer.weight).abs()
    assert bool((off <= quantised.steps[:, None] / 2 + 1e-7).all())
    assert quantised.weight[3].abs().sum() == 0
    assert quantised.codes.dtype == torch.int8
    with pytest.raises(ValueError, match="expected one with biases"):
        quantise_layer(nn.Linear(2, 2, bias=False))
    with pytest.raises(ValueError, match="bits=1: expected 2 to 8"):
        quantise_layer(layer, 1)


@pytest.mark.parametrize("bits", [2, 6, 8])
def test_a_row_uses_all_whole_numbers_that_its_bits_have(bits: int) -> None:
    codes = quantise_layer(nn.Linear(20, 6), bits).codes
    assert codes.abs().amax(1).tolist() == [2 ** (bits - 1) - 1] * 6


def test_the_results_are_of_at_least_ten_seeds_and_say_what_the_chapter_says() -> None:
    runs = permutation_results()["runs"]
    error = {name.removeprefix("mnist-1d/"): run["test_error"] for name, run in runs.items()}
    assert all(len(errors) >= 10 for errors in error.values())
    dense = error["fully-connected-notebook"], error["fully-connected-notebook-permuted"]
    assert abs(mean(dense[0]) - mean(dense[1])) < 0.02
    assert max(error["convolutional-notebook"]) < min(error["fully-connected-notebook"])
    assert min(error["convolutional-notebook-permuted"]) > max(dense[1])


def test_the_results_of_seed_0_are_those_of_the_networks_that_ship() -> None:
    results, data = permutation_results(), load_mnist1d()
    for kind in ("convolutional", "fully-connected"):
        run = results["runs"][f"mnist-1d/{kind}-notebook"]
        network = trained_network(f"mnist-1d-{kind}")
        for shift in (-7, 0, 3):
            guesses = network(shift_samples(data.x_test, shift)[:, None]).argmax(1)
            found = (guesses != data.y_test).double().mean().item()
            kept = run["shift_error"][0][results["shifts"].index(shift)]
            assert found == pytest.approx(kept, abs=0.003)


def test_an_unknown_network_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(ValueError, match="did you mean 'mnist-1d-convolutional'"):
        trained_network("mnist1d-convolutional")
    with pytest.raises(ValueError, match="bits=9: expected 32, or 2 to 8"):
        trained_network("mnist-1d-convolutional", bits=9)
