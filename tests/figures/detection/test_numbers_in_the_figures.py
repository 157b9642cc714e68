"""The numbers in this chapter's figures are those of the networks and of the library."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from course_lib.detection import Grid, average_precision, precision_recall
from course_lib.figures import load, show
from course_lib.networks import build


def test_the_counts_are_those_of_the_grid() -> None:
    for cells, boxes, classes in ((7, 2, 20), (6, 3, 10)):
        grid = Grid(cells, boxes, classes)
        alt = load("detection/grid").describe(cells=cells, boxes=boxes, classes=classes)
        assert f"are {grid.box_count} boxes" in alt
        assert alt.endswith(f"are {grid.number_count:,} numbers.")


def test_the_stages_are_those_of_the_network() -> None:
    network = build("yolo", device="meta")
    convolutions = [m for m in network.modules() if isinstance(m, torch.nn.Conv2d)]
    dense = [m for m in network.modules() if isinstance(m, torch.nn.Linear)]
    alt = load("detection/network").describe()
    assert alt.endswith(f"{len(convolutions)} convolutions and {len(dense)} dense layers.")
    assert f"{dense[0].out_features:,} units and one of {dense[1].out_features:,}" in alt
    assert "1024 × 7 × 7" in alt


def test_average_precision_is_the_library_s() -> None:
    right = (0, 1, 1, 0, 1)
    curve = precision_recall(torch.arange(5, 0, -1.0), torch.tensor(right).bool(), 4)
    alt = load("detection/precision-recall").describe(right=right, objects=4)
    assert alt.endswith(f"{average_precision(curve):.3f}.")


@pytest.mark.parametrize(
    ("name", "params", "said"),
    [
        ("grid", {"cells": 2}, "from 3 to 14"),
        ("network", {"boxes": 0}, "from 1 to 9"),
        ("encoding", {"box": (9, 9, 3, 20)}, "left < right"),
        ("encoding", {"box": (9, 9, 30)}, "expected 4 numbers"),
        ("loss-roots", {"error": 0.5}, "from 1 to 100"),
        ("suppression", {"overlap": 2}, "from 0 to 1"),
        ("precision-recall", {"right": (1, 2)}, "each 0 or 1"),
        ("precision-recall", {"objects": 3}, "at least the 4 found"),
    ],
)
def test_what_there_is_no_room_for_is_refused(name: str, params: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        show(f"detection/{name}", **params)
