from typing import Any

import pytest
import torch
from hypothesis import given, settings
from torch.nn import functional

from course_lib.convolution import (
    convolve2d,
    convolve_transpose1d,
    convolve_transpose2d,
    convolve_transpose2d_by_matrix,
    transposed_size,
)
from tests.convolution.agreement import Function, assert_agrees, random_tensor
from tests.convolution.strategies import Problem, transposed_problems

BOTH = pytest.mark.parametrize("function", [convolve_transpose2d, convolve_transpose2d_by_matrix])


@BOTH
@settings(max_examples=50)
@given(p=transposed_problems(dimensions=2))
def test_stamps_and_the_transposed_matrix_are_torchs_transposed_convolution(
    function: Function, p: Problem
) -> None:
    assert_agrees(
        lambda x, weight, bias: function(x, weight, bias, **p.options),
        lambda x, weight, bias: functional.conv_transpose2d(x, weight, bias, **p.options),
        p.x,
        p.weight,
        p.bias,
    )


@BOTH
@pytest.mark.parametrize("padding", ["zeros", "valid"])
@pytest.mark.parametrize("kernel_size", [(3, 3), (2, 4), (1, 5)])
def test_it_is_the_gradient_of_the_convolution_with_respect_to_its_input(
    function: Function, padding: str, kernel_size: tuple[int, int]
) -> None:
    settings = {"stride": (2, 3), "dilation": (2, 1), "padding": padding}
    x, weight = random_tensor(1, 4, 9, 10).requires_grad_(), random_tensor(2, 4, *kernel_size)
    z = convolve2d(x, weight, **settings)  # type: ignore[arg-type]
    y = random_tensor(*z.shape, seed=1)
    (gradient,) = torch.autograd.grad(z, x, y)
    reached = transposed_size(z.shape[2:], kernel_size, **settings)  # type: ignore[arg-type]
    missing = tuple(n - m for n, m in zip(x.shape[2:], reached, strict=True))
    back = function(y, weight, output_padding=missing, **settings)
    torch.testing.assert_close(back, gradient, rtol=0, atol=1e-12)


@BOTH
def test_an_output_padding_of_a_stride_or_more_is_torchs_too(function: Function) -> None:
    options: dict[str, Any] = {"stride": (2, 1), "dilation": (1, 3), "output_padding": (1, 2)}
    assert_agrees(
        lambda x, weight: function(x, weight, padding=0, **options),
        lambda x, weight: functional.conv_transpose2d(x, weight, **options),
        random_tensor(2, 3, 4, 3),
        random_tensor(3, 2, 2, 2),
    )


@BOTH
def test_a_kernel_of_one_row_stamps_every_row_as_a_signal(function: Function) -> None:
    x, weight = random_tensor(2, 3, 4, 5), random_tensor(3, 2, 1, 4, seed=1)
    rows = [convolve_transpose1d(x[:, :, i], weight[:, :, 0], stride=2) for i in range(4)]
    torch.testing.assert_close(function(x, weight, stride=(1, 2)), torch.stack(rows, dim=2))


def test_a_constant_image_becomes_a_checkerboard_unless_the_stride_divides_the_kernel() -> None:
    ones = torch.ones(1, 1, 6, 6)
    uneven = convolve_transpose2d(ones, torch.ones(1, 1, 3, 3), stride=2)[0, 0, 1:5, 1:5]
    assert uneven.tolist() == [[4, 2, 4, 2], [2, 1, 2, 1], [4, 2, 4, 2], [2, 1, 2, 1]]
    even = convolve_transpose2d(ones, torch.ones(1, 1, 4, 4), stride=2)[0, 0, 2:-2, 2:-2]
    assert even.tolist() == [[4] * 7] * 7


@BOTH
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"padding": "circular"}, r"height: padding='circular' adds no zeros to take off again"),
        ({"padding": (0, 4)}, r"width: padding=4 takes 8 values off, but there are only 7: expec"),
        ({"output_padding": (0, 1)}, r"width: output_padding=1: expected less than stride=1"),
        ({"stride": (1, 0)}, r"width: stride=0: expected a whole number"),
    ],
)
def test_settings_that_cannot_be_are_refused_in_words(
    function: Function, options: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        function(torch.zeros(1, 2, 5, 5), torch.zeros(2, 1, 3, 3), **options)
