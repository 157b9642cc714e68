import math

import pytest
import torch
from torch import nn

from course_lib.networks import INITIALISATIONS, convolutional_mnist1d, initialise


def layers() -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(3, 64, 5), nn.BatchNorm2d(64), nn.ConvTranspose2d(64, 8, 3), nn.Linear(400, 500)
    )


def test_torchs_own_first_values_are_drawn_bit_for_bit() -> None:
    torch.manual_seed(5)
    theirs = layers()
    ours = layers()
    initialise(ours, "torch", torch.Generator().manual_seed(5))
    for a, b in zip(theirs.parameters(), ours.parameters(), strict=True):
        assert torch.equal(a, b)


def test_he_gives_the_variance_two_over_the_values_read_and_no_bias() -> None:
    network = layers()
    initialise(network, "he", torch.Generator().manual_seed(0))
    for layer, reads in ((network[0], 3 * 5 * 5), (network[3], 400)):
        std = layer.weight.detach().std().item()  # type: ignore[operator]
        assert math.isclose(std, math.sqrt(2 / reads), rel_tol=0.03)
        assert not layer.bias.any()  # type: ignore[operator]


def test_he_keeps_the_size_of_a_signal_through_many_layers_and_torchs_default_does_not() -> None:
    def size_after(scheme: str) -> float:
        deep = nn.Sequential(*(nn.Sequential(nn.Linear(200, 200), nn.ReLU()) for _ in range(20)))
        generator = torch.Generator().manual_seed(0)
        initialise(deep, scheme, generator)
        x = torch.randn(64, 200, generator=generator)
        return float(deep(x).detach().square().mean())

    assert 0.2 < size_after("he") < 5
    assert size_after("torch") < 0.01


def test_the_notebooks_initialisation_changes_only_the_fully_connected_layer() -> None:
    def build(scheme: str) -> nn.Sequential:
        return convolutional_mnist1d(
            initialisation=scheme, generator=torch.Generator().manual_seed(3)
        )

    notebook, default = build("notebook-10.2"), build("torch")
    assert torch.equal(notebook[0].weight, default[0].weight)  # type: ignore[arg-type]
    assert not notebook[7].bias.any()  # type: ignore[operator]
    assert default[7].bias.all()  # type: ignore[operator]
    bound = math.sqrt(6 / 60)
    largest = notebook[7].weight.abs().max().item()  # type: ignore[operator]
    assert 0.9 * bound < largest <= bound


def test_on_meta_nothing_is_drawn_and_an_unknown_scheme_is_refused() -> None:
    generator = torch.Generator().manual_seed(0)
    before = generator.get_state()
    with torch.device("meta"):
        network = layers()
    initialise(network, "he", generator)
    assert torch.equal(generator.get_state(), before)
    with pytest.raises(ValueError, match=r"initialisation='xavier': expected one of torch, he"):
        initialise(network, "xavier")
    assert list(INITIALISATIONS) == ["torch", "he", "notebook-10.2"]
