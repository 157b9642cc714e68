from typing import Any

import pytest
import torch
from hypothesis import given, settings
from torch.nn import functional

from course_lib.convolution import output_length, transposed_length, transposed_size
from tests.convolution.strategies import Problem, transposed_problems


@settings(max_examples=70)
@given(transposed_problems(dimensions=1))
def test_the_length_is_that_of_torchs_output(p: Problem) -> None:
    options = {k: v for k, v in p.options.items() if k != "groups"}
    length, size = p.x.shape[-1], p.weight.shape[-1]
    try:
        expected = functional.conv_transpose1d(p.x, p.weight, **p.options).shape[-1]
    except RuntimeError:
        with pytest.raises(ValueError, match="expected"):
            transposed_length(length, size, **options)
    else:
        assert transposed_length(length, size, **options) == expected


@pytest.mark.parametrize("padding", ["zeros", "valid", 0, 1])
@pytest.mark.parametrize("size", [3, 4])
def test_the_convolution_leads_back_to_the_length(padding: str | int, size: int) -> None:
    for stride in (1, 2, 3):
        for output_padding in range(stride):
            longer = transposed_length(
                6, size, stride=stride, padding=padding, output_padding=output_padding
            )
            assert output_length(longer, size, stride=stride, padding=padding) == 6


def test_the_size_of_an_image_is_two_lengths() -> None:
    x, weight = torch.zeros(1, 1, 4, 5), torch.zeros(1, 1, 3, 2)
    settings: dict[str, Any] = {
        "stride": (2, 3),
        "dilation": (1, 2),
        "padding": (1, 0),
        "output_padding": (1, 2),
    }
    expected = functional.conv_transpose2d(x, weight, **settings).shape[2:]
    assert transposed_size((4, 5), (3, 2), **settings) == expected
    assert transposed_size(4, 3, stride=2, output_padding=1) == (8, 8)


def test_what_cannot_be_is_refused_with_the_name_of_the_axis() -> None:
    with pytest.raises(ValueError, match="height: output_padding=2: expected less than stride=2"):
        transposed_size(4, 3, stride=2, output_padding=(2, 1))
    with pytest.raises(ValueError, match="padding=True: expected one of zeros"):
        transposed_length(4, 3, padding=True)
