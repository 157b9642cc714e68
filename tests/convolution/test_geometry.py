from typing import Any

import pytest
import torch
from hypothesis import given, settings
from torch import nn

from course_lib.convolution import (
    kernel_span,
    output_length,
    output_size,
    parameter_count,
    taps,
)
from tests.convolution.strategies import Problem, problems
from tests.golden import torch_oracle


@settings(deadline=None, max_examples=100)
@given(problems())
def test_the_output_length_is_the_length_of_torchs_output(p: Problem) -> None:
    length, size = p.x.shape[-1], p.weight.shape[-1]
    options = {k: v for k, v in p.options.items() if k != "groups"}
    try:
        expected = torch_oracle.convolution(p.x, p.weight, None, **p.options).shape[-1]
    except RuntimeError:
        with pytest.raises(ValueError, match="expected"):
            output_length(length, size, **options)
    else:
        assert output_length(length, size, **options) == expected


def test_stride_1_keeps_the_length_under_all_paddings_but_valid() -> None:
    for padding in ("zeros", "reflect", "replicate", "circular"):
        assert output_length(12, 5, dilation=2, padding=padding) == 12
    assert output_length(12, 5, dilation=2, padding="valid") == 4


def test_the_span_counts_the_first_and_the_last_tap() -> None:
    assert [kernel_span(3, d) for d in (1, 2, 3)] == [3, 5, 7]
    assert kernel_span(1, 9) == 1


def test_taps_say_where_each_weight_reads_and_what_it_finds() -> None:
    assert taps(0, 4, 3, dilation=2) == [(-2, None), (0, 0), (2, 2)]
    assert taps(1, 4, 3, stride=3, padding="circular") == [(2, 2), (3, 3), (4, 0)]
    assert taps(1, 4, 3, padding="valid") == [(1, 1), (2, 2), (3, 3)]
    assert taps(0, 4, 3, padding=2) == [(-2, None), (-1, None), (0, 0)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"length": 5, "kernel_size": 5, "dilation": 2, "padding": "valid"},
            r"kernel_size=5 with dilation=2 spans 9 values, but the signal has length 5 and "
            r"padding='valid' adds none",
        ),
        (
            {"length": 4, "kernel_size": 9, "padding": 2},
            r"the signal has length 4 and padding=2 adds 4: expected a span of at most 8",
        ),
        ({"length": 4, "kernel_size": 3, "padding": -1}, r"padding=-1: expected no negative numb"),
        ({"length": 4, "kernel_size": 3, "padding": 1.5}, r"padding=1\.5: expected one of zeros"),
        ({"length": 4, "kernel_size": 9, "padding": "reflect"}, r"can mirror at most 3"),
        ({"length": 4, "kernel_size": 11, "padding": "circular"}, r"can wrap round only once"),
        ({"length": 0, "kernel_size": 3}, r"the signal has no values"),
        ({"length": 3, "kernel_size": 0}, r"the kernel has no weights"),
        ({"length": -1, "kernel_size": 3}, r"length=-1: expected a whole number of at least 1"),
        ({"length": 3, "kernel_size": 3, "stride": 0}, r"stride=0: expected a whole number"),
        ({"length": 3, "kernel_size": 3, "stride": 1.5}, r"stride=1\.5: expected a whole number"),
        ({"length": 3, "kernel_size": 3, "dilation": 0}, r"dilation=0: expected a whole number"),
        ({"length": 3, "kernel_size": 3, "padding": "same"}, r"padding='same': expected one of"),
    ],
)
def test_an_impossible_combination_is_refused_in_words(
    arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        output_length(**arguments)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("channels", "groups"), [((1, 1), 1), ((3, 5), 1), ((6, 4), 2)])
def test_parameters_are_counted_as_torch_counts_them(
    channels: tuple[int, int], groups: int, bias: bool
) -> None:
    layer = nn.Conv1d(*channels, kernel_size=3, groups=groups, bias=bias)
    expected = sum(p.numel() for p in layer.parameters())
    assert parameter_count(*channels, 3, groups=groups, bias=bias) == expected


def test_parameters_of_an_impossible_layer_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="in_channels=0: expected"):
        parameter_count(0, 1, 3)
    with pytest.raises(ValueError, match="groups=2: expected a divisor of both in_channels=3"):
        parameter_count(3, 4, 3, groups=2)


def test_whole_numbers_from_a_tensor_or_an_array_are_whole_numbers() -> None:
    assert output_length(torch.zeros(5).numpy().size, 3, stride=2) == 3
    assert output_length(torch.arange(6).numpy()[5], 3, stride=2) == 3


@pytest.mark.parametrize("name", ["kernel_size", "stride", "dilation"])
def test_true_is_no_whole_number(name: str) -> None:
    chosen = {"kernel_size": 3} | {name: True}
    with pytest.raises(ValueError, match=f"{name}=True"):
        output_length(9, **chosen)
    with pytest.raises(ValueError, match=f"{name}=True"):
        output_size((9, 9), **chosen)
