"""Gradient, class map and occlusion, against what they claim to be."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from course_lib.networks import build, class_map, gradient_map, occlusion_map


@pytest.fixture
def network() -> nn.Module:
    return build("scene-classifier", seed=3).eval()


@pytest.fixture
def image() -> torch.Tensor:
    return torch.rand(1, 3, 96, 96, generator=torch.Generator().manual_seed(4))


def test_the_gradient_is_a_finite_difference(network: nn.Module, image: torch.Tensor) -> None:
    network, image = network.double(), image.double()
    found = gradient_map(network, image, 2)
    network.requires_grad_(False)
    for row, column in ((0, 0), (40, 51), (95, 95)):
        slopes = []
        for channel in range(3):
            moved = image.clone()
            moved[0, channel, row, column] += 1e-5
            slopes.append(float((network(moved) - network(image))[0, 2]) / 1e-5)
        assert found[row, column].item() == pytest.approx(max(map(abs, slopes)), rel=1e-3, abs=1e-9)


def test_a_class_map_adds_up_to_the_score_behind_a_linear_head() -> None:
    features = nn.Conv2d(3, 4, 5, stride=4)
    head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 5, bias=False))
    x = torch.randn(1, 3, 33, 33, generator=torch.Generator().manual_seed(0))
    found = class_map(features, head, x, 3)
    assert found.shape == (8, 8)
    assert torch.allclose(found.sum(), head(features(x))[0, 3], atol=1e-6)


def test_occlusion_is_the_fall_of_the_score(network: nn.Module, image: torch.Tensor) -> None:
    found = occlusion_map(network, image, 1, size=24, stride=24)
    assert found.shape == (4, 4)
    hidden = image.clone()
    hidden[..., 24:48, 72:96] = image.mean()
    with torch.no_grad():
        fall = network(image)[0, 1] - network(hidden)[0, 1]
    assert torch.allclose(found[1, 3], fall, atol=1e-5)


def test_several_images_and_impossible_squares_are_refused(
    network: nn.Module, image: torch.Tensor
) -> None:
    with pytest.raises(ValueError, match="one image"):
        gradient_map(network, image.repeat(2, 1, 1, 1), 0)
    with pytest.raises(ValueError, match="stride"):
        occlusion_map(network, image, 0, stride=0)
