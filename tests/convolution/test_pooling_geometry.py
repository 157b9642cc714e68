from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from course_lib.convolution import pooled_length, pooled_size, unpooled_length, unpooled_size
from tests.convolution.strategies import poolings


@settings(max_examples=70)
@given(poolings(dimensions=1), st.integers(1, 3))
def test_the_length_is_that_of_torchs_output(
    pooling: tuple[Tensor, dict[str, Any]], dilation: int
) -> None:
    x, options = pooling
    options["dilation"] = dilation
    try:
        expected = functional.max_pool1d(x, **options).shape[-1]
    except RuntimeError:
        with pytest.raises(ValueError, match="expected"):
            pooled_length(x.shape[-1], **options)
    else:
        assert pooled_length(x.shape[-1], **options) == expected


def test_a_window_past_the_end_counts_only_in_ceil_mode_and_if_it_starts_inside() -> None:
    assert pooled_length(5, 2) == 2
    assert pooled_length(5, 2, ceil_mode=True) == 3
    assert pooled_length(5, 2, stride=4, ceil_mode=True) == 2
    assert pooled_length(5, 2, stride=5, ceil_mode=True) == 1


@given(st.integers(1, 9), st.integers(1, 4), st.integers(1, 4), st.integers(0, 2))
def test_without_an_original_the_shortest_signal_with_as_many_windows_is_meant(
    length: int, kernel_size: int, stride: int, padding: int
) -> None:
    settings: dict[str, Any] = {
        "kernel_size": kernel_size,
        "stride": stride,
        "padding": min(padding, kernel_size // 2),
    }
    candidates = []
    for signal in range(1, 50):
        try:
            windows = pooled_length(signal, **settings)
        except ValueError:
            windows = 0
        if windows == length:
            candidates.append(signal)
    for original in candidates:
        assert unpooled_length(length, original=original, **settings) == original
    try:
        shortest = unpooled_length(length, **settings)
    except ValueError:
        assert candidates[:1] in ([], [1])
    else:
        assert shortest == candidates[0]


def test_sizes_are_lengths_down_and_across() -> None:
    assert pooled_size((6, 9), (2, 3)) == (3, 3)
    assert pooled_size((6, 9), 2, stride=(1, 2), padding=(0, 1)) == (5, 5)
    assert unpooled_size((3, 4), (2, 3)) == (6, 12)
    assert unpooled_size(5, 3, stride=2, padding=1) == (9, 9)


def test_what_cannot_be_is_refused_with_the_name_of_the_axis() -> None:
    with pytest.raises(ValueError, match=r"width: kernel_size=5 with dilation=1 spans 5 values"):
        pooled_size((5, 4), 5)
    with pytest.raises(ValueError, match=r"height: padding=1 leaves 0 values of length=1"):
        unpooled_size(1, 2, padding=(1, 0))
    with pytest.raises(ValueError, match=r"size=\(1, 2, 3\): expected a whole number, or a pair"):
        pooled_size((1, 2, 3), 1)
    with pytest.raises(ValueError, match="width: original=9: expected less than stride=2 away fr"):
        unpooled_size(3, 2, original=(6, 9))
    with pytest.raises(ValueError, match="original=0: expected a whole number of at least 1"):
        unpooled_length(1, 2, padding=1, original=0)
