"""The live demos: what they take and refuse, and that they compute what torch does."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from traitlets import TraitError

from course_lib.datasets.scenes import Background, Description, background_pixels, describe, render
from course_lib.demos import LiveDetector, LiveSegmenter
from course_lib.demos.scene_backgrounds_page import NAMES, packed
from course_lib.demos.scene_demo import SIDE, SceneDemo
from course_lib.demos.scene_detectors_page import NETWORKS as DETECTORS
from course_lib.demos.scene_segmenters_page import NETWORKS as SEGMENTERS
from course_lib.segmentation import confusion_matrix, mean_iou
from tests.demos.frontend import first_frames
from tests.demos.refusals import assert_refused

BOTH = pytest.mark.parametrize("kind", [LiveDetector, LiveSegmenter])
GREY = b64encode(bytes([128]) * (3 * SIDE * SIDE)).decode()


@BOTH
def test_a_scene_is_the_held_out_one_until_it_is_changed(kind: type[SceneDemo]) -> None:
    demo = kind(index=7)
    drawn = describe("test", "detection", 7)
    assert demo.scene is None
    assert demo.description() == drawn
    assert torch.equal(demo.image(), render(drawn, dtype=torch.float32).image)
    fewer = replace(drawn, objects=drawn.objects[1:])
    demo.selected = len(drawn.objects) - 1
    demo.scene = fewer
    assert demo.selected == -1
    assert demo.description() == fewer
    assert json.loads(json.dumps(demo.page_state()))["scene"] == demo.scene


@BOTH
def test_an_own_image_is_taken_as_it_is(kind: type[SceneDemo]) -> None:
    demo = kind(own=GREY, source="own")
    assert torch.equal(demo.image(), torch.full((3, SIDE, SIDE), 128 / 255))


@BOTH
def test_what_no_scene_can_be_is_refused(kind: type[SceneDemo]) -> None:
    demo, drawn = kind(), describe("test", "detection", 0)
    many = replace(drawn, objects=drawn.objects[:1] * 13)
    elsewhere = replace(drawn, background=Background("gravel", 0, 0, 1))
    for trait, value, said in (
        ("index", -1, "from 0 to 9999"),
        ("index", 1.5, "whole number"),
        ("scene", 3, "expected a Description"),
        ("scene", {"objects": []}, "background"),
        ("scene", many, "at most 12"),
        ("scene", elsewhere, "the page holds astronaut"),
        ("selected", 9, "from -1 to"),
        ("source", "own", "there is no own image"),
        ("source", "film", "one of scene, own"),
        ("own", "AAAA", "holds 3 bytes"),
        ("own", "§", "base 64"),
        ("own", 5, "base 64"),
    ):
        assert_refused(demo, trait, value, said)


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("network", "best", "expected one of"),
        ("threshold", 1.5, "from 0 to 1"),
        ("threshold", float("nan"), "from 0 to 1"),
        ("overlap", -0.1, "from 0 to 1"),
        ("cell", 36, "from 0 to 35"),
    ],
)
def test_what_no_detector_can_be_is_refused(trait: str, value: Any, said: str) -> None:
    assert_refused(LiveDetector(), trait, value, said)


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("network", "net", "one of U-Net"),
        ("view", "both", "one of predicted, true"),
        ("row", 96, "from 0 to 95"),
        ("column", True, "whole number"),
    ],
)
def test_what_no_segmenter_can_be_is_refused(trait: str, value: Any, said: str) -> None:
    assert_refused(LiveSegmenter(), trait, value, said)


@pytest.mark.parametrize("network", DETECTORS)
@torch.no_grad()
def test_thresholds_choose_among_the_detector_s_boxes(network: str) -> None:
    demo = LiveDetector(index=3, network=network, threshold=0, overlap=1)
    every = demo.reference()
    assert len(every) == 72
    demo.threshold, demo.overlap = 0.3, 0.5
    some = demo.reference()
    assert (some.scores >= 0.3).all()
    assert set(some.scores.tolist()) <= set(every.scores.tolist())
    demo.threshold = 1
    assert len(demo.reference()) == 0


@pytest.mark.parametrize("network", SEGMENTERS)
@torch.no_grad()
def test_the_map_of_classes_has_one_a_pixel(network: str) -> None:
    demo = LiveSegmenter(index=3, network=network)
    classes = demo.reference()
    assert classes.shape == (SIDE, SIDE)
    assert torch.equal(classes, demo.scores().argmax(dim=0))
    truth = render(demo.description()).mask
    assert mean_iou(confusion_matrix(classes, truth, 11)) > 0.3


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 9999))
def test_every_held_out_scene_stands_before_a_photograph_of_the_page(index: int) -> None:
    assert describe("test", "detection", index).background.photograph in NAMES


def test_first_frames_show_the_scene() -> None:
    demos = [LiveDetector(index=2), LiveSegmenter(index=2, view="true")]
    for frame in first_frames(demos):
        assert "data:image/png;base64," in frame
        assert "The network is being loaded." in frame


def test_a_photograph_is_packed_in_few_bytes_and_the_same_each_time() -> None:
    pixels = background_pixels("coins")
    once = packed(pixels)
    assert once == packed(pixels)
    assert len(once["bits"]) * 3 / 4 < pixels.size / 3 * 0.6
    assert len(once["parameters"]) == 1
    assert len(packed(background_pixels("retina"))["parameters"]) == 3


def test_an_empty_scene_is_a_scene() -> None:
    nothing = Description(Background("page", 0.5, 0, 1), ())
    assert LiveDetector(scene=nothing).description() == nothing
    with pytest.raises(TraitError):
        LiveDetector(scene=nothing, selected=0)
