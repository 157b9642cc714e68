from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from course_lib.convolution import convolve2d, mean_pool1d, mean_pool2d
from tests.convolution.agreement import assert_agrees, random_tensor
from tests.convolution.strategies import poolings


@settings(max_examples=70)
@given(poolings(dimensions=1), st.booleans())
def test_means_are_torchs_in_values_gradients_and_refusals(
    pooling: tuple[Tensor, dict[str, Any]], count_padding: bool
) -> None:
    x, options = pooling
    assert_agrees(
        lambda x: mean_pool1d(x, count_padding=count_padding, **options),
        lambda x: functional.avg_pool1d(x, count_include_pad=count_padding, **options),
        x,
    )


@settings(max_examples=70)
@given(poolings(dimensions=2), st.booleans())
def test_means_of_images_are_torchs_in_values_gradients_and_refusals(
    pooling: tuple[Tensor, dict[str, Any]], count_padding: bool
) -> None:
    x, options = pooling
    assert_agrees(
        lambda x: mean_pool2d(x, count_padding=count_padding, **options),
        lambda x: functional.avg_pool2d(x, count_include_pad=count_padding, **options),
        x,
    )


def test_each_window_gives_its_mean() -> None:
    image = torch.tensor([[[[1.0, 5, 2, 0], [3, 4, 1, 7]]]])
    assert mean_pool2d(image, 2).tolist() == [[[[3.25, 2.5]]]]
    assert mean_pool2d(image, (1, 4)).tolist() == [[[[2], [3.75]]]]


def test_the_zeros_of_the_padding_count_unless_they_are_told_not_to() -> None:
    x = torch.ones(1, 1, 4)
    assert mean_pool1d(x, 2, padding=1).tolist() == [[[0.5, 1, 0.5]]]
    assert mean_pool1d(x, 2, padding=1, count_padding=False).tolist() == [[[1, 1, 1]]]


def test_it_is_the_convolution_with_equal_weights() -> None:
    x, kernel = random_tensor(2, 1, 8, 9), torch.full((1, 1, 2, 3), 1 / 6, dtype=torch.float64)
    expected = convolve2d(x, kernel, stride=(2, 3), padding="valid")
    torch.testing.assert_close(mean_pool2d(x, (2, 3)), expected)


def test_an_infinity_in_one_window_stays_out_of_the_others() -> None:
    x = torch.tensor([[[float("inf"), 1.0, 2.0, 3.0]]])
    assert mean_pool1d(x, 2, padding=1).tolist() == [[[float("inf"), 1.5, 1.5]]]


def test_settings_that_cannot_be_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="padding=2: expected at most half of kernel_size=3"):
        mean_pool1d(torch.zeros(1, 1, 5), 3, padding=2)
    with pytest.raises(ValueError, match="width: kernel_size=4 with dilation=1 spans 4 values"):
        mean_pool2d(torch.zeros(1, 1, 5, 3), 4)
