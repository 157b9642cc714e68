from __future__ import annotations

import time
import tracemalloc
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torchinfo import summary

from course_lib.convolution import units_read
from course_lib.grading import checks
from course_lib.grading.declared import KINDS, DescriptionError, Limits, build, plan
from course_lib.networks import convolutional_mnist1d

Layer = dict[str, Any]
CONV: Layer = {"kind": "conv1d", "out_channels": 15, "kernel_size": 3, "stride": 2}
RELU: Layer = {"kind": "relu"}
FLAT: Layer = {"kind": "flatten"}
MEAN: Layer = {"kind": "global_mean_pool"}
SCORES: Layer = {"kind": "linear", "out_features": 10}
LECTURE = [CONV, RELU, CONV, RELU, CONV, RELU, FLAT, SCORES]


def small(**bounds: int) -> st.SearchStrategy[dict[str, int]]:
    """Return settings from 1 (padding from 0) to the bound of each."""
    return st.fixed_dictionaries(
        {name: st.integers(0 if name == "padding" else 1, most) for name, most in bounds.items()}
    )


def kind(name: str, numbers: st.SearchStrategy[dict[str, int]]) -> st.SearchStrategy[Layer]:
    return numbers.map(lambda found: {"kind": name, **found})


on_maps = st.one_of(
    kind("conv1d", small(out_channels=6, kernel_size=5, stride=3, dilation=3, padding=4)),
    kind("max_pool1d", small(kernel_size=3)),
    kind("mean_pool1d", small(kernel_size=3, stride=3)),
    st.just(RELU),
)
networks = st.tuples(st.lists(on_maps, max_size=4), st.sampled_from([FLAT, MEAN])).map(
    lambda parts: [*parts[0], parts[1], SCORES]
)


def test_the_lectures_network_is_counted_as_on_the_slide() -> None:
    found = plan(LECTURE)
    assert found.parameters == 2_050
    assert found.multiply_adds == 10_230
    assert [row.output_shape for row in found.rows[::2]] == [(15, 19), (15, 9), (15, 4), (60,)]
    assert found.output_shape == (10,)
    assert found.receptive_field == 15


def test_a_plan_is_written_as_a_table() -> None:
    lines = str(plan(LECTURE)).split("\n")
    assert lines[1].split() == ["conv1d", "15", "×", "19", "60", "855"]
    assert lines[-2].split() == ["in", "all", "2,050", "10,230"]
    assert lines[-1] == "A unit of the last map reads 15 inputs."
    assert "map" not in str(plan([FLAT, SCORES]))


def test_the_lectures_network_is_built_layer_by_layer() -> None:
    mine, published = build(LECTURE, seed=3), convolutional_mnist1d()
    assert [type(layer) for layer in mine] == [type(layer) for layer in published]
    mine.load_state_dict(published.state_dict())
    x = torch.randn(4, 1, 40, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(mine(x), published(x))


@settings(deadline=None, max_examples=60)
@given(networks)
def test_a_plan_agrees_with_the_network_that_torch_builds(description: list[Layer]) -> None:
    try:
        found = plan(description)
    except DescriptionError:
        return
    network = build(description)
    assert found.output_shape == tuple(network(torch.zeros(1, 1, 40)).shape[1:])
    assert found.parameters == sum(p.numel() for p in network.parameters())
    counted = summary(network, input_size=(1, 1, 40), verbose=0)
    biases = sum(row.cost.bias_additions for row in found.rows)
    assert found.multiply_adds + biases == counted.total_mult_adds
    windows = [row.window for row in found.rows if row.window is not None]
    reads = units_read(windows, 0)[0] if windows else {0}
    assert found.receptive_field == max(reads) - min(reads) + 1


def test_the_first_weights_are_the_seeds_and_torchs_own_generator_stays() -> None:
    torch.manual_seed(5)
    state = torch.get_rng_state()
    first, again, other = build(LECTURE, seed=1), build(LECTURE, seed=1), build(LECTURE, seed=2)
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.equal(first[0].weight, again[0].weight)
    assert not torch.equal(first[0].weight, other[0].weight)


def test_numpys_whole_numbers_and_tuples_will_do() -> None:
    layer = {**CONV, "out_channels": np.int64(4)}
    assert plan((layer,)).output_shape == (4, 19)
    assert plan([{"kind": "max_pool1d", "kernel_size": 4}]).output_shape == (1, 10)


def test_every_kind_is_built_as_torchs() -> None:
    settings = {"out_channels": 2, "out_features": 3, "kernel_size": 4}
    for name, kind in KINDS.items():
        layer = {"kind": name} | {needed: settings[needed] for needed in kind.needs}
        before = [] if name != "linear" else [FLAT]
        assert isinstance(build([*before, layer])[-1], nn.Module)


@pytest.mark.parametrize(
    ("description", "words"),
    [
        (None, "described by a list of layers, but this is None"),
        ("conv1d", "described by a list of layers"),
        (nn.Linear(2, 3), "described by a list of layers, but this is Linear("),
        ([], "has no layers"),
        ([RELU] * 41, "41 layers, expected at most 40"),
        ([RELU, "flatten"], "layer 2 is 'flatten', expected a dict"),
        ([{"out_channels": 3}], 'layer 1 has no "kind"'),
        ([{"kind": "conv2d"}], "layer 1 is of kind 'conv2d', expected one of conv1d, relu"),
        ([{"kind": ["relu"]}], "is of kind ['relu']"),
        ([{"kind": "relu", "slope": 1}], "layer 1 (relu): it has no 'slope'; it has no numbers"),
        ([{**CONV, "channels": 3}], "it has out_channels, kernel_size, stride, dilation, padding"),
        ([{**CONV, 3: 3}], "it has no 3"),
        ([{"kind": "conv1d", "kernel_size": 3}], 'layer 1 (conv1d): "out_channels" is missing'),
        ([{**CONV, "stride": 0}], "stride is 0, expected a whole number from 1 to 1,000"),
        ([{**CONV, "padding": -1}], "padding is -1, expected a whole number from 0"),
        ([{**CONV, "stride": True}], "stride is True, expected a whole number"),
        ([{**CONV, "stride": 2.0}], "stride is 2.0, expected a whole number"),
        ([{**CONV, "padding": "same"}], "padding is 'same', expected a whole number"),
        ([{**CONV, "stride": 10**5000}], "stride is an object of type int, expected"),
        ([{**CONV, "kernel_size": 41}], "(conv1d): its window covers 41 places, but"),
        ([{"kind": "mean_pool1d", "kernel_size": 41}], "its window covers 41 places, but"),
        ([CONV, SCORES], "(linear): it reads one row of numbers, but gets 15 channels of 19"),
        ([FLAT, CONV], "layer 2 (conv1d): it reads channels of values, but gets one row of 40"),
        ([MEAN, {"kind": "max_pool1d", "kernel_size": 1}], "belongs before the flatten"),
        ([FLAT, {"kind": "linear", "out_features": 1000}, {"kind": "linear", "out_features": 100}],
         "layer 3 (linear): with it the network has 141,100 parameters, and no more than 100,000"),
        ([{**CONV, "out_channels": 600, "stride": 1}], "22,800 activations, and no more than"),
        ([{"kind": "conv1d", "out_channels": 150, "kernel_size": 1}] * 3,
         "layer 3 (conv1d): with it the network has 1,806,000 multiply-adds"),
        ([{"kind": "conv1d", "out_channels": 150, "kernel_size": 1},
          {"kind": "max_pool1d", "kernel_size": 20, "stride": 1}],
         "layer 2 (max_pool1d): with it the network has 63,000 values to pool"),
    ],
)  # fmt: skip
def test_what_describes_no_network_is_refused_in_plain_words(description: Any, words: str) -> None:
    with pytest.raises(DescriptionError) as caught:
        build(description)
    assert words in str(caught.value)


def test_a_refusal_is_a_failed_check_and_a_bad_value() -> None:
    assert issubclass(DescriptionError, checks.Wrong)
    assert issubclass(DescriptionError, ValueError)


def test_no_description_takes_memory_or_time_before_it_is_refused() -> None:
    worst: list[list[Layer]] = [
        [{"kind": "conv1d", "out_channels": 1000, "kernel_size": 1000, "padding": 1000}] * 40,
        [{"kind": "conv1d", "out_channels": 1, "kernel_size": 1, "padding": 1000}] * 40,
        [{"kind": "conv1d", "out_channels": 1, "kernel_size": 1000, "padding": 1000}] * 40,
        [FLAT, *[{"kind": "linear", "out_features": 1000}] * 39],
        [
            {"kind": "conv1d", "out_channels": 1, "kernel_size": 1, "padding": 1000},
            *[{"kind": "max_pool1d", "kernel_size": 50, "stride": 1}] * 39,
        ],
    ]
    tracemalloc.start()
    start = time.perf_counter()
    for description in worst:
        with pytest.raises(DescriptionError):
            plan(description)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.perf_counter() - start < 1
    assert peak < 2**20


def test_limits_of_a_labs_own_are_kept() -> None:
    limits = Limits(parameters=2_050)
    assert plan(LECTURE, limits=limits).parameters == 2_050
    with pytest.raises(DescriptionError, match="2,050 parameters, and no more than 2,049"):
        plan(LECTURE, limits=Limits(parameters=2_049))
