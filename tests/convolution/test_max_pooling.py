from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from course_lib.convolution import MaxPooled, max_pool1d, max_pool2d
from tests.convolution.agreement import random_tensor
from tests.convolution.strategies import pairs, poolings

NAN = float("nan")


def assert_pools_as_torch(ours: Any, torchs: Any, x: Tensor, options: dict[str, Any]) -> None:
    for_ours, for_torch = x.clone().requires_grad_(), x.clone().requires_grad_()
    try:
        values, positions = torchs(for_torch, return_indices=True, **options)
    except RuntimeError:
        with pytest.raises(ValueError, match="expected"):
            ours(for_ours, **options)
        return
    if values.isinf().any():  # torch met a window of nothing but padding
        with pytest.raises(ValueError, match="has a window that reads nothing"):
            ours(for_ours, **options)
        return
    pooled = ours(for_ours, **options)
    assert isinstance(pooled, MaxPooled)
    assert torch.equal(pooled.values, values)
    assert torch.equal(pooled.positions, positions)
    upstream = random_tensor(*values.shape)
    (gradient,) = torch.autograd.grad(pooled.values, for_ours, upstream)
    (expected,) = torch.autograd.grad(values, for_torch, upstream)
    torch.testing.assert_close(gradient, expected, rtol=0, atol=1e-12)


@settings(max_examples=70)
@given(poolings(dimensions=1), st.integers(1, 3))
def test_values_positions_and_gradients_are_torchs(
    pooling: tuple[Tensor, dict[str, Any]], dilation: int
) -> None:
    x, options = pooling
    options["dilation"] = dilation
    assert_pools_as_torch(max_pool1d, functional.max_pool1d, x, options)


@settings(max_examples=70)
@given(poolings(dimensions=2), pairs(1, 3))
def test_values_positions_and_gradients_of_images_are_torchs(
    pooling: tuple[Tensor, dict[str, Any]], dilation: tuple[int, int]
) -> None:
    x, options = pooling
    options["dilation"] = dilation
    assert_pools_as_torch(max_pool2d, functional.max_pool2d, x, options)


def test_each_window_gives_its_largest_value_and_where_it_stood() -> None:
    image = torch.tensor([[[[1.0, 5, 2, 0], [3, 4, 1, 7], [9, 8, 6, 6], [0, 2, 6, 6]]]])
    pooled = max_pool2d(image, 2)
    assert pooled.values.tolist() == [[[[5, 7], [9, 6]]]]
    assert pooled.positions.tolist() == [[[[1, 7], [8, 10]]]]
    assert image.flatten()[pooled.positions.flatten()].tolist() == [5, 7, 9, 6]


def test_of_equal_values_the_first_counts_row_by_row() -> None:
    assert max_pool2d(torch.zeros(1, 1, 3, 3), 2, stride=1).positions.tolist() == [
        [[[0, 1], [3, 4]]]
    ]


def test_the_values_below_zero_are_larger_than_padding() -> None:
    pooled = max_pool1d(torch.tensor([[[-3.0, -2.0, -1.0]]]), 3, stride=1, padding=1)
    assert pooled.values.tolist() == [[[-2, -1, -1]]]


@pytest.mark.parametrize(
    "signal",
    [[1.0, 3, 3, NAN, 2, NAN], [NAN, 1, 1, 1, 1, 1], [-float("inf")] * 6, [float("inf")] * 6],
)
def test_nans_and_infinities_are_taken_as_torch_takes_them(signal: list[float]) -> None:
    x = torch.tensor([[signal]])
    for kernel_size, padding in ((6, 0), (2, 0), (3, 1)):
        values, positions = functional.max_pool1d(
            x, kernel_size, padding=padding, return_indices=True
        )
        pooled = max_pool1d(x, kernel_size, padding=padding)
        torch.testing.assert_close(pooled.values, values, equal_nan=True)
        assert torch.equal(pooled.positions, positions)


def test_whole_numbers_are_pooled_too() -> None:
    x = torch.tensor([[[4, 2, 9, 9]]])
    assert max_pool1d(x, 2).values.tolist() == [[[4, 9]]]
    assert max_pool1d(x, 2).values.dtype == torch.int64


def test_a_shift_by_one_leaves_most_maxima_and_few_samples() -> None:
    # Slides, "Downsampling": max pooling is partially invariant to translation.
    bumps = torch.zeros(1, 1, 40)
    bumps[..., ::4] = 1
    shifted = bumps.roll(1, dims=-1)
    assert torch.equal(max_pool1d(bumps, 2).values, max_pool1d(shifted, 2).values)
    assert not torch.equal(bumps[..., ::2], shifted[..., ::2])


@pytest.mark.parametrize(
    ("size", "options", "message"),
    [
        (5, {"kernel_size": 6}, r"kernel_size=6 with dilation=1 spans 6 values, but the signal"),
        (5, {"kernel_size": 3, "padding": 2}, r"padding=2: expected at most half of kernel_size=3"),
        (5, {"kernel_size": 3, "padding": -1}, r"padding=-1: expected a whole number of at least"),
        (5, {"kernel_size": 0}, r"kernel_size=0: expected a whole number of at least 1"),
        (5, {"kernel_size": 3, "stride": 0}, r"stride=0: expected a whole number of at least 1"),
        (5, {"kernel_size": 3, "dilation": 0}, r"dilation=0: expected a whole number of at least"),
        (0, {"kernel_size": 1}, r"length=0: expected a whole number of at least 1"),
        (2, {"kernel_size": 2, "dilation": 3, "padding": 1}, r"has a window that reads nothing"),
    ],
)
def test_settings_that_cannot_be_are_refused_in_words(
    size: int, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        max_pool1d(torch.zeros(1, 1, size), **options)
    with pytest.raises(ValueError, match=message):
        max_pool2d(torch.zeros(1, 1, size, size), **options)
