"""The numbers in this chapter's figures are computed or published ones; bad ones are refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from course_lib.figures import load, show
from course_lib.figures.canvas import Canvas
from course_lib.figures.classification.dropout import _outputs
from course_lib.figures.classification.history import RESULTS
from course_lib.figures.classification.sight import explanations_of, gabor
from course_lib.figures.svg_pictures import COLOURS, smaller_picture

BIBLIOGRAPHY = Path(__file__).parents[3] / "book/references.bib"


def test_alexnet_s_blocks_are_its_layers() -> None:
    alt = load("classification/alexnet").describe()
    assert "96 channels of 55 × 55; 256 channels of 27 × 27; 384 channels of 13 × 13" in alt
    assert alt.endswith("4,096 values; 4,096 values; 1,000 values.")


def test_the_dense_layers_hold_96_per_cent_and_do_8() -> None:
    alt = load("classification/parameters-and-compute").describe(networks="alexnet")
    assert "61.0 M parameters, 96.2 % of them in dense layers" in alt
    assert "724 M multiply-adds, 8.1 % there" in alt


def test_every_result_of_the_history_has_its_source_and_beats_chance() -> None:
    keys = set(re.findall(r"^@\w+\{([^,]+),", BIBLIOGRAPHY.read_text("utf-8"), re.MULTILINE))
    assert {result.source for result in RESULTS} <= keys
    for name in {result.name for result in RESULTS}:
        errors = {result.kind: result.error for result in RESULTS if result.name == name}
        assert errors.get("single", 100) > errors.get("ensemble", 0), name


def test_many_masks_agree_with_the_scaled_mean() -> None:
    outputs, whole = _outputs(64, 0.5, 20_000, 3)
    values = torch.tensor(outputs)
    assert abs(values.mean().item() - whole) < 4 * values.std().item() / 20_000**0.5


def test_gabor_filters_answer_to_their_own_angle() -> None:
    upright, level = gabor(15, 0.0, 1.57), gabor(15, 1.5708, 1.57)
    assert (upright * upright).sum() > 20 * (upright * level).sum().abs()


def test_hiding_the_object_matters_to_the_trained_network_only() -> None:
    _, _, trained, probability, _ = explanations_of("trained", 12)
    _, _, random, _, _ = explanations_of("random", 12)
    assert probability > 0.5
    assert trained.max() > 20 * random.max()


def test_a_picture_stays_its_pixels_but_for_their_number_of_colours() -> None:
    pixels = np.arange(5 * 7 * 3, dtype=np.uint8).reshape(5, 7, 3)
    canvas = Canvas(64, 64)
    canvas.image(8, 8, 35, 25, pixels)
    assert canvas.figure.axes[0].get_xlim() == (0.0 - 16, 64.0 + 16)
    html = show("classification/ten-crops").html
    addresses = re.findall(r'href="(data:image/png;base64,[^"]+)"', html)
    assert len(addresses) == 10
    assert smaller_picture(addresses[0]) == smaller_picture(smaller_picture(addresses[0]))
    from base64 import b64decode
    from io import BytesIO

    picture = Image.open(BytesIO(b64decode(addresses[0].partition(",")[2])))
    assert picture.mode == "P"
    assert len(picture.getcolors() or []) <= COLOURS


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("imagenet", {"size": 0}),
        ("alexnet", {"image": 100}),
        ("two-gpus", {"towers": 3}),
        ("parameters-and-compute", {"networks": "lenet"}),
        ("dropout", {"probability": 1}),
        ("dropout", {"units": 1}),
        ("history", {"largest": 10}),
        ("filters", {"columns": 20}),
        ("feature-maps", {"scene": 2000}),
        ("explanations", {"scene": -1}),
        ("ten-crops", {"crop": 300}),
        ("curves", {"largest": 5}),
    ],
)
def test_a_bad_value_is_refused_by_name(name: str, bad: dict[str, Any]) -> None:
    [key] = bad
    with pytest.raises(ValueError, match=key):
        show(f"classification/{name}", **bad)
