"""On scenes the page gives what torch gives with the weights that ship."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import nn

from course_lib.datasets.scenes import scenes
from course_lib.networks import (
    SceneClassifier,
    SceneDetector,
    page_format,
    page_network,
    small_encoder_decoder,
    small_unet,
)
from tests.networks.page_inference import run_in_the_page

NETWORKS: dict[str, Callable[[], nn.Module]] = {
    "classifier": lambda: SceneClassifier(batch_norm=True),
    "detector": SceneDetector,
    "encoder–decoder": small_encoder_decoder,
    "U-Net": lambda: small_unet(widths=(8, 16, 24), skips=(True, False), stem_stride=1),
}


@pytest.mark.parametrize("name", NETWORKS)
@torch.no_grad()
def test_the_page_gives_torch_s_numbers_on_scenes(name: str) -> None:
    torch.manual_seed(0)
    network, images = NETWORKS[name](), scenes("test", 4, dtype=torch.float32).images
    expected = page_network(network)(images)
    if name == "detector":
        expected = expected.permute(0, 3, 1, 2)
    found = run_in_the_page(page_format(network, (3, 96, 96)), images)
    torch.testing.assert_close(found.view_as(expected), expected, atol=1e-4, rtol=0)
