"""Three explanations of a score, and the control that tells what they explain."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from course_lib.networks import (
    SceneClassifier,
    class_map,
    occlusion_map,
    page_network,
    pixel_shares,
    shuffle_weights,
)


@pytest.fixture(scope="module")
def network() -> SceneClassifier:
    torch.manual_seed(0)
    return page_network(SceneClassifier())


@pytest.fixture(scope="module")
def image() -> Tensor:
    return torch.rand(3, 96, 96, generator=torch.Generator().manual_seed(1))


def without_biases(network: SceneClassifier, part: str) -> SceneClassifier:
    copy = shuffle_weights(network, 1)
    copy.load_state_dict(network.state_dict())
    with torch.no_grad():
        for name, parameter in copy.named_parameters():
            if name.startswith(part) and name.endswith("bias"):
                parameter.zero_()
    return copy


def test_without_biases_the_parts_add_up_to_the_score(
    network: SceneClassifier, image: Tensor
) -> None:
    dense, all_ = without_biases(network, "classifier"), without_biases(network, "")
    for target in (0, 9):
        score = dense(image[None])[0, target]
        torch.testing.assert_close(class_map(dense, image, target).sum(), score, atol=1e-5, rtol=0)
        score = all_(image[None])[0, target]
        parts = pixel_shares(all_, image, target)
        assert parts.shape == (96, 96)
        torch.testing.assert_close(parts.sum(), score, atol=1e-5, rtol=0)


def test_a_covered_part_is_grey_and_the_fall_is_of_that_class(
    network: SceneClassifier, image: Tensor
) -> None:
    falls = occlusion_map(network, image, 3)
    assert falls.shape == (10, 10)
    by_hand = image.clone()
    by_hand[:, 16:40, 72:96] = 0.5
    expected = network(image[None])[0, 3] - network(by_hand[None])[0, 3]
    torch.testing.assert_close(falls[2, 9], expected, atol=1e-5, rtol=0)


def test_shuffling_keeps_every_weight_and_the_layers_before(network: SceneClassifier) -> None:
    shuffled = shuffle_weights(network, 2)
    for (name, before), after in zip(
        network.named_parameters(), shuffled.parameters(), strict=True
    ):
        moved = name.startswith("classifier") and name.endswith("weight")
        assert torch.equal(before, after) != moved, name
        assert torch.equal(before.flatten().sort().values, after.flatten().sort().values)
    assert torch.equal(
        shuffle_weights(network).get_parameter("features.0.weight"),
        shuffle_weights(network).get_parameter("features.0.weight"),
    )


def test_how_many_layers_must_be_a_count() -> None:
    with pytest.raises(ValueError, match="layers=-1"):
        shuffle_weights(nn.Sequential(nn.Linear(2, 2)), -1)
