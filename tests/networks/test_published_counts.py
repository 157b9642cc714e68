"""The numbers of the slides and of the papers, against what is built."""

from typing import Any

import pytest
from torch import nn

from course_lib.networks import build, parameter_total


@pytest.mark.parametrize(
    ("name", "settings", "count"),
    [
        ("mnist-1d-convolutional", {}, 2_050),
        ("mnist-1d-fully-connected", {}, 59_065),
        ("alexnet", {"variant": "one-weird-trick"}, 61_100_840),
        ("vgg-11", {}, 132_863_336),
        ("vgg-16", {}, 138_357_544),
        ("vgg-19", {}, 143_667_240),
        ("resnet-18", {}, 11_689_512),
        ("resnet-34", {}, 21_797_672),
        ("resnet-50", {}, 25_557_032),
        ("resnet-50", {"stride_in": "1x1"}, 25_557_032),
        ("u-net", {}, 31_030_658),
        ("efficientnet-lite0", {}, 4_652_008),
    ],
)
def test_parameters_are_as_published(name: str, settings: dict[str, Any], count: int) -> None:
    assert parameter_total(build(name, device="meta", **settings)) == count


def test_the_deconvolution_network_has_about_the_252_million_parameters_of_its_paper() -> None:
    count = parameter_total(build("deconvolution-network", device="meta"))
    assert count == pytest.approx(252e6, rel=0.005)


def test_yolo_has_24_convolutions_and_2_dense_layers() -> None:
    network = build("yolo", device="meta")
    kinds = [type(module) for module in network.modules()]
    assert (kinds.count(nn.Conv2d), kinds.count(nn.Linear)) == (24, 2)


@pytest.mark.parametrize("depth", [11, 16, 19])
def test_vgg_has_as_many_layers_with_weights_as_its_name_says(depth: int) -> None:
    network = build(f"vgg-{depth}", device="meta")
    assert sum(isinstance(m, nn.Conv2d | nn.Linear) for m in network.modules()) == depth


@pytest.mark.parametrize("depth", [18, 34, 50])
@pytest.mark.parametrize("skip", [True, False])
def test_resnet_has_as_many_layers_with_weights_as_its_name_says(depth: int, skip: bool) -> None:
    network = build(f"resnet-{depth}", device="meta", skip=skip)
    on_the_path = [
        name
        for name, module in network.named_modules()
        if isinstance(module, nn.Conv2d | nn.Linear) and "shortcut" not in name
    ]
    assert len(on_the_path) == depth


def test_a_plain_network_lacks_only_the_projections() -> None:
    residual, plain = (
        parameter_total(build("resnet-34", device="meta", skip=skip)) for skip in (True, False)
    )
    projections = sum(a * b + 2 * b for a, b in ((64, 128), (128, 256), (256, 512)))
    assert residual - plain == projections


def test_the_small_networks_are_small_enough_for_a_cpu() -> None:
    for name in ("scene-classifier", "scene-detector", "small-resnet", "small-u-net"):
        assert 100_000 < parameter_total(build(name, device="meta")) < 300_000
    assert parameter_total(build("small-encoder-decoder", device="meta")) < 300_000
