from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional

from course_lib.convolution import PADDINGS, convolve1d, pad1d
from tests.convolution.agreement import assert_agrees
from tests.convolution.strategies import Problem, problems
from tests.golden import torch_oracle


@settings(deadline=None, max_examples=150)
@given(problems())
def test_the_explicit_convolution_is_torchs_and_refuses_what_torch_refuses(p: Problem) -> None:
    try:
        expected = torch_oracle.convolution(p.x, p.weight, p.bias, **p.options)
    except RuntimeError:
        with pytest.raises(ValueError, match="expected"):
            convolve1d(p.x, p.weight, p.bias, **p.options)
    else:
        actual = convolve1d(p.x, p.weight, p.bias, **p.options)
        torch.testing.assert_close(actual, expected, rtol=0, atol=1e-12)


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
@pytest.mark.parametrize("padding", PADDINGS)
@pytest.mark.parametrize("kernel_size", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("dilation", [1, 2, 3])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_the_padding_is_that_of_torchs_own_layer(
    padding: Any, kernel_size: int, dilation: int, stride: int
) -> None:
    # Torch's "same" layers know no stride, so every s-th of their outputs is the oracle.
    layer = nn.Conv1d(
        2,
        3,
        kernel_size,
        dilation=dilation,
        padding=0 if padding == "valid" else "same",
        padding_mode="zeros" if padding == "valid" else padding,
        dtype=torch.float64,
    )
    x = torch.randn(4, 2, 15, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    actual = convolve1d(
        x, layer.weight, layer.bias, stride=stride, dilation=dilation, padding=padding
    )
    torch.testing.assert_close(actual, layer(x)[..., ::stride], rtol=0, atol=1e-12)


def test_the_kernel_is_not_reversed_and_a_zero_stands_beyond_each_end() -> None:
    x = torch.tensor([[[1.0, 2.0, 4.0, 8.0]]])
    weight = torch.tensor([[[100.0, 10.0, 1.0]]])
    assert convolve1d(x, weight).tolist() == [[[12.0, 124.0, 248.0, 480.0]]]


@settings(max_examples=60)
@given(problems())
def test_gradients_flow_as_they_do_in_torch(p: Problem) -> None:
    assert_agrees(
        lambda x, weight, bias: convolve1d(x, weight, bias, **p.options),
        lambda x, weight, bias: torch_oracle.convolution(x, weight, bias, **p.options),
        p.x,
        p.weight,
        p.bias,
    )


@settings(max_examples=60)
@given(problems(), st.integers(0, 4))
def test_a_number_as_padding_is_torchs_number(p: Problem, padding: int) -> None:
    options = p.options | {"padding": padding}
    assert_agrees(
        lambda x, weight, bias: convolve1d(x, weight, bias, **options),
        lambda x, weight, bias: functional.conv1d(x, weight, bias, **options),
        p.x,
        p.weight,
        p.bias,
    )


@pytest.mark.parametrize("padding", PADDINGS[2:])
def test_padding_alone_is_torchs_with_any_amounts(padding: str) -> None:
    x = torch.arange(24.0).reshape(2, 3, 4)
    for left in range(4):
        for right in range(4):
            expected = functional.pad(x, (left, right), mode=padding)
            assert torch.equal(pad1d(x, left, right, padding), expected)


def test_zeros_beside_an_infinity_stay_zeros() -> None:
    x = torch.tensor([[[float("inf"), 1.0]]])
    assert pad1d(x, 1, 1, "zeros").tolist() == [[[0.0, float("inf"), 1.0, 0.0]]]


def test_a_bare_signal_can_be_padded_too() -> None:
    assert pad1d(torch.tensor([1.0, 2.0, 3.0]), 1, 2, "reflect").tolist() == [2, 1, 2, 3, 2, 1]
    with pytest.raises(ValueError, match=r"x has shape \(\): expected an axis L at its end"):
        pad1d(torch.tensor(1.0), 1, 2, "zeros")


@pytest.mark.parametrize(
    ("x", "weight", "bias", "groups", "message"),
    [
        ((3, 5), (1, 3, 3), None, 1, r"x has shape \(3, 5\): expected three axes \(N, C_in, L\)"),
        ((1, 3, 5), (3, 3), None, 1, r"weight has shape \(3, 3\): expected three axes"),
        ((1, 3, 5), (1, 2, 3), None, 1, r"expected C_in/groups = 3/1 = 3 on its second axis"),
        ((1, 3, 5), (2, 3, 3), (3,), 1, r"bias has shape \(3,\): expected \(2,\)"),
        ((1, 3, 5), (2, 3, 3), None, 2, r"groups=2: expected a divisor of both in_channels=3"),
        ((1, 4, 5), (3, 2, 3), None, 2, r"out_channels=3"),
        ((1, 4, 5), (4, 1, 3), None, 0, r"groups=0: expected a whole number of at least 1"),
        ((1, 1, 0), (1, 1, 3), None, 1, r"the signal has no values, expected at least one"),
        ((1, 1, 3), (1, 1, 0), None, 1, r"the kernel has no weights, expected at least one"),
    ],
)
def test_shapes_that_do_not_fit_are_refused_in_words(
    x: tuple[int, ...],
    weight: tuple[int, ...],
    bias: tuple[int, ...] | None,
    groups: int,
    message: str,
) -> None:
    with pytest.raises(ValueError, match=message):
        convolve1d(
            torch.zeros(x),
            torch.zeros(weight),
            None if bias is None else torch.zeros(bias),
            groups=groups,
        )
