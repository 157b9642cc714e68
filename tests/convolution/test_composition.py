from dataclasses import dataclass

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from course_lib.convolution import (
    PADDINGS,
    compose_kernels1d,
    compose_kernels2d,
    convolve1d,
    kernel_span,
    padding_amounts,
)
from tests.convolution.agreement import random_tensor
from tests.convolution.strategies import pairs


@dataclass(frozen=True)
class Stages:
    """Two kernels of one channel, their strides and dilations."""

    first: Tensor
    second: Tensor
    strides: tuple[int, int]
    dilations: tuple[int, int]

    def composed(self) -> Tensor:
        d1, d2 = self.dilations
        settings = {"stride": self.strides[0], "first_dilation": d1, "second_dilation": d2}
        return compose_kernels1d(self.first, self.second, **settings)

    def in_two(self, x: Tensor, padding: str) -> Tensor:
        y = x
        for weight, s, d in zip(
            (self.first, self.second), self.strides, self.dilations, strict=True
        ):
            y = convolve1d(y, weight, stride=s, dilation=d, padding=padding)
        return y

    def in_one(self, x: Tensor, padding: str) -> Tensor:
        stride = self.strides[0] * self.strides[1]
        return convolve1d(x, self.composed(), stride=stride, padding=padding)

    def start_together(self) -> bool:
        left, _ = padding_amounts(self.composed().shape[-1], 1, "zeros")
        (first, _), (second, _) = (
            padding_amounts(w.shape[-1], d, "zeros")
            for w, d in zip((self.first, self.second), self.dilations, strict=True)
        )
        return first + self.strides[0] * second == left


@st.composite
def stages(draw: st.DrawFn) -> Stages:
    sizes = draw(pairs(1, 4))
    return Stages(
        random_tensor(1, 1, sizes[0], seed=1),
        random_tensor(1, 1, sizes[1], seed=2),
        draw(pairs(1, 3)),
        draw(pairs(1, 3)),
    )


@settings(max_examples=50)
@given(
    st.integers(1, 30),
    pairs(1, 4),
    pairs(1, 3),
    pairs(1, 3),
    st.tuples(*[st.integers(1, 3)] * 3),
)
def test_two_valid_convolutions_are_always_the_one_with_the_composed_kernel(
    length: int,
    sizes: tuple[int, int],
    strides: tuple[int, int],
    dilations: tuple[int, int],
    channels: tuple[int, int, int],
) -> None:
    before, between, after = channels
    x = random_tensor(2, before, length)
    first, second = (
        random_tensor(between, before, sizes[0]),
        random_tensor(after, between, sizes[1]),
    )
    composed = compose_kernels1d(
        first,
        second,
        stride=strides[0],
        first_dilation=dilations[0],
        second_dilation=dilations[1],
    )
    try:
        y = functional.conv1d(x, first, stride=strides[0], dilation=dilations[0])
        expected = functional.conv1d(y, second, stride=strides[1], dilation=dilations[1])
    except RuntimeError:
        assert composed.shape[-1] > length
        return
    actual = functional.conv1d(x, composed, stride=strides[0] * strides[1])
    torch.testing.assert_close(actual, expected, rtol=0, atol=1e-11)


@settings(max_examples=50)
@given(
    st.tuples(*[pairs(1, 3)] * 2),
    st.tuples(*[pairs(1, 3)] * 2),
    st.tuples(*[pairs(1, 2)] * 2),
    pairs(1, 2),
)
def test_two_valid_convolutions_of_images_are_always_one(
    sizes: tuple[tuple[int, int], tuple[int, int]],
    strides: tuple[tuple[int, int], tuple[int, int]],
    dilations: tuple[tuple[int, int], tuple[int, int]],
    channels: tuple[int, int],
) -> None:
    x = random_tensor(1, 2, 13, 14)
    first = random_tensor(channels[0], 2, *sizes[0])
    second = random_tensor(channels[1], channels[0], *sizes[1])
    composed = compose_kernels2d(
        first,
        second,
        stride=strides[0],
        first_dilation=dilations[0],
        second_dilation=dilations[1],
    )
    both = tuple(s * t for s, t in zip(*strides, strict=True))
    try:
        y = functional.conv2d(x, first, stride=strides[0], dilation=dilations[0])
        expected = functional.conv2d(y, second, stride=strides[1], dilation=dilations[1])
    except RuntimeError:
        assert composed.shape[-2] > 13 or composed.shape[-1] > 14
        return
    actual = functional.conv2d(x, composed, stride=both)
    torch.testing.assert_close(actual, expected, rtol=0, atol=1e-11)


@settings(max_examples=70)
@given(stages(), st.integers(1, 25), st.sampled_from([p for p in PADDINGS if p != "valid"]))
def test_padded_it_holds_where_the_second_stage_reads_no_padding(
    s: Stages, length: int, padding: str
) -> None:
    assume(s.start_together())
    x = random_tensor(1, 1, length)
    try:
        expected, actual = s.in_two(x, padding), s.in_one(x, padding)
    except ValueError:
        assume(False)
    assert actual.shape == expected.shape
    size, dilation = s.second.shape[-1], s.dilations[1]
    left, _ = padding_amounts(size, dilation, padding)
    between = -(-length // s.strides[0])
    for j in range(expected.shape[-1]):
        begin = j * s.strides[1] - left
        if begin >= 0 and begin + kernel_span(size, dilation) <= between:
            torch.testing.assert_close(actual[..., j], expected[..., j], rtol=0, atol=1e-11)


@settings(max_examples=70)
@given(stages(), st.integers(1, 8))
def test_on_a_circle_it_holds_everywhere_if_the_stride_divides_the_length(
    s: Stages, laps: int
) -> None:
    assume(s.start_together())
    x = random_tensor(1, 1, laps * s.strides[0])
    try:
        expected, actual = s.in_two(x, "circular"), s.in_one(x, "circular")
    except ValueError:
        assume(False)
    torch.testing.assert_close(actual, expected, rtol=0, atol=1e-11)


@given(pairs(1, 5), pairs(1, 3))
def test_both_ways_start_together_unless_the_second_span_is_even(
    sizes: tuple[int, int], dilations: tuple[int, int]
) -> None:
    first, second = random_tensor(1, 1, sizes[0]), random_tensor(1, 1, sizes[1])
    even = [kernel_span(k, d) % 2 == 0 for k, d in zip(sizes, dilations, strict=True)]
    for stride in (2, 3):
        assert Stages(first, second, (stride, 1), dilations).start_together() is not even[1]
    assert Stages(first, second, (1, 1), dilations).start_together() is not all(even)


@pytest.mark.parametrize("padding", ["zeros", "reflect", "replicate"])
def test_it_fails_at_the_ends_where_the_second_stage_reads_padding(padding: str) -> None:
    s = Stages(random_tensor(1, 1, 3, seed=1), random_tensor(1, 1, 3, seed=2), (1, 1), (1, 1))
    x = random_tensor(1, 1, 9)
    apart = (s.in_two(x, padding) - s.in_one(x, padding)).abs().flatten() > 1e-9
    assert apart.tolist() == [True] + [False] * 7 + [True]


def test_it_fails_with_a_relu_between() -> None:
    first, second = random_tensor(1, 1, 3, seed=1), random_tensor(1, 1, 3, seed=2)
    x = random_tensor(1, 1, 9)
    bent = convolve1d(convolve1d(x, first, padding="valid").relu(), second, padding="valid")
    straight = convolve1d(x, compose_kernels1d(first, second), padding="valid")
    assert not torch.allclose(bent, straight)


def test_three_kernels_of_three_reach_five_and_seven_taps() -> None:
    # Slides, "Receptive fields".
    kernels = [random_tensor(3, seed=seed) for seed in range(3)]
    five = compose_kernels1d(kernels[0], kernels[1])
    assert five.shape == (5,)
    assert compose_kernels1d(five, kernels[2]).shape == (7,)
    assert compose_kernels2d(torch.ones(3, 3), torch.ones(3, 3)).shape == (5, 5)


def test_it_is_the_product_of_two_polynomials() -> None:
    # (1 + 2t + 3t²)(4 + 5t + 6t²), by hand.
    first, second = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([4.0, 5.0, 6.0])
    assert compose_kernels1d(first, second).tolist() == [4, 13, 28, 27, 18]
    assert compose_kernels1d(second, first).tolist() == [4, 13, 28, 27, 18]


def test_a_dilation_or_a_stride_spreads_the_kernel_it_acts_on() -> None:
    first, second = torch.tensor([1.0, 10.0]), torch.tensor([1.0, 2.0])
    assert compose_kernels1d(first, second, first_dilation=2).tolist() == [1, 2, 10, 20]
    assert compose_kernels1d(first, second, second_dilation=2).tolist() == [1, 10, 2, 20]
    assert compose_kernels1d(first, second, stride=2).tolist() == [1, 10, 2, 20]
    assert compose_kernels1d(first, second, stride=3).tolist() == [1, 10, 0, 2, 20]


def test_a_column_and_a_row_compose_to_their_outer_product() -> None:
    column, row = random_tensor(3, 1), random_tensor(1, 4)
    assert torch.equal(compose_kernels2d(column, row), column * row)


def test_the_biases_compose_as_the_docstring_says() -> None:
    x, first, second = random_tensor(1, 2, 9), random_tensor(3, 2, 3), random_tensor(4, 3, 2)
    b1, b2 = random_tensor(3, seed=1), random_tensor(4, seed=2)
    two = convolve1d(convolve1d(x, first, b1, padding="valid"), second, b2, padding="valid")
    bias = b2 + (second * b1[:, None]).sum(dim=(1, 2))
    one = convolve1d(x, compose_kernels1d(first, second), bias, padding="valid")
    torch.testing.assert_close(one, two)


def test_gradients_flow_to_both_kernels() -> None:
    kernels = (random_tensor(2, 3, 3).requires_grad_(), random_tensor(3, 2, 2).requires_grad_())
    assert torch.autograd.gradcheck(compose_kernels1d, kernels)
    kernels = (
        random_tensor(2, 1, 2, 2).requires_grad_(),
        random_tensor(1, 2, 2, 3).requires_grad_(),
    )
    assert torch.autograd.gradcheck(lambda u, v: compose_kernels2d(u, v, stride=(2, 1)), kernels)


def test_what_cannot_be_is_refused_in_words() -> None:
    layer, kernel = torch.zeros(2, 3, 3), torch.zeros(3)
    with pytest.raises(
        ValueError, match=r"second has shape \(4, 3, 1\): expected 2 input channels"
    ):
        compose_kernels1d(layer, torch.zeros(4, 3, 1))
    with pytest.raises(ValueError, match=r"second has shape \(3,\): expected three axes"):
        compose_kernels1d(layer, kernel)
    with pytest.raises(ValueError, match=r"first has shape \(0,\): expected weights"):
        compose_kernels1d(kernel[:0], kernel)
    with pytest.raises(TypeError, match=r"first is a list: expected a tensor"):
        compose_kernels1d([1.0], kernel)  # type: ignore[arg-type]
    with pytest.raises(
        TypeError, match=r"second has dtype torch\.float64: expected torch\.float32"
    ):
        compose_kernels2d(torch.zeros(2, 2), torch.zeros(2, 2).double())
    with pytest.raises(ValueError, match="stride=0: expected a whole number of at least 1"):
        compose_kernels1d(kernel, kernel, stride=0)
    with pytest.raises(ValueError, match="second_dilation=0: expected a whole number"):
        compose_kernels2d(torch.zeros(2, 2), torch.zeros(2, 2), second_dilation=(1, 0))
