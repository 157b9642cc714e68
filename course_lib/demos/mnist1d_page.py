"""What the page needs to run the networks of MNIST-1D: their weights and a few samples.

Written into ``frontend/src/data/mnist1d.json`` by ``python -m tests.golden``; a test holds the two
to each other.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor, nn

EACH = 2
"""Test samples of each class that the page has: the first ones."""

CHANNELS = 15
"""Of every convolution."""

ORDER_SEED = 0
"""Of the one order in which values are permuted."""

NETWORKS = {
    "fullyConnected": "mnist-1d-fully-connected",
    "convolutional": "mnist-1d-convolutional",
    "convolutionalPermuted": "mnist-1d-convolutional-permuted",
    "pooled": "mnist-1d-pooled",
}
"""The page's name of each network, and the package's."""

BITS = {name: 8 for name in NETWORKS.values()} | {"mnist-1d-fully-connected": 5}
"""Of each weight. The fully connected network has nearly thirty times as many as the others."""

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
"""A weight of at most 6 bits is one of these, so that compression sees which are common."""


@lru_cache(maxsize=1)
def sample_indices() -> tuple[int, ...]:
    """Return the places in the test set of the page's samples: the first two of each class."""
    from course_lib.datasets import load_mnist1d

    labels = load_mnist1d().y_test.tolist()
    return tuple(
        i for digit in range(10) for i in [j for j, y in enumerate(labels) if y == digit][:EACH]
    )


def page_network(name: str) -> nn.Sequential:
    """Return one of the networks with the weights that the page has, float32."""
    from course_lib.networks import trained_network

    return trained_network(name, bits=BITS[name])


def page_data() -> dict[str, Any]:
    """Return the networks, of few bits a weight, and the samples, as JSON can hold them."""
    from course_lib.datasets import load_mnist1d
    from course_lib.networks import trained_network

    data = load_mnist1d()
    places = list(sample_indices())
    return {
        "samples": {
            "index": places,
            "label": data.y_test[places].tolist(),
            "values": _base64(data.x_test[places]),
        },
        "networks": {
            name: [row for layer in trained_network(known) if (row := _layer(layer, BITS[known]))]
            for name, known in NETWORKS.items()
        },
    }


def _layer(layer: nn.Module, bits: int) -> dict[str, Any] | None:
    from torch import nn

    from course_lib.networks import quantise_layer

    if isinstance(layer, nn.AdaptiveAvgPool1d):
        return {"kind": "mean", "inputs": CHANNELS, "outputs": CHANNELS}
    if not isinstance(layer, nn.Conv1d | nn.Linear):
        return None
    quantised = quantise_layer(layer, bits)
    stored = {
        "bits": bits,
        "codes": _digits(quantised.codes) if bits <= 6 else _base64(quantised.codes),
        "steps": _base64(quantised.steps),
        "bias": _base64(quantised.bias),
    }
    if isinstance(layer, nn.Linear):
        sizes = {"kind": "linear", "inputs": layer.in_features, "outputs": layer.out_features}
        return sizes | stored
    return {
        "kind": "convolution",
        "inputs": layer.in_channels,
        "outputs": layer.out_channels,
        "kernelSize": layer.kernel_size[0],
        "stride": layer.stride[0],
        **stored,
    }


def _digits(codes: Tensor) -> str:
    """Write whole numbers from −32 to 31 as one character each."""
    return "".join(DIGITS[code + 32] for code in codes.flatten().tolist())


def _base64(values: Tensor) -> str:
    """Write numbers as their bytes, the least significant first."""
    array = values.contiguous().numpy()
    return b64encode(array.astype(array.dtype.newbyteorder("<")).tobytes()).decode()
