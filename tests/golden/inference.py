"""Golden cases of the page's inference: single layers of many settings, and each class of networks.

Small ones carry their weights as the page gets them. Large ones have weights that follow a pattern,
which the page's test makes anew: exact in half precision.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import ceil, log2, prod
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.networks import (
    SceneClassifier,
    SceneDetector,
    UNet,
    page_format,
    page_network,
    small_encoder_decoder,
    small_unet,
)
from course_lib.networks.layers import ChannelsLast
from course_lib.networks.page_plan import plan_network

Case = dict[str, Any]

DECIMALS = 5
TRANSPOSED = ((2, 2, 0), (3, 2, 1), (3, 1, 1), (1, 2, 0), (4, 2, 1), (5, 3, 2))
"""Kernel size, stride, padding."""


def settings() -> Iterator[Case]:
    """Yield small networks of one or a few layers, with their own weights."""
    for seed, (name, network, shape) in enumerate(_small()):
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            for module in network.modules():
                _randomise(module)
            image = (2 * torch.rand(shape) - 1).mul(1000).round() / 1000
        stored = page_format(network, shape, "half" if seed % 2 else "single")
        shipped = page_network(network, stored["precision"]).double()
        yield {
            "name": name,
            "stored": stored,
            "image": _plain(image, 3),
            "output": _plain(_planar(shipped, image)),
        }


def networks() -> Iterator[Case]:
    """Yield each class of networks that the course trains on scenes, of sizes odd and even."""
    made: list[tuple[str, nn.Module, tuple[int, int, int]]] = [
        ("classifier", SceneClassifier(image_size=48), (3, 48, 48)),
        ("detector", SceneDetector(), (3, 32, 48)),
        ("encoder–decoder", small_encoder_decoder(classes=3), (3, 32, 64)),
        ("U-Net", small_unet(classes=3), (3, 16, 48)),
        ("U-Net, one skip", small_unet(classes=3, skips=(False, True, False)), (3, 32, 16)),
        (
            "U-Net, no skip",
            small_unet(classes=3, widths=(5, 7), skips=False, stem_stride=1),
            (3, 10, 6),
        ),
        ("U-Net, valid", UNet(in_channels=2, widths=(4, 6, 9), classes=3), (2, 44, 44)),
    ]
    for name, network, shape in made:
        shipped = page_network(network)
        plan = plan_network(shipped, shape)
        scales = [_scale(tensor) for tensor in plan.weights]
        for tensor, scale in zip(plan.weights, scales, strict=True):
            tensor.copy_(pattern(tensor.numel(), scale).view_as(tensor))
        image = (pattern(prod(shape), 1.0).view(shape) + 1) / 2
        output = _planar(shipped.double(), image)
        every = ceil(output.numel() / 300)
        yield {
            "name": name,
            "plan": plan.document(),
            "scales": scales,
            "every": every,
            "output": _plain(output.flatten()[::every]),
        }


def gradients() -> Iterator[Case]:
    """Yield how one output of a small classifier changes with each pixel of its image."""
    shape = (3, 48, 48)
    shipped = page_network(SceneClassifier(image_size=48))
    plan = plan_network(shipped, shape)
    scales = [_scale(tensor) for tensor in plan.weights]
    for tensor, scale in zip(plan.weights, scales, strict=True):
        tensor.copy_(pattern(tensor.numel(), scale).view_as(tensor))
    image = ((pattern(prod(shape), 1.0).view(1, *shape) + 1) / 2).double().requires_grad_()
    for output in (0, 7):
        (gradient,) = torch.autograd.grad(shipped.double()(image)[0, output], image)
        yield {
            "plan": plan.document(),
            "scales": scales,
            "output": output,
            "every": 23,
            "gradient": _plain(gradient.flatten()[::23]),
        }


def pattern(count: int, scale: float) -> Tensor:
    """Return `count` multiples of `scale` / 128 between −`scale` and `scale`."""
    return ((torch.arange(count) * 7919 + 13) % 257 - 128).float() / 128 * scale


def _scale(tensor: Tensor) -> float:
    """Return a power of two with which sums keep their size from layer to layer."""
    inputs = tensor[0].numel() if tensor.ndim > 1 else 4
    return float(2.0 ** round(log2((6 / inputs) ** 0.5)))


def _small() -> Iterator[tuple[str, nn.Module, tuple[int, int, int]]]:
    for kernel, stride, padding, dilation in product((1, 2, 3, 5), (1, 2, 3), (0, 2), (1, 2)):
        if dilation == 2 and (kernel in (1, 5) or stride == 3):
            continue
        convolution = nn.Conv2d(2, 3, kernel, stride=stride, padding=padding, dilation=dilation)
        name = f"convolution {kernel}/{stride}/{padding}/{dilation}"
        yield name, nn.Sequential(convolution), (2, 7, 9)
    tall = nn.Conv2d(1, 9, (3, 5), stride=(2, 1), padding=(0, 3), dilation=(1, 2))
    yield "convolution, unlike along both sides", nn.Sequential(tall), (1, 8, 12)
    yield "groups", nn.Sequential(nn.Conv2d(6, 9, 3, padding=1, groups=3)), (6, 5, 5)
    yield "depthwise", nn.Sequential(nn.Conv2d(10, 10, 3, groups=10, bias=False)), (10, 4, 6)
    yield "one pixel", nn.Sequential(nn.Conv2d(3, 2, 1)), (3, 1, 1)
    norm = nn.Sequential(
        nn.Conv2d(2, 5, 3, padding=1, bias=False), nn.BatchNorm2d(5), nn.LeakyReLU(0.1)
    )
    yield "batch normalisation, leaky", norm, (2, 6, 5)
    for kernel, stride, padding in (
        (2, 2, 0),
        (3, 2, 1),
        (3, 1, 1),
        (1, 2, 0),
        (4, 2, 1),
        (5, 3, 2),
    ):
        up = nn.ConvTranspose2d(3, 4, kernel, stride=stride, padding=padding)
        name = f"transposed {kernel}/{stride}/{padding}"
        yield name, nn.Sequential(up, nn.BatchNorm2d(4), nn.ReLU()), (3, 5, 4)
    extra = nn.ConvTranspose2d(2, 3, 3, stride=2, padding=1, output_padding=1)
    yield "transposed, one more", nn.Sequential(extra), (2, 3, 4)
    for kernel, stride, padding in ((2, 2, 0), (3, 2, 1), (3, 1, 1), (2, 3, 0)):
        pool = nn.MaxPool2d(kernel, stride=stride, padding=padding)
        yield f"max pool {kernel}/{stride}/{padding}", nn.Sequential(pool), (3, 7, 8)
    for scale, mode, corners in (
        (2, "nearest", None),
        (3, "nearest", None),
        (2, "bilinear", False),
        (3, "bilinear", True),
    ):
        resampled = nn.Upsample(scale_factor=scale, mode=mode, align_corners=corners)
        # Two layers, so that the second reads what the first wrote.
        after = nn.Conv2d(3, 2, 3, padding=1)
        yield f"{mode} {scale}, corners {corners}", nn.Sequential(resampled, after), (3, 4, 5)
    head = nn.Sequential(
        nn.Conv2d(2, 6, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 4)
    )
    yield "global mean", head, (2, 6, 7)
    dense = nn.Sequential(
        *(nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(), nn.Linear(18, 11), nn.ReLU()),
        *(nn.Linear(11, 5), nn.LogSoftmax(dim=1)),
    )
    yield "dense layers", dense, (2, 7, 6)
    yield "softmax of each pixel", nn.Sequential(nn.Conv2d(2, 3, 1), nn.Softmax(1)), (2, 4, 4)
    yield "an activation alone", nn.Sequential(nn.LeakyReLU(0.25)), (2, 3, 3)
    last = nn.Sequential(nn.Conv2d(2, 3, 3), ChannelsLast())
    yield "channels last", last, (2, 5, 5)


def _randomise(module: nn.Module) -> None:
    if isinstance(module, nn.BatchNorm2d):
        assert module.running_mean is not None
        assert module.running_var is not None
        for tensor in (module.weight.data, module.running_var):
            tensor.uniform_(0.5, 2)
        for tensor in (module.bias.data, module.running_mean):
            tensor.uniform_(-1, 1)
    elif isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
        module.reset_parameters()


@torch.no_grad()
def _planar(network: nn.Module, image: Tensor) -> Tensor:
    """Return the network's output with the channels first, where the page has them."""
    output: Tensor = network(image[None].double())[0]
    last = any(isinstance(module, ChannelsLast) for module in network.modules())
    return output.permute(2, 0, 1) if last else output


def _plain(values: Tensor, decimals: int = DECIMALS) -> list[float]:
    # Adding zero turns -0.0, which a rounded number may be, into 0.0.
    return [round(value, decimals) + 0.0 for value in values.flatten().tolist()]
