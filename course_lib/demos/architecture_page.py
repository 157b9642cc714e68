"""The networks of the course layer by layer, as the page reads them.

Written into ``frontend/src/data/architectures.json`` by ``python -m tests.golden``; a test holds
the two to each other. What does not depend on the image (channels, kernels) stands there once;
for each size of image there are the maps' sides and what a unit reads. Parameters and
multiply-adds the page works out from these, and a test compares them with `summarise`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from torch import nn
from torch.nn.modules.conv import _ConvNd, _ConvTransposeNd

from course_lib.networks import NETWORKS, build, input_shape, summarise
from course_lib.networks.summary import LayerSummary

SQUARES = (64, 96, 128, 192, 224, 320, 448)
SIZES: dict[str, tuple[int, ...]] = {
    "alexnet": (224, 227),
    "deconvolution-network": (224, 320, 448),
    "u-net": (188, 252, 380, 508, 572),
    "stacked-hourglass": (256,),
    "yolo": (64, 128, 192, 320, 448),
    **{name: (40,) for name in NETWORKS if name.startswith("mnist-1d")},
}
"""Sides of the images that a network is described for; `SQUARES` where it is not named."""

SILENT = (
    *(nn.ReLU, nn.ReLU6, nn.LeakyReLU, nn.Dropout, nn.Flatten, nn.Unflatten, nn.Identity),
    nn.LocalResponseNorm,
)
"""Layers without parameters that keep the number of values: not listed."""


def sizes(name: str) -> tuple[int, ...]:
    """Return the sides of image that a network is described for, in ascending order."""
    return SIZES.get(name, SQUARES)


def own_size(name: str) -> int:
    """Return the side of the images that a network is at home with."""
    return NETWORKS[name].input_shape[-1]


def settings(name: str, size: int) -> dict[str, Any]:
    """Return what `build` must be told for images of this side."""
    if name == "yolo":
        return {} if size == 448 else {"grid": size // 64}
    home = NETWORKS[name].input_shape[-1]
    takes = "image_size" in NETWORKS[name].choices()
    return {"image_size": size} if takes and size != home else {}


def shape(name: str, size: int) -> tuple[int, ...]:
    """Return the shape of one example with this side."""
    channels, *sides = input_shape(name)
    return (channels, *(size for _ in sides))


@cache
def _every(name: str, size: int) -> list[tuple[nn.Module, LayerSummary]]:
    network = build(name, device="meta", **settings(name, size))
    modules = dict(network.named_modules())
    return [(modules[row.name], row) for row in summarise(network, shape(name, size))]


def layers(name: str, size: int) -> list[tuple[nn.Module, LayerSummary]]:
    """Return the layers that the page lists, each with its summary."""
    return [(module, row) for module, row in _every(name, size) if not isinstance(module, SILENT)]


def activations(name: str, size: int) -> int:
    """Return how many values all layers give for one example, those that are not listed too."""
    return sum(row.activations for _, row in _every(name, size))


def page_data() -> dict[str, Any]:
    """Return every network: its layers, and for each size sides, fields and activations."""
    return {name: _network(name) for name in NETWORKS}


def _network(name: str) -> dict[str, Any]:
    home = NETWORKS[name].input_shape
    described = layers(name, home[-1])
    return {
        "title": NETWORKS[name].title,
        "source": NETWORKS[name].source,
        "channels": home[0],
        "axes": len(home) - 1,
        "home": home[-1],
        "layers": [_layer(module, row) for module, row in described],
        "sizes": {str(size): _sized(name, size) for size in sizes(name)},
    }


def _layer(module: nn.Module, row: LayerSummary) -> list[Any]:
    """Return name and kind; then channels in and out, kernel, stride, groups and bias."""
    if isinstance(module, _ConvNd):
        kind = "transposed" if isinstance(module, _ConvTransposeNd) else "convolution"
        numbers = [
            *(module.in_channels, module.out_channels, module.kernel_size[0], module.stride[0]),
            *(module.groups, int(module.bias is not None)),
        ]
        return [row.name, kind, *numbers]
    if isinstance(module, nn.Linear):
        return [row.name, "dense", module.in_features, module.out_features, 1, 1, 1, 1]
    if isinstance(module, nn.modules.batchnorm._BatchNorm):
        return [row.name, "normalisation", module.num_features]
    # What reorders puts a cell's numbers last, after its row and column.
    channels = row.output_shape[-1 if row.kind == "ChannelsLast" else 0]
    return [row.name, KINDS[row.kind], channels]


KINDS = {
    "MaxPool2d": "max pooling",
    "MaxUnpool2d": "unpooling",
    "AdaptiveAvgPool1d": "global mean",
    "AdaptiveAvgPool2d": "global mean",
    "Upsample": "upsampling",
    "Add": "sum",
    "Concatenate": "concatenation",
    "CropLike": "crop",
    "ChannelsLast": "reordering",
}


def _sized(name: str, size: int) -> dict[str, Any]:
    listed = layers(name, size)
    home = layers(name, NETWORKS[name].input_shape[-1])
    dense = {
        str(at): [module.in_features, module.out_features]
        for at, ((module, _), (usual, _)) in enumerate(zip(listed, home, strict=True))
        if isinstance(module, nn.Linear)
        and isinstance(usual, nn.Linear)
        and (module.in_features, module.out_features) != (usual.in_features, usual.out_features)
    }
    return {
        "sides": [_side(row) for _, row in listed],
        "reads": [None if (f := row.receptive_field) is None else f[0] for _, row in listed],
        "activations": activations(name, size),
        **({"dense": dense} if dense else {}),
    }


def _side(row: LayerSummary) -> int:
    """Return the side of a map; 0 for a vector. The last axis of YOLO's output is its numbers."""
    if row.kind == "ChannelsLast":
        return row.output_shape[0]
    return row.output_shape[-1] if len(row.output_shape) > 1 else 0


def expected(name: str, size: int) -> Iterator[dict[str, Any]]:
    """Yield what the page must find for each listed layer: the numbers of `summarise`."""
    for _, row in layers(name, size):
        yield {
            "name": row.name,
            "shape": list(row.output_shape),
            "parameters": row.parameters,
            "multiplyAdds": row.multiply_adds,
            "activations": row.activations,
            "reads": None if row.receptive_field is None else row.receptive_field[0],
        }
