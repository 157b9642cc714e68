from collections.abc import Callable

import pytest
import torch
from torch import nn

from course_lib.convolution import PADDINGS, pad1d, padding_amounts, source_index


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
@pytest.mark.parametrize("kernel_size", range(1, 10))
@pytest.mark.parametrize("dilation", range(1, 5))
def test_the_amounts_keep_the_length_and_lean_to_the_right_as_torchs_do(
    kernel_size: int, dilation: int
) -> None:
    # A unit impulse through torch's "same" layer tells how far left the kernel starts.
    layer = nn.Conv1d(1, 1, kernel_size, dilation=dilation, padding="same", bias=False)
    with torch.no_grad():
        layer.weight.copy_(torch.arange(1.0, kernel_size + 1))
        impulse = torch.zeros(1, 1, 101)
        impulse[..., 50] = 1
        response = layer(impulse).flatten()
    first_weight_reads_it_at = int((response == 1).nonzero().item())
    assert response.numel() == 101
    left, right = padding_amounts(kernel_size, dilation, "zeros")
    assert left == first_weight_reads_it_at - 50
    assert left + right == dilation * (kernel_size - 1)
    for padding in PADDINGS[2:]:
        assert padding_amounts(kernel_size, dilation, padding) == (left, right)


def test_a_number_adds_that_many_at_either_end_whatever_the_kernel() -> None:
    assert padding_amounts(9, 4, 0) == (0, 0)
    assert padding_amounts(1, 1, 3) == (3, 3)
    with pytest.raises(ValueError, match="padding=-2: expected no negative number of zeros"):
        padding_amounts(3, 1, -2)


def test_valid_adds_nothing() -> None:
    assert padding_amounts(9, 4, "valid") == (0, 0)


@pytest.mark.parametrize(
    ("padding", "beyond"),
    [
        ("zeros", [None, None, 0, 1, 2, None, None]),
        ("valid", [None, None, 0, 1, 2, None, None]),
        ("reflect", [2, 1, 0, 1, 2, 1, 0]),
        ("replicate", [0, 0, 0, 1, 2, 2, 2]),
        ("circular", [1, 2, 0, 1, 2, 0, 1]),
    ],
)
def test_each_padding_reads_what_its_name_says(padding: str, beyond: list[int | None]) -> None:
    assert [source_index(i, 3, padding) for i in range(-2, 5)] == beyond


@pytest.mark.parametrize(
    ("length", "left", "right", "padding", "message"),
    [
        (3, 1, 1, "mirror", r"padding='mirror': expected one of zeros, valid, reflect"),
        (3, -1, 1, "zeros", r"left=-1, right=1: expected no negative amount"),
        (3, 1, 0, "valid", r"padding='valid' adds no values: expected left=right=0"),
        (3, 0, 3, "reflect", r"'reflect' needs 3 values .* length 3 can mirror at most 2"),
        (0, 1, 1, "reflect", r"length 0 can mirror at most 0"),
        (3, 4, 0, "circular", r"'circular' needs 4 values .* length 3 can wrap round only once"),
        (0, 1, 1, "replicate", r"repeats the end values, but the signal has none"),
    ],
)
def test_a_padding_that_cannot_be_is_refused_in_words(
    length: int, left: int, right: int, padding: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        pad1d(torch.zeros(length), left, right, padding)


@pytest.mark.parametrize("function", [padding_amounts, source_index])
def test_an_unknown_padding_is_refused_everywhere(function: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="padding='same': expected one of"):
        function(3, 1, "same")
