from collections.abc import Callable

import pytest
import torch
from torch import nn

from course_lib.networks import (
    convolutional_mnist1d,
    fully_connected_mnist1d,
    parameter_total,
    pooled_mnist1d,
)
from tests.networks.gradients import images, parameters_without_gradient

BUILDERS = [convolutional_mnist1d, fully_connected_mnist1d, pooled_mnist1d]


def test_the_convolutional_network_has_the_slides_parameters() -> None:
    by_hand = [15 * (1 * 3 + 1), 15 * (15 * 3 + 1), 15 * (15 * 3 + 1), 10 * (60 + 1)]
    assert by_hand == [60, 690, 690, 610]
    assert parameter_total(convolutional_mnist1d()) == sum(by_hand) == 2050


def test_the_fully_connected_network_has_the_widths_of_the_convolutional_one() -> None:
    by_hand = [285 * 41, 135 * 286, 60 * 136, 10 * 61]
    assert by_hand == [11_685, 38_610, 8_160, 610]
    network = fully_connected_mnist1d()
    assert parameter_total(network) == sum(by_hand) == 59_065
    widths = [layer.out_features for layer in network if isinstance(layer, nn.Linear)]
    assert widths == [15 * 19, 15 * 9, 15 * 4, 10]


@pytest.mark.parametrize("builder", BUILDERS)
def test_every_parameter_learns(builder: Callable[..., nn.Sequential]) -> None:
    network = builder(initialisation="he", generator=torch.Generator().manual_seed(0))
    assert network(images(3, 1, 40)).shape == (3, 10)
    assert parameters_without_gradient(network, images(100, 1, 40)) == []


def test_the_fully_connected_network_flattens_a_channel_away() -> None:
    network, x = fully_connected_mnist1d(), images(4, 40)
    assert torch.equal(network(x), network(x[:, None, :]))


def test_the_pooled_network_forgets_where_a_feature_stood_and_the_flattened_one_does_not() -> None:
    x = torch.zeros(1, 1, 80)
    x[0, 0, 20:40] = images(20)
    # 8 is the product of the strides: the last map shifts by exactly one position.
    pooled = pooled_mnist1d(generator=torch.Generator().manual_seed(1))
    torch.testing.assert_close(pooled(x), pooled(x.roll(8, dims=-1)), rtol=1e-5, atol=1e-6)
    flattened = convolutional_mnist1d(generator=torch.Generator().manual_seed(1))
    short = x[..., 16:56]
    assert not torch.allclose(flattened(short), flattened(short.roll(8, dims=-1)), atol=1e-3)


@pytest.mark.parametrize("builder", BUILDERS)
def test_equal_generators_give_equal_weights(builder: Callable[..., nn.Sequential]) -> None:
    def weights(seed: int) -> list[torch.Tensor]:
        network = builder(generator=torch.Generator().manual_seed(seed))
        return [parameter.detach() for parameter in network.parameters()]

    assert all(torch.equal(a, b) for a, b in zip(weights(1), weights(1), strict=True))
    assert not any(torch.equal(a, b) for a, b in zip(weights(1), weights(2), strict=True))
