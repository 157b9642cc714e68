"""The numbers in this chapter's figures are torch's, and what has no room is refused."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch.nn import functional

from course_lib.figures import load, show
from course_lib.figures.resampling import larger, smaller
from course_lib.figures.resampling.transpose import KERNEL, SIGNAL


def written(rows: torch.Tensor) -> str:
    def one(value: float) -> str:
        return f"{value:.2f}".rstrip("0").rstrip(".")

    return "; ".join(", ".join(one(value) for value in row) for row in rows.tolist())


def test_fewer_values_are_torch_s() -> None:
    x = torch.tensor(smaller.IMAGE).double()[None]
    made = {
        "every-other": x[0, ::2, ::2],
        "max-pooling": functional.max_pool2d(x, 2)[0],
        "mean-pooling": functional.avg_pool2d(x, 2)[0],
    }
    for name, rows in made.items():
        assert f"outputs: {written(rows)}." in load(f"resampling/{name}").describe()


def test_more_values_are_torch_s() -> None:
    x = torch.tensor(larger.IMAGE).double()[None, None]
    small, places = functional.max_pool2d(x, 2, return_indices=True)
    made = {
        "duplicate": functional.interpolate(small, scale_factor=2),
        "max-unpooling": functional.max_unpool2d(small, places, [2, 2]),
        "bilinear": functional.interpolate(small, scale_factor=2, mode="bilinear"),
    }
    for name, rows in made.items():
        one = written(torch.round(rows[0, 0], decimals=1))
        assert one in load(f"resampling/{name}").describe()


def test_there_and_back_is_torch_s() -> None:
    x, w = (torch.tensor(values).double()[None, None] for values in (SIGNAL, KERNEL))
    y = functional.conv1d(x, w, stride=2)
    z = functional.conv_transpose1d(y, w, stride=2)
    alt = load("resampling/transpose").describe()
    for values in (y, z):
        whole = [f"{value:g}" for value in values.flatten().tolist()]
        assert f"{', '.join(whole[:-1])} and {whole[-1]}" in alt


def test_stamps_are_counted() -> None:
    alt = load("resampling/checkerboard").describe()
    assert "middle row 1, 1, 2, 1, 2, 1, 1 stamps" in alt
    assert "middle row 2, 2, 4, 4, 4, 4, 2, 2 stamps" in alt


def test_the_network_at_a_position_is_torch_s() -> None:
    alt = load("resampling/one-by-one").describe(pixel=(1, 2, 4), weights=((1, 1, 1), (0, 2, -1)))
    assert "become 7 and 0 at" in alt


@pytest.mark.parametrize(
    ("name", "params", "said"),
    [
        ("max-pooling", {"image": ((1, 2), (3, 4))}, "expected 4 or 6 rows"),
        ("mean-pooling", {"row": 4}, "from 1 to 3"),
        ("duplicate", {"image": smaller.IMAGE}, "expected 4 rows"),
        ("transpose", {"stride": 5}, "stride: expected 1 to 4, got 5"),
        ("transpose", {"signal": (1, 2)}, "expected at most 2"),
        ("checkerboard", {"kernel_size": 4}, "from 1 to 3"),
        ("one-by-one", {"pixel": (1, 2)}, "one for each column"),
        ("one-by-one", {"weights": ((1, 2, 3),) * 4}, "expected 1 to 3"),
    ],
)
def test_what_there_is_no_room_for_is_refused(name: str, params: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        show(f"resampling/{name}", **params)
