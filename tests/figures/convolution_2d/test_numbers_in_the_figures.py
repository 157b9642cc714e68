"""The numbers in this chapter's figures are those of the convolution, and bad ones are refused."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch.nn import functional

from course_lib.figures import load, show
from course_lib.figures.convolution_2d.grids import IMAGE, SOBEL_X
from course_lib.figures.rendering import page_svg


def test_the_weighted_sum_is_torch_s() -> None:
    x, w = (torch.tensor(rows).double()[None, None] for rows in (IMAGE, SOBEL_X))
    z = functional.conv2d(x, w, padding=1)[0, 0]
    for row in (2, 3, 4):
        alt = load("convolution-2d/weighted-sum").describe(row=row, column=2)
        total = f"{z[row - 1, 1]:g}".replace("-", "\N{MINUS SIGN}")
        assert alt.endswith(f"row {row}, column 2: {total}.")


@pytest.mark.parametrize(
    ("row", "column", "zeros", "mean"), [(1, 1, 5, "1.33"), (1, 2, 3, "2"), (2, 2, 0, "3")]
)
def test_a_corner_loses_five_of_nine_to_the_padding_and_an_edge_three(
    row: int, column: int, zeros: int, mean: str
) -> None:
    alt = load("convolution-2d/zero-padding").describe(row=row, column=column)
    assert f"reads {zeros} zeros of the frame" in alt
    assert alt.endswith(f"The output of the window is {mean}.")


def test_the_parameters_are_those_of_the_layer() -> None:
    layer = torch.nn.Conv2d(4, 2, 3)
    count = sum(p.numel() for p in layer.parameters())
    alt = load("convolution-2d/parameters").describe(in_channels=4, out_channels=2)
    assert alt.endswith(f"Together there are {count}.")


@pytest.mark.parametrize(
    ("name", "params", "said"),
    [
        ("weighted-sum", {"row": 1}, "from 2 to 4"),
        ("weighted-sum", {"kernel": ((1, 2), (3, 4))}, "expected 3 rows"),
        ("zero-padding", {"column": 5}, "from 1 to 4"),
        ("zero-padding", {"image": ((1, 2, 3), (4, 5))}, "expected 3 to 4 rows"),
        ("channels", {"out_channels": 4}, "from 1 to 3"),
        ("parameters", {"kernel_size": 0}, "from 1 to 3"),
    ],
)
def test_what_there_is_no_room_for_is_refused(name: str, params: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        show(f"convolution-2d/{name}", **params)


def test_the_weights_in_the_sum_are_those_of_the_grid() -> None:
    kernel = ((-0.125, 0.25, -0.125), (0, 1, 0), (0.125, 0.25, 0.125))
    text = "".join(page_svg(load("convolution-2d/weighted-sum"), {"kernel": kernel}).itertext())
    assert "(\N{MINUS SIGN}1/8)·" in text
    assert "0.12" not in text
    assert "\N{MINUS SIGN}1/8, 1/4" in load("convolution-2d/weighted-sum").describe(kernel=kernel)
