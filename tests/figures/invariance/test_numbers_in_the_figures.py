"""The numbers that the figures of the chapter say, against torch."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from course_lib.figures import load, show
from course_lib.figures.invariance.breaking import WORKED


def test_circular_padding_is_exact_but_for_odd_shifts_at_stride_2() -> None:
    alt = load("invariance/breaking").describe()
    circular, strided, zeros = alt.split("f[x], for", 1)[1].split(";")
    assert circular.endswith("circular, stride 1: 0, 0, 0, 0, 0, 0, 0, 0 and 0")
    found = [float(v) for v in strided.split(": ")[1].replace(" and ", ", ").split(", ")]
    assert all((value == 0) == (shift % 2 == 0) for shift, value in enumerate(found))
    x = torch.tensor([[WORKED]], dtype=torch.float64)
    z = functional.conv1d(functional.pad(x, (1, 1)), torch.ones(1, 1, 3).double() / 3)
    moved = functional.pad(x, (1, -1))
    first = functional.conv1d(functional.pad(moved, (1, 1)), torch.ones(1, 1, 3).double() / 3)
    largest = (first - functional.pad(z, (1, -1))).abs().max()
    said = zeros.split(": ")[1].split(", ")[1]
    assert float(said) == pytest.approx(float(largest), abs=0.005)


def test_the_pooled_classifier_stays_and_the_flattening_one_does_not() -> None:
    def answers(head: str) -> list[str]:
        alt = load("invariance/classification").describe(head=head)
        return [part.split("cross: ")[-1] for part in alt.split("probabilities")[1:]]

    before, after = answers("pool")
    assert before.split(".  ")[0].split(". ")[0] in after.removeprefix(": ") or before == after
    assert "0.88" in answers("flatten")[0]
    assert "0.88" not in answers("flatten")[1]


def test_a_scene_that_loses_nothing_is_segmented_alike_either_way() -> None:
    assert "agree at all 576 pixels" in load("invariance/segmentation").describe(down=0, right=2)
    assert "differ at" in load("invariance/segmentation").describe(down=-8)


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("classification", {"shape": "star"}, "expected one of disc, square, cross"),
        ("classification", {"head": "max"}, "expected flatten or pool"),
        ("classification", {"down": 30}, "from -24 to 24"),
        ("segmentation", {"right": 25}, "from -24 to 24"),
        ("breaking", {"signal": [1, 2, 3]}, "an even number from 4 to 32"),
        ("breaking", {"longest": 9}, "from 1 to 8"),
    ],
)
def test_a_value_that_cannot_be_drawn_is_refused_in_words(
    name: str, params: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        show(f"invariance/{name}", **params)
