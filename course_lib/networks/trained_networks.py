"""Networks that come trained: small files of weights, each with the record of how it came about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, overload

from torch import nn

from course_lib.networks.deconvolution import small_encoder_decoder
from course_lib.networks.mnist_1d import (
    convolutional_mnist1d,
    fully_connected_mnist1d,
    pooled_mnist1d,
)
from course_lib.networks.quantisation import FEWEST, MOST, quantise_weights
from course_lib.networks.scenes import SceneClassifier, SceneDetector
from course_lib.networks.trained_folder import FOLDER
from course_lib.networks.unet import small_unet

SceneName = Literal[
    "scene-classifier",
    "scene-classifier-plain",
    "scene-detector-scratch",
    "scene-detector-frozen",
    "scene-detector-fine-tuned",
    "scene-detector-scratch-200",
    "scene-detector-frozen-200",
    "scene-detector-fine-tuned-200",
    "scene-encoder-decoder",
    "scene-u-net",
    "scene-u-net-without-skips",
]


def _scene_classifier() -> SceneClassifier:
    return SceneClassifier(batch_norm=True)


def _u_net_without_skips() -> nn.Module:
    return small_unet(skips=False)


SCENE_TRAINED: Mapping[str, Callable[[], nn.Module]] = MappingProxyType(
    {
        "scene-classifier": _scene_classifier,
        "scene-classifier-plain": _scene_classifier,
        "scene-detector-scratch": SceneDetector,
        "scene-detector-frozen": SceneDetector,
        "scene-detector-fine-tuned": SceneDetector,
        "scene-detector-scratch-200": SceneDetector,
        "scene-detector-frozen-200": SceneDetector,
        "scene-detector-fine-tuned-200": SceneDetector,
        "scene-u-net": small_unet,
        "scene-encoder-decoder": small_encoder_decoder,
        "scene-u-net-without-skips": _u_net_without_skips,
    }
)
"""The networks of the scenes; all take values from 0 to 1, shape (N, 3, 96, 96)."""

MNIST_1D_TRAINED: Mapping[str, Callable[[], nn.Sequential]] = MappingProxyType(
    {
        "mnist-1d-convolutional": convolutional_mnist1d,
        "mnist-1d-convolutional-permuted": convolutional_mnist1d,
        "mnist-1d-fully-connected": fully_connected_mnist1d,
        "mnist-1d-convolutional-lecture": convolutional_mnist1d,
        "mnist-1d-fully-connected-lecture": fully_connected_mnist1d,
        "mnist-1d-pooled": pooled_mnist1d,
    }
)
"""The networks of MNIST-1D."""

TRAINED: Mapping[str, Callable[[], nn.Module]] = MappingProxyType(
    {**MNIST_1D_TRAINED, **SCENE_TRAINED}
)
"""The networks by name, and what makes one of each kind; all are of seed 0."""


@overload
def trained_network(name: SceneName, *, bits: int = 32) -> Any: ...
@overload
def trained_network(name: str, *, bits: int = 32) -> nn.Sequential: ...
def trained_network(name: str, *, bits: int = 32) -> nn.Module:
    """Return a trained network.

    Parameters
    ----------
    name : str
        One of ``TRAINED``. The permuted ones read values in the order ``permutation(40, 0)``.
    bits : int, 2 to 8, or 32
        Of each weight; the demos of MNIST-1D compute with few in the page. Those of the scenes are
        kept in half precision, and are given with those very values.

    Returns
    -------
    network : Module
        In evaluation mode; those of MNIST-1D are a ``Sequential`` and give scores of shape (N, 10).

    Raises
    ------
    ValueError
        If there is no such network, or no such number of bits.
    """
    from safetensors.torch import load_file

    if name not in TRAINED:
        close = get_close_matches(name, TRAINED, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(TRAINED)}"
        raise ValueError(f"name={name!r}: no trained network is called so; {hint}")
    if bits not in (32, *range(FEWEST, MOST + 1)):
        raise ValueError(f"bits={bits!r}: expected 32, or {FEWEST} to {MOST}")
    if bits != 32 and name not in MNIST_1D_TRAINED:
        raise ValueError(f"bits={bits!r}: expected 32 for {name}, which is kept in half precision")
    network = TRAINED[name]()
    network.load_state_dict(load_file(FOLDER / f"{name}.safetensors"))
    if bits < 32:
        quantise_weights(network, bits)
    return network.eval()


def trained_path(name: str) -> Path:
    """Return where a network's weights lie, its record beside them."""
    return FOLDER / f"{name}.safetensors"
