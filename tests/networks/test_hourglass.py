import pytest
import torch
from torch import nn

from course_lib.networks import StackedHourglass, small_hourglass, summarise
from course_lib.networks.hourglass import Hourglass, Return
from tests.networks.gradients import images, parameters_without_gradient


@pytest.mark.parametrize("stacks", [1, pytest.param(8, marks=pytest.mark.slow)])
def test_the_published_network_gives_sixteen_heat_maps_a_stack(stacks: int) -> None:
    with torch.device("meta"):
        network = StackedHourglass(stacks=stacks)
        assert network(torch.zeros(1, 3, 256, 256)).shape == (1, stacks, 16, 64, 64)


def test_an_hourglass_goes_from_64_to_4_and_back() -> None:
    with torch.device("meta"):
        hourglass = Hourglass(4, 8)
    sides = [
        layer.output_shape[1]
        for layer in summarise(hourglass, (8, 64, 64))
        if layer.kind in ("MaxPool2d", "Upsample")
    ]
    assert sides == [32, 16, 8, 4, 8, 16, 32, 64]


def test_its_skips_add() -> None:
    hourglass = Hourglass(1, 8).eval()
    x = images(1, 8, 4, 4)
    inner = hourglass.up(hourglass.inner(hourglass.down(nn.functional.max_pool2d(x, 2))))
    expected = hourglass.skip(x) + inner.repeat_interleave(2, -1).repeat_interleave(2, -2)
    torch.testing.assert_close(hourglass(x), expected)


@pytest.mark.parametrize("stacks", [1, 2])
def test_every_parameter_learns(stacks: int) -> None:
    torch.manual_seed(0)
    network = small_hourglass(stacks=stacks, width=8, order=2)
    assert network(images(2, 3, 32, 32)).shape == (2, stacks, 11, 8, 8)
    assert parameters_without_gradient(network, images(2, 3, 32, 32)) == []


def test_a_second_hourglass_reads_the_heat_maps_of_the_first() -> None:
    torch.manual_seed(0)
    network = small_hourglass(stacks=2, width=8, order=1).eval()
    x = images(1, 3, 16, 16)
    before = network(x)
    with torch.no_grad():
        network.heads[0].bias.add_(1.0)  # type: ignore[operator]
    after = network(x)
    torch.testing.assert_close(after[:, 0], before[:, 0] + 1)
    assert not torch.allclose(after[:, 1], before[:, 1])


def test_what_does_not_fit_is_refused_in_words() -> None:
    with torch.device("meta"):
        with pytest.raises(ValueError, match="multiples of 64 and at least 64"):
            StackedHourglass(stacks=1)(torch.zeros(1, 3, 96, 96))
        with pytest.raises(ValueError, match="width=30: expected a multiple of 4"):
            StackedHourglass(width=30)


def test_features_and_heat_maps_are_added_to_the_stream() -> None:
    back = Return(8, 3)
    x, features, heatmaps = images(1, 8, 4, 4), images(1, 8, 4, 4, seed=1), images(1, 3, 4, 4)
    expected = x + back.features(features) + back.heatmaps(heatmaps)
    torch.testing.assert_close(back(x, features, heatmaps), expected)
