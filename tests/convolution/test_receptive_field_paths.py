from math import isclose, sqrt

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from course_lib.convolution.receptive_field_chain import receptive_field, units_read
from course_lib.convolution.receptive_field_layers import Layer, TransposedWindow, Window
from course_lib.convolution.receptive_field_paths import path_counts, path_width
from tests.convolution.receptive_field_strategies import pairs

windows = st.builds(
    Window, st.integers(1, 4), st.integers(1, 3), st.integers(1, 3), st.integers(0, 2)
)


@given(st.lists(windows, min_size=1, max_size=4))
def test_the_counts_are_the_kernels_convolved_at_their_jumps(layers: list[Window]) -> None:
    expected, jump = np.ones(1, dtype=int), 1
    for layer in layers:
        kernel = np.zeros(jump * layer.dilation * (layer.kernel_size - 1) + 1, dtype=int)
        kernel[:: jump * layer.dilation] = 1
        expected = np.convolve(expected, kernel)
        jump *= layer.stride
    start = receptive_field(layers).start
    counts = path_counts(layers)
    assert [counts.get(start + i, 0) for i in range(len(expected))] == expected.tolist()


@given(st.lists(pairs.map(lambda pair: pair.layer), min_size=1, max_size=4), st.integers(-3, 3))
def test_paths_lead_from_exactly_the_inputs_that_are_read(layers: list[Layer], unit: int) -> None:
    assert set(path_counts(layers, unit)) == units_read(layers, unit)[0]


def test_the_gradient_of_a_linear_chain_with_weights_of_one_is_the_number_of_paths() -> None:
    chain = nn.Sequential(
        nn.Conv1d(1, 1, 3, stride=2, bias=False),
        nn.Conv1d(1, 1, 2, dilation=2, bias=False),
        nn.ConvTranspose1d(1, 1, 3, stride=2, bias=False),
        nn.Conv1d(1, 1, 3, bias=False),
    )
    for parameter in chain.parameters():
        nn.init.ones_(parameter)
    x = torch.zeros(1, 1, 40, requires_grad=True)
    (gradient,) = torch.autograd.grad(chain(x)[0, 0, 10], x)
    layers = [
        Window(3, stride=2),
        Window(2, dilation=2),
        TransposedWindow(3, stride=2),
        Window(3),
    ]
    counts = path_counts(layers, 10)
    assert [counts.get(i, 0) for i in range(40)] == gradient.flatten().tolist()


@given(st.lists(windows, min_size=1, max_size=4))
def test_the_width_in_closed_form_is_the_standard_deviation_of_the_counts(
    layers: list[Window],
) -> None:
    counts = path_counts(layers)
    positions, weights = np.array(list(counts)), np.array(list(counts.values()))
    mean = np.average(positions, weights=weights)
    variance = np.average((positions - mean) ** 2, weights=weights)
    assert isclose(path_width(layers), sqrt(variance), rel_tol=1e-9, abs_tol=1e-9)


def test_the_width_grows_as_the_root_of_the_depth_and_the_field_as_the_depth() -> None:
    for depth in (1, 4, 9, 16, 64):
        layers = [Window(5)] * depth
        assert path_width(layers) == pytest.approx(sqrt(2 * depth))
        assert receptive_field(layers).size == 4 * depth + 1


def test_the_counts_approach_a_bell() -> None:
    layers = [Window(3)] * 40
    counts = path_counts(layers)
    share = np.array(list(counts.values()), dtype=float) / 3.0**40
    positions, width = np.array(list(counts)) - 40, path_width(layers)
    normal = np.exp(-0.5 * (positions / width) ** 2) / (width * np.sqrt(2 * np.pi))
    assert np.abs(share - normal).max() < 0.005 * normal.max()
    # Nearly all influence comes from half of the field.
    assert share[np.abs(positions) <= 20].sum() > 0.999


def test_the_counts_stay_exact_where_floating_point_would_not() -> None:
    assert sum(path_counts([Window(3)] * 50).values()) == 3**50


def test_impossible_questions_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"unit=0\.5: expected a whole number"):
        path_counts([Window(3)], 0.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"expected windows only"):
        path_width([TransposedWindow(2)])  # type: ignore[list-item]
