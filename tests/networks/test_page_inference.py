"""On scenes the page gives what torch gives with the weights that ship."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import nn

from course_lib.datasets.scenes import scenes
from course_lib.demos.scene_segmenters_page import PRECISION
from course_lib.networks import (
    SceneClassifier,
    SceneDetector,
    page_format,
    page_network,
    small_encoder_decoder,
    small_unet,
    trained_network,
)
from course_lib.networks.page_networks import Precision
from course_lib.networks.trained_networks import SCENE_TRAINED
from tests.networks.page_inference import run_in_the_page

NETWORKS: dict[str, Callable[[], nn.Module]] = {
    "classifier": lambda: SceneClassifier(batch_norm=True),
    "detector": SceneDetector,
    "encoder–decoder": small_encoder_decoder,
    "U-Net": lambda: small_unet(widths=(8, 16, 24), skips=(True, False), stem_stride=1),
}
PAGES_PRECISION: dict[str, Precision] = {
    name: "half" if "classifier" in name else PRECISION for name in SCENE_TRAINED
}


@pytest.mark.parametrize("precision", ["half", "byte"])
@pytest.mark.parametrize("name", NETWORKS)
@torch.no_grad()
def test_the_page_gives_torch_s_numbers_on_scenes(name: str, precision: Precision) -> None:
    torch.manual_seed(0)
    network, images = NETWORKS[name](), scenes("test", 4, dtype=torch.float32).images
    expected = page_network(network, precision)(images)
    if name == "detector":
        expected = expected.permute(0, 3, 1, 2)
    found = run_in_the_page(page_format(network, (3, 96, 96), precision), images)
    torch.testing.assert_close(found.view_as(expected), expected, atol=1e-4, rtol=0)


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENE_TRAINED)
@torch.no_grad()
def test_every_network_that_ships_says_the_same_of_two_hundred_scenes(name: str) -> None:
    network, precision = trained_network(name), PAGES_PRECISION[name]
    task = "classification" if "classifier" in name else "segmentation"
    for first in range(0, 200, 50):  # the page's answers of fifty take 20 MB
        images = scenes("test", 50, task=task, first=first, dtype=torch.float32).images
        expected = page_network(network, precision)(images)
        if "detector" in name:
            expected = expected.permute(0, 3, 1, 2)
        found = run_in_the_page(page_format(network, (3, 96, 96), precision), images)
        found = found.view_as(expected)
        if "encoder-decoder" in name:
            # Of two values that are nearly equal the greater decides where unpooling puts both, so
            # that the last bit moves a value by a pixel; torch with 64 bits does so more often.
            close = ((found - expected).abs().amax(1) <= 1e-4).double().mean()
            assert float(close) > 0.99
            assert float((found.argmax(1) == expected.argmax(1)).double().mean()) > 0.9999
        else:
            torch.testing.assert_close(found, expected, atol=1e-4, rtol=0)
