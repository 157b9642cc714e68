from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from course_lib.convolution import (
    convolution_matrix1d,
    convolve1d,
    convolve_transpose1d,
    convolve_transpose1d_by_matrix,
    transposed_length,
)
from tests.convolution.agreement import Function, assert_agrees, random_tensor
from tests.convolution.strategies import Problem, transposed_problems

BOTH = pytest.mark.parametrize("function", [convolve_transpose1d, convolve_transpose1d_by_matrix])


@BOTH
@settings(max_examples=70)
@given(p=transposed_problems(dimensions=1))
def test_stamps_and_the_transposed_matrix_are_torchs_transposed_convolution(
    function: Function, p: Problem
) -> None:
    assert_agrees(
        lambda x, weight, bias: function(x, weight, bias, **p.options),
        lambda x, weight, bias: functional.conv_transpose1d(x, weight, bias, **p.options),
        p.x,
        p.weight,
        p.bias,
    )


@BOTH
def test_an_output_padding_of_a_stride_or_more_is_torchs_too(function: Function) -> None:
    options: dict[str, Any] = {"stride": 1, "dilation": 3, "output_padding": 2, "padding": 1}
    assert_agrees(
        lambda x, weight: function(x, weight, **options),
        lambda x, weight: functional.conv_transpose1d(x, weight, **options),
        random_tensor(2, 3, 4),
        random_tensor(3, 2, 2),
    )


@BOTH
@given(
    stride=st.integers(1, 4),
    dilation=st.integers(1, 3),
    size=st.integers(1, 5),
    output_padding=st.integers(0, 3),
    padding=st.sampled_from(["zeros", "valid"]),
)
def test_it_is_the_adjoint_of_the_convolution_with_the_same_settings(
    function: Function, stride: int, dilation: int, size: int, output_padding: int, padding: str
) -> None:
    # The dot product of A x with y is that of x with the transpose of A times y, for all x and y.
    output_padding = min(output_padding, stride - 1)
    weight, y = random_tensor(2, 3, size), random_tensor(1, 2, 5, seed=1)
    options = {"stride": stride, "dilation": dilation, "padding": padding}
    back = function(y, weight, output_padding=output_padding, **options)
    x = random_tensor(*back.shape, seed=2)
    forth = convolve1d(x, weight, **options)  # type: ignore[arg-type]
    assert forth.shape == y.shape
    torch.testing.assert_close((forth * y).sum(), (x * back).sum(), rtol=1e-10, atol=1e-10)


@BOTH
def test_a_kernel_of_three_at_stride_two_overlaps_at_every_other_output(function: Function) -> None:
    x, kernel = torch.tensor([[[1.0, 10.0, 100.0]]]), torch.tensor([[[1.0, 2.0, 3.0]]])
    # By hand: 1·[1 2 3], then 10·[1 2 3] two further on, then 100·[1 2 3].
    valid = [1, 2, 3 + 10, 20, 30 + 100, 200, 300]
    assert function(x, kernel, stride=2, padding="valid").tolist() == [[valid]]
    assert function(x, kernel, stride=2).tolist() == [[valid[1:-1]]]
    doubled = function(x, kernel, stride=2, output_padding=1)
    assert doubled.tolist() == [[valid[1:]]]


def test_it_goes_back_to_the_length_but_not_to_the_values() -> None:
    x, weight = random_tensor(1, 1, 8), torch.tensor([[[0.25, 0.5, 0.25]]], dtype=torch.float64)
    z = convolve1d(x, weight, stride=2)
    back = convolve_transpose1d(z, weight, stride=2, output_padding=1)
    assert back.shape == x.shape
    assert float((back - x).abs().max()) > 0.1
    matrix = convolution_matrix1d(weight, 8, stride=2)
    torch.testing.assert_close(back.flatten(), matrix.T @ matrix @ x.flatten())
    # Four numbers cannot tell eight: no matrix undoes this one.
    assert int(torch.linalg.matrix_rank(matrix)) == 4


@pytest.mark.parametrize(("kernel_size", "even"), [(2, True), (3, False), (4, True), (5, False)])
def test_stamps_cover_every_output_alike_only_if_the_stride_divides_the_kernel_size(
    kernel_size: int, even: bool
) -> None:
    ones, kernel = torch.ones(1, 1, 9), torch.ones(1, 1, kernel_size)
    covered = convolve_transpose1d(ones, kernel, stride=2, padding="valid")[..., 4:-4]
    assert (covered.min() == covered.max()).item() is even


def test_the_named_padding_lengthens_by_the_stride() -> None:
    for size in range(1, 6):
        x, weight = torch.zeros(1, 1, 7), torch.zeros(1, 1, size)
        assert convolve_transpose1d(x, weight, stride=3, output_padding=2).shape[-1] == 21


@BOTH
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"padding": "reflect"}, r"padding='reflect' adds no zeros to take off again: expected"),
        ({"padding": "same"}, r"padding='same': expected one of zeros"),
        ({"padding": 5}, r"padding=5 takes 10 values off, but there are only 7: expected"),
        ({"output_padding": 1}, r"output_padding=1: expected less than stride=1 or less than dil"),
        ({"output_padding": -1}, r"output_padding=-1: expected a whole number of at least 0"),
        ({"stride": 0}, r"stride=0: expected a whole number of at least 1"),
        ({"groups": 3}, r"groups=3: expected a divisor of both in_channels=2"),
    ],
)
def test_settings_that_cannot_be_are_refused_in_words(
    function: Function, options: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        function(torch.zeros(1, 2, 5), torch.zeros(2, 1, 3), **options)


@BOTH
def test_tensors_that_cannot_be_are_refused_in_words(function: Function) -> None:
    with pytest.raises(ValueError, match=r"shape \(3, 1, 3\): expected C_in = 2 on its first axis"):
        function(torch.zeros(1, 2, 5), torch.zeros(3, 1, 3))
    with pytest.raises(ValueError, match=r"length=0: expected a whole number of at least 1"):
        function(torch.zeros(1, 2, 0), torch.zeros(2, 1, 3))
    with pytest.raises(ValueError, match=r"kernel_size=0: expected a whole number of at least 1"):
        function(torch.zeros(1, 2, 5), torch.zeros(2, 1, 0))


def test_the_length_is_that_of_a_signal_which_the_convolution_maps_to_the_input() -> None:
    for output_padding in range(3):
        length = transposed_length(4, 5, stride=3, output_padding=output_padding)
        z = convolve1d(torch.zeros(1, 1, length), torch.zeros(1, 1, 5), stride=3)
        assert (length, z.shape[-1]) == (10 + output_padding, 4)
