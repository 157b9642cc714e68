"""The demo of YOLO's grid: what it takes, what it refuses, and that its loss is the library's."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from course_lib.demos import YoloGrid
from course_lib.demos.detection_page import SCENES, SIDE, truth
from course_lib.demos.yolo_grid import CHECKS, MUGS, SCENE_NAMES, VIEWS
from course_lib.detection import decode_grid
from tests.demos.detection_states import grid_states
from tests.demos.frontend import exported, first_frames
from tests.demos.refusals import assert_refused


def test_it_begins_with_the_objects_of_the_scene() -> None:
    boxes, labels = truth("mugs")
    assert [[round(n * 448 / SIDE) for n in box] for box in boxes] == [list(b) for b in MUGS]
    assert YoloGrid().labels == list(labels)
    assert set(SCENES) == set(SCENE_NAMES)


def test_every_drawn_state_is_taken_and_its_loss_is_finite() -> None:
    for state in grid_states(40):
        terms = YoloGrid(**state).reference()
        assert terms.shape == (5,)
        assert terms.isfinite().all()
        assert (terms >= 0).all()


def test_a_faultless_prediction_costs_nothing_and_decodes_to_the_objects() -> None:
    demo = YoloGrid(confidences=[1, 0, 0], probability=1, background=0)
    demo.predicted = [demo.boxes[3]] * 3
    torch.testing.assert_close(demo.reference(), torch.zeros(5, dtype=torch.float64))
    (found,) = decode_grid(demo.reference_prediction(), (448, 448), demo.grid)
    kept = found.select(found.scores > 0.5)
    assert sorted(kept.boxes.round().tolist()) == sorted(demo.boxes)


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("scene", "moon", "expected one of mugs"),
        ("boxes", [], "expected a list of 1 to 6 boxes"),
        ("boxes", [[9, 9, 3, 20]], "inside out"),
        ("boxes", [[9, 9, 10, 20]], "at least 4"),
        ("boxes", [[-9, 9, 10, 20]], "from 0 to 448"),
        ("boxes", [[9, 9, 30, 20]], "expected as many"),
        ("labels", [1, 2, 3, 10], "from 0 to 9"),
        ("selected", 4, "from 0 to 3"),
        ("cells", 1, "from 2 to 14"),
        ("boxes_per_cell", 4, "from 1 to 3"),
        ("class_count", 9, "from 10 to 1000"),
        ("view", "code", "expected one of encode, loss"),
        ("predicted", [[0, 0, 9, 9]], "a list of 3 to 3 boxes"),
        ("confidences", [0.5, -0.1, 0], "from 0 to 1"),
        ("grabbed", 2, "from -1 to 1"),
        ("probability", float("nan"), "from 0 to 1"),
        ("background", "much", "from 0 to 1"),
    ],
)
def test_what_is_impossible_is_refused(trait: str, value: Any, said: str) -> None:
    assert_refused(YoloGrid(), trait, value, said)


def test_the_page_has_the_same_traits_and_limits() -> None:
    keys = exported("demos/yolo-grid/state.ts", "KEYS")
    assert set(keys) == set(CHECKS)
    assert set(keys) < set(YoloGrid().page_state())
    assert exported("demos/yolo-grid/state.ts", "VIEWS") == list(VIEWS)
    limits = exported("demos/yolo-grid/state.ts", "LIMITS")
    for page, trait in (
        ("cells", "cells"),
        ("boxesPerCell", "boxes_per_cell"),
        ("classCount", "class_count"),
        ("objects", "boxes"),
    ):
        given = CHECKS[trait].keywords  # type: ignore[attr-defined]
        assert limits[page] == {"min": given["at_least"], "max": given["at_most"]}


def test_the_first_frame_shows_the_numbers() -> None:
    (frame,) = first_frames([YoloGrid()])
    assert "= 98 boxes" in frame
    assert "1,470 numbers" in frame
    assert "data:image/png" in frame
