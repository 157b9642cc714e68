"""The demo's traits, and what torch makes of them."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest
import torch
from traitlets import TraitError

from course_lib.datasets.scenes import scenes
from course_lib.demos import InsideAClassifier
from course_lib.demos.inside_a_classifier import LAYERS
from tests.demos.refusals import assert_refused
from tests.networks.page_inference import run_in_the_page

WHITE = b64encode(bytes([255] * 96 * 96 * 3)).decode()


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        ("index", -1, "0 to 9999"),
        ("index", 2.5, "0 to 9999"),
        ("right", 49, "-48 to 48"),
        ("down", "far", "-48 to 48"),
        ("dots", [1, 2], "column, row and tone"),
        ("dots", [1, 2, 6], "tone (0 to 5)"),
        ("dots", [0.5, 2, 1], "column, row and tone"),
        ("dots", [1, 2, 3] * 301, "900"),
        ("source", "own", "there is no own image"),
        ("own", "AAAA", "96 × 96 × 3 bytes"),
        ("hand", "throw", "move"),
        ("target", 10, "-1 to 9"),
        ("explanation", "tea leaves", "class map"),
        ("weights", "random", "all shuffled"),
        ("layer", "conv 9", "pool 3"),
        ("channel", 16, "0 to 15"),
        ("row", 48, "0 to 47"),
    ],
)
def test_an_impossible_trait_is_refused_in_words(trait: str, value: Any, said: str) -> None:
    assert_refused(InsideAClassifier(), trait, value, said)


def test_a_unit_that_a_smaller_layer_has_not_got_gives_way_to_one_in_the_middle() -> None:
    demo = InsideAClassifier(channel=15, row=40, column=2)
    demo.layer = "pool 3"
    assert (demo.channel, demo.row, demo.column) == (15, 3, 2)
    given = InsideAClassifier(layer="conv 4", channel=63, row=11, column=0)
    assert (given.channel, given.row, given.column) == (63, 11, 0)
    with pytest.raises(TraitError, match="channel"):
        InsideAClassifier(layer="conv 1", channel=16)


def test_the_layers_are_the_network_s() -> None:
    shapes = []
    x = torch.zeros(1, 3, 96, 96)
    for layer in InsideAClassifier().network().features:
        x = layer(x)
        if isinstance(layer, torch.nn.Conv2d | torch.nn.MaxPool2d):
            shapes.append((x.shape[1], x.shape[2]))
    assert shapes == list(LAYERS.values())


def test_the_image_is_moved_with_its_border_and_drawn_on() -> None:
    plain = InsideAClassifier(index=3).image()
    moved = InsideAClassifier(index=3, right=5, down=-2).image()
    assert torch.equal(moved[:, :90, 10:], plain[:, 2:92, 5:91])
    assert torch.equal(moved[:, 0, 0], plain[:, 2, 0])
    dotted = InsideAClassifier(index=3, dots=[10, 20, 1]).image()
    assert int((dotted != plain).any(0).sum()) <= 29
    assert torch.equal(dotted[:, 20, 10], torch.ones(3))
    white = InsideAClassifier(own=WHITE, source="own").image()
    assert torch.equal(white, torch.ones(3, 96, 96))


def test_references_are_probabilities_and_maps_of_their_shapes() -> None:
    demo = InsideAClassifier(index=5)
    assert demo.reference().sum().item() == pytest.approx(1, abs=1e-6)
    for explanation, side in (("class map", 6), ("pixels", 96), ("covering", 10)):
        demo.explanation = explanation
        assert demo.reference_evidence().shape == (side, side)
    demo.explanation = "class map"
    trained = demo.reference_evidence()
    demo.weights = "dense layers shuffled"
    assert not torch.allclose(demo.reference_evidence(), trained)


@torch.no_grad()
def test_on_200_held_out_scenes_the_page_gives_torch_s_scores() -> None:
    from course_lib.demos.scene_classifier_page import page_data

    images = scenes("test", 200, dtype=torch.float32).images
    expected = InsideAClassifier().network()(images)
    found = run_in_the_page(page_data(), images).flatten(1)
    torch.testing.assert_close(found, expected, atol=1e-4, rtol=0)
