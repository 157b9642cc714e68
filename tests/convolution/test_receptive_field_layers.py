from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from course_lib.convolution.padding import padding_amounts
from course_lib.convolution.receptive_field_layers import (
    Layer,
    LinearInterpolation,
    TransposedWindow,
    Window,
)
from tests.convolution.receptive_field_strategies import Pair, pairs


def sources_by_torch(module: nn.Module, length: int) -> list[tuple[int, ...]]:
    """Return what each unit of a layer with weights of 1 reads: the values that change it."""
    for parameter in module.parameters():
        nn.init.ones_(parameter)
    inputs = torch.cat([torch.zeros(1, length), torch.eye(length)])[:, None].double()
    with torch.no_grad():
        nothing, *columns = module.double()(inputs)[:, 0]
    matrix = torch.stack(columns, dim=1) - nothing[:, None]
    return [tuple(row.nonzero().flatten().tolist()) for row in matrix.abs() > 1e-9]


@settings(max_examples=200)
@given(pairs, st.integers(1, 12))
def test_a_layer_reads_what_torchs_layer_reads_and_refuses_what_torch_refuses(
    pair: Pair, length: int
) -> None:
    try:
        expected = sources_by_torch(pair.module, length)
    except (RuntimeError, AssertionError, ValueError):
        with pytest.raises(ValueError, match="expected"):
            pair.layer.output_length(length)
        return
    assert pair.layer.output_length(length) == len(expected)
    assert [pair.layer.sources(u, length) for u in range(len(expected))] == expected


@given(pairs, st.integers(-9, 9))
def test_one_step_on_a_layer_reads_one_step_on(pair: Pair, unit: int) -> None:
    units, positions = pair.layer.step
    moved = tuple(position + positions for position in pair.layer.reads(unit))
    assert pair.layer.reads(unit + units) == moved


@pytest.mark.parametrize("factor", [1, 2, 3, 5])
def test_linear_interpolation_by_any_factor_reads_what_torchs_reads(factor: int) -> None:
    layer = LinearInterpolation(factor)
    expected = sources_by_torch(nn.Upsample(scale_factor=factor, mode="linear"), 4)
    assert [layer.sources(u, 4) for u in range(layer.output_length(4))] == expected


def test_a_named_padding_gives_the_amounts_of_a_window() -> None:
    window = Window(4, dilation=3, padding=padding_amounts(4, 3, "zeros"))
    assert window.reads(0) == (-4, -1, 2, 5)
    assert window.output_length(20) == 20


def test_negative_padding_crops() -> None:
    assert Window(padding=(-2, -3)).output_length(9) == 4
    assert Window(padding=(-2, -3)).reads(0) == (2,)


def test_a_transposed_window_with_a_stride_beyond_its_kernel_leaves_units_that_read_nothing() -> (
    None
):
    assert [TransposedWindow(1, stride=2).reads(u) for u in range(4)] == [(0,), (), (1,), ()]


@pytest.mark.parametrize(
    ("kind", "arguments", "message"),
    [
        (Window, {"kernel_size": 0}, r"kernel_size=0: expected a whole number of at least 1"),
        (Window, {"stride": 1.5}, r"stride=1\.5: expected a whole number of at least 1"),
        (Window, {"dilation": -1}, r"dilation=-1: expected a whole number of at least 1"),
        (Window, {"padding": 0.5}, r"padding=0\.5: expected a whole number"),
        (Window, {"padding": (1, 2, 3)}, r"padding=\(1, 2, 3\): expected one whole number or two"),
        (Window, {"padding_mode": "valid"}, r"padding_mode='valid': expected one of zeros"),
        (Window, {"padding": -1, "padding_mode": "reflect"}, r"padding=-1, ceil_mode=False: only"),
        (Window, {"ceil_mode": True, "padding_mode": "circular"}, r"only padding_mode='zeros'"),
        (TransposedWindow, {"kernel_size": 0}, r"kernel_size=0: expected"),
        (TransposedWindow, {"stride": 2, "output_padding": 2}, r"output_padding=2: expected less"),
        (TransposedWindow, {"output_padding": -1}, r"output_padding=-1: expected a whole number"),
        (LinearInterpolation, {"factor": 0}, r"factor=0: expected a whole number of at least 1"),
    ],
)
def test_an_impossible_layer_is_refused_in_words(
    kind: type[Layer], arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        kind(**arguments)


def test_an_axis_that_is_too_short_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"length=4: .* spans 5 values, .* expected a longer axis"):
        Window(3, dilation=2).output_length(4)
    with pytest.raises(ValueError, match=r"length=1: .* covers 3 units and crops 4"):
        TransposedWindow(3, padding=2).output_length(1)
    for layer in (Window(), TransposedWindow(), LinearInterpolation(2)):
        with pytest.raises(ValueError, match=r"length=0: expected a whole number of at least 1"):
            layer.output_length(0)
