import pytest
import torch
from torch import nn

from course_lib.networks import DeconvolutionNetwork, small_encoder_decoder
from tests.networks.gradients import images, parameters_without_gradient


def test_the_published_network_gives_21_scores_a_pixel() -> None:
    with torch.device("meta"):
        network = DeconvolutionNetwork().eval()
        assert network(torch.zeros(1, 3, 224, 224)).shape == (1, 21, 224, 224)
        assert network(torch.zeros(1, 3, 224, 256)).shape == (1, 21, 224, 256)
    kinds = [type(module) for module in network.modules()]
    # 13 convolutions, two that see the whole map, and the output; a transposed one for each of 14.
    assert kinds.count(nn.Conv2d) == 13 + 2 + 1
    assert kinds.count(nn.ConvTranspose2d) == 13 + 1


def test_the_decoder_mirrors_the_encoder() -> None:
    with torch.device("meta"):
        network = DeconvolutionNetwork()

    def widths(stages: nn.Module, kind: type[nn.Module]) -> list[tuple[int, int]]:
        convolutions = [module for module in stages.modules() if isinstance(module, kind)]
        return [(c.in_channels, c.out_channels) for c in convolutions]  # type: ignore[misc]

    down = widths(network.encoder, nn.Conv2d)
    up = widths(network.decoder, nn.ConvTranspose2d)
    # The last layer has no image to give back: it keeps 64 channels for the scores.
    mirrored = [(wide, narrow) for narrow, wide in reversed(down)]
    assert up == [*mirrored[:-1], (64, 64)]


def test_values_return_to_the_positions_that_their_maxima_had() -> None:
    network = DeconvolutionNetwork(
        in_channels=1, classes=1, widths=(1,), convolutions=(1,), bridge_width=None,
        batch_norm=False,
    )  # fmt: skip
    # Every layer passes on what it gets: what comes out is the map of maxima.
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
            nn.init.dirac_(module.weight) if module.weight.ndim == 4 else None
            nn.init.zeros_(module.bias)  # type: ignore[arg-type]
    x = torch.arange(16.0).reshape(1, 1, 4, 4).flip(-1)
    expected = torch.zeros(4, 4)
    for row, column in ((1, 0), (1, 2), (3, 0), (3, 2)):
        expected[row, column] = x[0, 0, row, column]
    assert torch.equal(network(x)[0, 0], expected)


def test_every_parameter_learns() -> None:
    torch.manual_seed(0)
    narrow = DeconvolutionNetwork(widths=(4, 6), convolutions=(1, 2), bridge_width=8, classes=3)
    assert parameters_without_gradient(narrow, images(2, 3, 28, 32)) == []
    network = small_encoder_decoder(widths=(4, 8))
    assert network(images(2, 3, 12, 16)).shape == (2, 11, 12, 16)
    assert parameters_without_gradient(network, images(2, 3, 12, 16)) == []


def test_what_does_not_fit_is_refused_in_words() -> None:
    with torch.device("meta"):
        with pytest.raises(ValueError, match="multiples of 32 and at least 224"):
            DeconvolutionNetwork()(torch.zeros(1, 3, 192, 192))
        with pytest.raises(ValueError, match="multiples of 32 and at least 32"):
            small_encoder_decoder()(torch.zeros(1, 3, 100, 100))
        with pytest.raises(ValueError, match="expected one number for each of widths"):
            DeconvolutionNetwork(widths=(4, 8), convolutions=(1,))
        with pytest.raises(ValueError, match="bridge_width=0"):
            DeconvolutionNetwork(bridge_width=0)
