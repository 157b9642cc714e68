"""Networks for the page: what is folded and rounded computes what torch computed before."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from course_lib.networks import (
    SceneClassifier,
    SceneDetector,
    UNet,
    page_format,
    page_network,
    small_encoder_decoder,
    small_hourglass,
    small_unet,
)
from tests.networks.gradients import images


def lived_in(network: nn.Module) -> nn.Module:
    """Give batch normalisation the statistics that a training leaves."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            assert module.running_mean is not None
            assert module.running_var is not None
            module.running_mean.uniform_(-0.5, 0.5)
            module.running_var.uniform_(0.5, 2)
            module.weight.data.uniform_(0.5, 2)
    return network.eval()


NETWORKS: dict[str, Callable[[], nn.Module]] = {
    "classifier": lambda: SceneClassifier(batch_norm=True, image_size=32),
    "detector": SceneDetector,
    "encoder–decoder": small_encoder_decoder,
    "U-Net": small_unet,
    "U-Net without skips": lambda: small_unet(skips=False),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_folding_batch_normalisation_leaves_the_output(name: str) -> None:
    torch.manual_seed(0)
    network = lived_in(NETWORKS[name]())
    folded = page_network(network, "single")
    assert type(folded) is type(network)
    assert not any(isinstance(m, nn.BatchNorm2d) for m in folded.modules())
    x = images(2, 3, 32, 32)
    torch.testing.assert_close(folded(x), network(x), atol=1e-4, rtol=1e-4)


def test_the_weights_of_half_precision_are_those_of_the_page() -> None:
    torch.manual_seed(0)
    network = lived_in(SceneDetector())
    stored = page_format(network, (3, 32, 32))
    numbers = np.frombuffer(b64decode(stored["weights"]), "<f2").astype("f4")
    kept = torch.cat([p.flatten() for p in page_network(network).parameters()])
    assert torch.equal(torch.from_numpy(numbers), kept)


def shapes_of(network: nn.Module, x: Tensor) -> dict[str, tuple[int, ...]]:
    """Return the shape of what each module of torch gives, without the batch."""
    shapes: dict[str, tuple[int, ...]] = {}

    def note(name: str) -> Callable[[nn.Module, object, object], None]:
        def hook(module: nn.Module, inputs: object, output: object) -> None:
            tensor = output[0] if isinstance(output, tuple) else output
            assert isinstance(tensor, Tensor)
            shapes[name] = tuple(tensor.shape[1:])

        return hook

    for name, module in network.named_modules():
        module.register_forward_hook(note(name))
    network(x)
    return shapes


@pytest.mark.parametrize(
    ("network", "size"),
    [
        (SceneClassifier(), (3, 96, 96)),
        (SceneDetector(), (3, 32, 48)),
        (small_encoder_decoder(), (3, 32, 64)),
        (small_unet(skips=(True, False, True)), (3, 16, 32)),
        (UNet(in_channels=1, widths=(2, 3, 4)), (1, 44, 44)),
    ],
)
def test_the_plan_names_maps_as_torch_does_and_knows_their_shapes(
    network: nn.Module, size: tuple[int, int, int]
) -> None:
    plan = page_format(network, size)["plan"]
    shapes = shapes_of(network.eval(), torch.zeros(1, *size))
    for layer in plan["layers"]:
        channels, height, width = layer["shape"]
        expected = shapes[layer["name"]]
        assert expected in ((channels, height, width), (channels,)), layer["name"]
    known = {"image"}
    for layer in plan["layers"]:
        assert known.issuperset(layer["inputs"])
        known.add(layer["name"])


def test_what_the_page_cannot_run_is_named() -> None:
    with pytest.raises(ValueError, match="1 is a Conv2d, which the page cannot run"):
        page_format(
            nn.Sequential(nn.Conv2d(3, 3, 3), nn.Conv2d(3, 3, 3, padding_mode="reflect")),
            (3, 8, 8),
        )
    with pytest.raises(ValueError, match="0 is a BatchNorm2d, which the page cannot run"):
        page_format(nn.Sequential(nn.BatchNorm2d(3)), (3, 8, 8))
    with pytest.raises(ValueError, match="StackedHourglass has no plan for the page"):
        page_format(small_hourglass(), (3, 32, 32))
    with pytest.raises(ValueError, match="precision='quarter'"):
        page_network(SceneClassifier(), "quarter")  # type: ignore[arg-type]
