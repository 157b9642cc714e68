import itertools
from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib.datasets import inverse, permutation, permute_image, permute_signal

seeds = st.integers(0, 2**32 - 1)


@given(st.integers(1, 200), seeds)
def test_each_position_occurs_once_and_the_seed_decides(length: int, seed: int) -> None:
    order = permutation(length, seed)
    assert sorted(order.tolist()) == list(range(length))
    assert torch.equal(order, permutation(length, seed))


def test_every_order_of_four_is_about_as_likely_as_the_next() -> None:
    counts = Counter(tuple(permutation(4, seed).tolist()) for seed in range(4800))
    assert set(counts) == set(itertools.permutations(range(4)))
    # 200 each are expected, with a standard deviation of 14.
    assert min(counts.values()) > 140
    assert max(counts.values()) < 260


def test_an_order_that_the_page_can_be_held_to() -> None:
    # Durstenfeld's shuffle with frontend/src/core/random.ts, followed by hand in JavaScript.
    assert permutation(10, 0).tolist() == [3, 8, 6, 4, 5, 9, 7, 1, 0, 2]


@given(st.integers(1, 50), seeds)
def test_the_inverse_undoes(length: int, seed: int) -> None:
    order = permutation(length, seed)
    x = torch.randn(2, 3, length, generator=torch.Generator().manual_seed(seed))
    assert torch.equal(permute_signal(permute_signal(x, order), inverse(order)), x)
    assert torch.equal(inverse(inverse(order)), order)


def test_each_sample_and_channel_is_permuted_alike() -> None:
    x = torch.tensor([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]])
    order = torch.tensor([2, 0, 1])
    assert permute_signal(x, order).tolist() == [
        [[3, 1, 2], [6, 4, 5]],
        [[9, 7, 8], [12, 10, 11]],
    ]


def test_pixels_move_across_rows_with_their_channels_together() -> None:
    image = torch.tensor([[[1, 2, 3], [4, 5, 6]], [[10, 20, 30], [40, 50, 60]]])
    order = torch.tensor([5, 4, 3, 2, 1, 0])
    assert permute_image(image, order).tolist() == [
        [[6, 5, 4], [3, 2, 1]],
        [[60, 50, 40], [30, 20, 10]],
    ]


@given(st.integers(1, 6), st.integers(1, 6), seeds)
def test_an_image_comes_back(height: int, width: int, seed: int) -> None:
    order = permutation(height * width, seed)
    image = torch.randn(2, 3, height, width, generator=torch.Generator().manual_seed(seed))
    assert torch.equal(permute_image(permute_image(image, order), inverse(order)), image)


@pytest.mark.parametrize(
    ("order", "error", "message"),
    [
        (torch.tensor([0, 0, 2]), ValueError, "does not hold each position from 0 to 2 once"),
        (torch.tensor([1, 2, 3]), ValueError, "does not hold each position from 0 to 2 once"),
        (torch.tensor([[0, 1]]), ValueError, r"order has shape \(1, 2\)"),
        (torch.tensor([], dtype=torch.int64), ValueError, r"order has shape \(0,\)"),
        (torch.tensor([0.0, 1.0]), TypeError, "order has dtype torch.float32"),
    ],
)
def test_what_is_no_order_is_refused(
    order: torch.Tensor, error: type[Exception], message: str
) -> None:
    for use in (
        inverse,
        lambda o: permute_signal(torch.zeros(3), o),
        lambda o: permute_image(torch.zeros(1, 3), o),
    ):
        with pytest.raises(error, match=message):
            use(order)


def test_lengths_must_match() -> None:
    order = permutation(6, 0)
    with pytest.raises(ValueError, match=r"x has shape \(2, 5\): expected \(..., 6\)"):
        permute_signal(torch.zeros(2, 5), order)
    with pytest.raises(ValueError, match=r"x has shape \(2, 2\): expected .* H \* W = 6"):
        permute_image(torch.zeros(2, 2), order)
    with pytest.raises(ValueError, match=r"x has shape \(6,\)"):
        permute_image(torch.zeros(6), order)


def test_lengths_and_seeds_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="length=0: expected at least 1"):
        permutation(0, 0)
    with pytest.raises(TypeError, match=r"length=2\.0: expected an int"):
        permutation(2.0, 0)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="seed=-1"):
        permutation(3, -1)


@pytest.mark.parametrize("function", [permute_signal, permute_image])
def test_what_is_no_tensor_is_named(function) -> None:
    with pytest.raises(TypeError, match="x is a ndarray: expected a tensor"):
        function(np.zeros((2, 2)), permutation(4, 0))
    with pytest.raises(TypeError, match="order is a list: expected a tensor"):
        function(torch.zeros(2, 2), [1, 0])
