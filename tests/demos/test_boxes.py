"""The demo of boxes: what it takes, what it refuses, and that it computes what the library does."""

from __future__ import annotations

import math
from typing import Any

import pytest

from course_lib.demos import Boxes
from course_lib.demos.boxes import CHECKS, VIEWS
from tests.demos.detection_states import boxes_states
from tests.demos.frontend import exported, first_frames
from tests.demos.refusals import assert_refused


def test_every_drawn_state_is_taken() -> None:
    for state in boxes_states(40):
        demo = Boxes(**state)
        kept = demo.reference().tolist()
        scores = [state["scores"][index] for index in kept]
        assert scores == sorted(scores, reverse=True)
        assert all(score >= state["threshold"] for score in scores)
        mean = demo.reference_evaluation().mean
        assert 0 <= mean <= 1


def test_the_boxes_it_begins_with_make_a_curve_that_falls_and_rises() -> None:
    demo = Boxes()
    assert demo.reference().tolist() == [5, 0, 2, 7, 3, 8]
    (curve,) = [row[3] for row in demo.reference_evaluation().curves]
    assert curve.precision.tolist() == pytest.approx([1, 1, 2 / 3, 3 / 4, 3 / 5])
    assert math.isnan(demo.reference_evaluation().by_class[0])


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("scene", "moon", "expected one of mugs"),
        ("boxes", [[0, 0, 1, 1]], "a list of 2 to 12 boxes"),
        ("boxes", [[9, 9, 3, 20], [0, 0, 1, 1]], "inside out"),
        ("boxes", [[0, 0, 1, 1], [0, 0, 97, 1]], "between -96 and 96"),
        ("boxes", [[0, 0, 1, 1], [0, 0, 2, 1]], "expected as many"),
        ("scores", [0.5], "a list of 2 to 12 numbers"),
        ("labels", [0] * 9 + [True], "from 0 to 9"),
        ("selected", 10, "from 0 to 9"),
        ("view", "all", "expected one of overlap"),
        ("threshold", 1.01, "from 0 to 1"),
        ("overlap", -1, "from 0 to 1"),
        ("least", 0, "from 0.05 to 1"),
        ("step", 13, "from 0 to 12"),
        ("guess", [1, 1], "at most once"),
        ("guess", [10], "from 0 to 9"),
    ],
)
def test_what_is_impossible_is_refused(trait: str, value: Any, said: str) -> None:
    assert_refused(Boxes(), trait, value, said)


def test_fewer_boxes_leave_nothing_pointing_beyond_them() -> None:
    demo = Boxes(selected=9, partner=4, guess=[0, 9])
    with demo.hold_trait_notifications():
        demo.selected, demo.partner, demo.guess = 0, 1, [0]
        demo.boxes, demo.scores, demo.labels = demo.boxes[:3], demo.scores[:3], demo.labels[:3]
    assert (demo.selected, demo.partner, demo.guess) == (0, 1, [0])


def test_the_page_has_the_same_traits_and_limits() -> None:
    keys = exported("demos/boxes/state.ts", "KEYS")
    assert set(keys) == set(CHECKS) | {"by_class", "predict", "revealed"}
    assert set(keys) < set(Boxes().page_state())
    assert exported("demos/boxes/state.ts", "VIEWS") == list(VIEWS)
    limits = exported("demos/boxes/state.ts", "LIMITS")
    given = CHECKS["boxes"].keywords  # type: ignore[attr-defined]
    assert limits["boxes"] == {"min": given["at_least"], "max": given["at_most"]}


def test_the_first_frame_shows_the_overlap() -> None:
    (frame,) = first_frames([Boxes()])
    assert "IoU = " in frame
    assert "data:image/png" in frame
