"""Augmentation: what a change makes of a picture and of its label, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.datasets.scenes import CLASSES, describe, render
from course_lib.demos import Augmentation
from course_lib.demos import augmentation as module
from course_lib.demos.augmentation import CHECKS, IMAGE_SIDE, PICTURES, UNCLEAR
from course_lib.demos.augmentation_page import colour_components, picture
from tests.demos.frontend import SOURCE, exported, first_frames, run_node
from tests.demos.refusals import assert_refused


@st.composite
def states(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a state that the demo can show."""
    crop = draw(st.integers(64, IMAGE_SIDE))
    share = st.integers(0, 100).map(lambda n: n / 100)
    return {
        "picture": draw(st.sampled_from(PICTURES)),
        "crop_side": crop,
        "right": draw(st.integers(0, IMAGE_SIDE - crop)),
        "down": draw(st.integers(0, IMAGE_SIDE - crop)),
        "mirror": draw(st.booleans()),
        "scale": draw(st.integers(25, 400)) / 100,
        "rotation": float(draw(st.integers(-180, 180))),
        "brightness": float(draw(st.integers(-255, 255))),
        "contrast": draw(st.integers(0, 400)) / 100,
        "colour": [draw(st.integers(-80, 80)) / 10 for _ in range(3)],
        "cutout": draw(share),
        "cutout_x": draw(share),
        "cutout_y": draw(share),
    }


@settings(max_examples=40, deadline=None)
@given(states())
def test_a_view_keeps_to_the_range_and_a_label_to_its_picture(state: dict[str, Any]) -> None:
    demo = Augmentation(**state)
    view = demo.reference()
    assert view.shape == (16, 16, 3)
    assert view.min() >= 0
    assert view.max() <= 255
    labels = {UNCLEAR, state["picture"]}
    for plain, mirrored in [module.TURNED.get(state["picture"], ((), ()))]:
        labels |= {*plain, *mirrored}
    assert demo.output["label"] in labels
    assert 0 <= demo.output["visible"] <= 1


def test_a_mirror_is_a_flip_and_a_half_turn_two_flips() -> None:
    whole = {"crop_side": 256, "right": 0, "down": 0}
    plain = Augmentation(**whole).reference(32)
    mirrored = Augmentation(**whole, mirror=True).reference(32)
    assert torch.allclose(mirrored, plain.flip(1), atol=1e-9)
    turned = Augmentation(**whole, rotation=180).reference(32)
    assert torch.allclose(turned, plain.flip(0, 1), atol=1e-9)
    quarter = Augmentation(**whole, rotation=90).reference(32)  # clockwise
    assert torch.allclose(quarter, plain.rot90(-1, dims=(0, 1)), atol=1e-9)


def test_the_whole_image_at_its_own_size_is_the_picture() -> None:
    view = Augmentation(picture="cat", crop_side=256, right=0, down=0).reference(128)
    assert torch.allclose(view, picture("cat").permute(1, 2, 0).double(), atol=1e-9)


def test_a_scene_keeps_its_class_until_too_little_of_its_object_is_seen() -> None:
    whole = {"picture": "scene", "index": 7, "crop_side": 256, "right": 0, "down": 0}
    demo = Augmentation(**whole)
    scene = render(describe("test", "classification", 7), 96)
    assert demo.label() == CLASSES[int(scene.labels[0])]
    assert torch.allclose(demo.reference(96), scene.image.permute(1, 2, 0).double(), atol=1e-9)
    assert Augmentation(**whole, mirror=True, rotation=90.0).label() == demo.label()
    assert Augmentation(**whole, cutout=1.0).label() == UNCLEAR


def test_the_answer_is_the_trained_network_s_and_only_scenes_have_one() -> None:
    from course_lib.demos import InsideAClassifier

    whole = {"crop_side": 256, "right": 0, "down": 0, "index": 12}
    found = Augmentation(picture="scene", **whole).reference_answer()
    assert torch.allclose(found, InsideAClassifier(index=12).reference(), atol=1e-5)
    grey = Augmentation(picture="scene", **whole, contrast=0.0).reference_answer()
    assert not torch.allclose(found, grey, atol=1e-2)
    assert Augmentation(picture="cat", **whole).reference_answer().shape == (0,)


def test_the_components_are_orthonormal_and_in_order() -> None:
    variances, directions = colour_components()
    assert list(variances) == sorted(variances, reverse=True)
    vectors = torch.tensor(directions).double()
    assert torch.allclose(vectors @ vectors.T, torch.eye(3).double(), atol=1e-5)


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({"mirror": True}, "d"),
        ({"rotation": 180.0}, "q"),
        ({"rotation": -160.0, "mirror": True}, "p"),
        ({"rotation": 80.0}, UNCLEAR),
        ({"cutout": 1.0}, UNCLEAR),
        ({"picture": "six", "rotation": 170.0}, "9"),
        ({"picture": "arrow", "rotation": 90.0}, "back"),
        ({"picture": "arrow", "rotation": -90.0}, "ahead"),
        ({"picture": "cat", "rotation": 180.0, "mirror": True}, "cat"),
    ],
)
def test_labels_follow_the_symmetries_of_each_picture(change: dict[str, Any], label: str) -> None:
    assert Augmentation(**change).label() == label


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("picture", "dog", "cat, coffee, six"),
        ("index", 10_000, "from 0 to 9999"),
        ("crop_side", 257, "from 64 to 256"),
        ("crop_side", 250, "right is 16; expected 0 to 6"),
        ("right", 33, "right is 33; expected 0 to 32"),
        ("mirror", 1, "True or False"),
        ("scale", 0, "from 0.25 to 4"),
        ("rotation", float("nan"), "from -180 to 180"),
        ("colour", [0, 0], "has 2 values"),
        ("colour", [0, 0, 9], "colour[2] is 9"),
        ("cutout", 1.5, "from 0 to 1"),
        ("vary", ["noise"], "some of"),
        ("vary", "mirror", "a list"),
        ("strength", "none", "mild, strong"),
        ("seed", -1, "from 0 to 9999"),
    ],
)
def test_a_bad_trait_is_refused_in_words_and_changes_nothing(
    trait: str, value: Any, said: str
) -> None:
    demo = Augmentation()
    before = demo.page_state()
    if said.startswith("right is 16"):
        with pytest.raises(module.TraitError, match=said):
            setattr(demo, trait, value)
        assert demo.page_state() == before
    else:
        assert_refused(demo, trait, value, said)


def test_the_page_has_the_traits_limits_and_words_of_python() -> None:
    folder = "demos/augmentation/state.ts"
    keys = exported(folder, "KEYS")
    assert exported("demos/augmentation/subject.ts", "SUBJECTS") == list(module.SUBJECTS)
    assert set(keys) == set(CHECKS)
    assert set(keys) < set(Augmentation().page_state())
    for name, limits in exported(folder, "LIMITS").items():
        if name != "colour":
            given = CHECKS[name].keywords  # type: ignore[attr-defined]
            assert limits == {"min": given["at_least"], "max": given["at_most"]}, name
    assert exported("core/augmentation.ts", "VARIED") == list(module.VARIED)
    assert exported("core/augmentation.ts", "STRENGTHS") == list(module.STRENGTHS)
    assert exported("data/augmentation.ts", "PICTURES") == list(PICTURES)


def test_the_first_frame_has_its_pictures_and_finite_numbers() -> None:
    [html] = first_frames([Augmentation(picture="cat", mirror=True)])
    assert html.count('src="data:image/png;base64,') == 14
    assert not any(word in html for word in ("NaN", "Infinity", "undefined"))


def test_the_snippets_run_and_print_the_demo_s_middle_pixel() -> None:
    demos = [
        Augmentation(),
        Augmentation(picture="cat", rotation=33.0, scale=1.3, colour=[1.0, -2.0, 3.0]),
        Augmentation(picture="coffee", cutout=0.4, cutout_x=0.6, cutout_y=0.6, mirror=True),
        Augmentation(picture="scene", index=5, rotation=20.0, brightness=30.0, cutout=0.2),
    ]
    codes = []
    for demo in demos:
        address = (SOURCE / "demos/augmentation/snippet.ts").as_uri()
        code = (
            f"import {{ snippet }} from {address!r};"
            f" const lines = snippet({json.dumps(demo.page_state())});"
            " console.log(lines.map((line) => line.code).join('\\n'));"
        )
        codes.append(run_node("--input-type=module", "--eval", code))
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(codes)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for printed, demo in zip(done.stdout.splitlines(), demos, strict=True):
        scene = demo.picture == "scene"
        expected = demo.reference_answer() if scene else demo.reference()[8, 8]
        assert json.loads(printed) == pytest.approx(expected.tolist(), abs=1e-5 if scene else 1e-6)
