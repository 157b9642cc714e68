from typing import Any

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional

from course_lib.convolution import max_pool1d, max_pool2d, max_unpool1d, max_unpool2d
from tests.convolution.agreement import assert_agrees, random_tensor
from tests.convolution.strategies import pairs, poolings

FIRST = torch.zeros(1, 1, 2, dtype=torch.int64)


@settings(max_examples=50)
@given(poolings(dimensions=1), st.none() | st.integers(1, 12))
def test_unpooling_what_was_pooled_is_torchs(
    pooling: tuple[Tensor, dict[str, Any]], output_size: int | None
) -> None:
    x, options = pooling
    try:
        values, positions = max_pool1d(x, **options)
    except ValueError:
        assume(False)
    del options["ceil_mode"]
    assert_agrees(
        lambda v: max_unpool1d(v, positions, output_size=output_size, **options),
        lambda v: _not_empty(
            functional.max_unpool1d(
                v, positions, output_size=None if output_size is None else [output_size], **options
            )
        ),
        values,
    )


@settings(max_examples=50)
@given(poolings(dimensions=2), st.none() | pairs(1, 10))
def test_unpooling_an_image_that_was_pooled_is_torchs(
    pooling: tuple[Tensor, dict[str, Any]], output_size: tuple[int, int] | None
) -> None:
    x, options = pooling
    try:
        values, positions = max_pool2d(x, **options)
    except ValueError:
        assume(False)
    del options["ceil_mode"]
    assert_agrees(
        lambda v: max_unpool2d(v, positions, output_size=output_size, **options),
        lambda v: _not_empty(
            functional.max_unpool2d(v, positions, output_size=output_size, **options)
        ),
        values,
    )


def _not_empty(z: Tensor) -> Tensor:
    """Refuse what torch lets through: an output without values, whatever was to go there."""
    if z.numel() == 0:
        raise ValueError("the output has no values")
    return z


def test_each_maximum_returns_to_its_place_among_zeros() -> None:
    image = torch.tensor([[[[1.0, 5, 2, 0], [3, 4, 1, 7], [9, 8, 6, 6], [0, 2, 6, 6]]]])
    pooled = max_pool2d(image, 2)
    back = max_unpool2d(*pooled, 2)
    assert back.tolist() == [[[[0, 5, 0, 0], [0, 0, 0, 7], [9, 0, 6, 0], [0, 0, 0, 0]]]]
    assert torch.equal(max_pool2d(back, 2).values, pooled.values)


def test_the_size_says_which_of_the_signals_with_as_many_windows_is_meant() -> None:
    x = random_tensor(1, 2, 7)
    values, positions = max_pool1d(x, 2)
    assert max_unpool1d(values, positions, 2).shape[-1] == 6
    assert max_unpool1d(values, positions, 2, output_size=7).shape == x.shape


@pytest.mark.parametrize(
    ("positions", "options", "message"),
    [
        (
            FIRST + 4,
            {},
            r"positions run from 4 to 4: expected them within the 1 × 4 output, from 0 to 3",
        ),
        (FIRST - 1, {}, r"positions run from -1 to -1: expected them within"),
        (FIRST[..., :1], {}, r"positions has shape \(1, 1, 1\): expected \(1, 1, 2\), as x has"),
        (FIRST, {"output_size": 6}, r"original=6: expected less than stride=2 away from 4"),
        (FIRST, {"output_size": 2}, r"original=2: expected less than stride=2 away from 4"),
        (FIRST, {"padding": 2}, r"padding=2 leaves 0 values of length=2"),
        (FIRST, {"stride": 0}, r"stride=0: expected a whole number of at least 1"),
        (FIRST.to("meta"), {}, r"positions is on meta: expected cpu, where x is"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    positions: Tensor, options: dict[str, int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        max_unpool1d(torch.zeros(1, 1, 2), positions, 2, **options)


def test_positions_are_whole_numbers_of_sixty_four_bits() -> None:
    x = torch.zeros(1, 1, 2, 2)
    for positions in (x, x.int()):
        with pytest.raises(
            TypeError, match=r"positions has dtype torch\..*: expected torch\.int64"
        ):
            max_unpool2d(x, positions, 2)
    with pytest.raises(TypeError, match=r"positions has dtype list: expected torch\.int64"):
        max_unpool2d(x, [0], 2)  # type: ignore[arg-type]


def test_a_signal_shorter_than_its_padding_comes_back_if_its_length_is_given() -> None:
    x = torch.ones(1, 1, 1)
    values, positions = max_pool1d(x, 2, padding=1)
    assert torch.equal(max_unpool1d(values, positions, 2, padding=1, output_size=1), x)
