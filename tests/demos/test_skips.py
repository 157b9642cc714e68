"""The demo of a U-Net's skips: what it takes and refuses, and what torch makes of its states."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from course_lib.datasets import SceneDataset
from course_lib.demos import Skips
from course_lib.demos.skips import CHECKS, LEVELS
from course_lib.demos.u_nets_page import held
from course_lib.networks import summarise, trained_network
from tests.demos.frontend import exported, first_frames
from tests.demos.refusals import assert_refused


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("index", -1, "expected a whole number from 0 to 9999"),
        ("index", 1.5, "expected a whole number"),
        ("index", None, "expected a whole number"),
        ("skips", [True], "expected 3 times True or False"),
        ("skips", [1, 1, 1], "expected 3 times True or False"),
        ("skips", "yes", "expected 3 times"),
        ("map", "heat", "expected one of classes, errors"),
        ("pixel", [1], "expected [row, column]"),
        ("pixel", [0, 96], "pixel[1] is 96; expected a whole number from 0 to 95"),
        ("pixel", None, "expected [row, column]"),
    ],
)
def test_what_cannot_be_is_refused_in_words(trait: str, value: Any, said: str) -> None:
    assert_refused(Skips(), trait, value, said)


def test_the_levels_are_those_of_the_network() -> None:
    layers = summarise(trained_network("scene-u-net"), (3, 96, 96))
    joints = [row.output_shape[-1] for row in layers if row.kind == "Concatenate"]
    assert sorted(joints, reverse=True) == list(LEVELS)


def test_with_all_skips_on_the_first_two_answers_agree() -> None:
    demo = Skips(index=11)
    assert demo.output[0] == demo.output[1]
    assert demo.mean_iou[0] == demo.mean_iou[1]
    assert len(demo.output) == 1 + len(held())


def test_a_cut_skip_changes_the_answer_and_no_other() -> None:
    demo = Skips(index=11)
    before = demo.output
    demo.skips = [False, True, True]
    assert demo.output[0] == before[0]
    assert demo.output[1] != before[1]
    assert demo.output[2:] == before[2:]
    assert demo.mean_iou[1] != demo.mean_iou[0]


def test_the_page_has_the_network_nearly_as_it_was_trained() -> None:
    demo = Skips(index=11)
    scene = SceneDataset("test", 20, task="segmentation")[11]
    with torch.inference_mode():
        scores = trained_network("scene-u-net")(scene.image[None] / 255)
    assert (scores[0].argmax(0) == demo.reference()[0]).double().mean() > 0.99


def test_the_accuracy_is_a_count_of_pixels() -> None:
    demo = Skips(index=2, skips=[True, False, True])
    truth = SceneDataset("test", 3, task="segmentation")[2].mask
    for rows, accuracy in zip(demo.output, demo.accuracy, strict=True):
        said = torch.tensor([[int(digit, 16) for digit in row] for row in rows])
        assert (said == truth).double().mean().item() == pytest.approx(accuracy)


def test_both_sides_check_the_same_traits() -> None:
    assert set(exported("demos/skips/state.ts", "KEYS")) == set(CHECKS)


def test_the_first_frame_shows_the_result_without_a_browser() -> None:
    (frame,) = first_frames([Skips(index=4)])
    assert "data:image/png;base64," in frame
    assert "all skips" in frame
    assert "mean IoU" in frame
