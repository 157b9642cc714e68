"""Every network by name, its module imported only when it is built."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib import import_module
from types import MappingProxyType
from typing import Any

import torch
from torch import nn


class UnknownNetworkError(LookupError):
    """No network has this name; the message says which there are."""


@dataclass(frozen=True)
class Network:
    """A network of the course: what builds it, and on what it is at home.

    Parameters
    ----------
    title : str
    builder : str
        ``module:function``, inside this package.
    input_shape : tuple of int
        Shape of one example: (C, H, W), (C, L) or (D,).
    source : str
        Where it was published; empty for the course's own.
    settings : Mapping[str, Any]
        Keyword arguments of the builder that make it this network.
    """

    title: str
    builder: str
    input_shape: tuple[int, ...]
    source: str = ""
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def load(self) -> Callable[..., nn.Module]:
        """Import the builder."""
        module, _, name = self.builder.partition(":")
        builder: Callable[..., nn.Module] = getattr(import_module(f"{__package__}.{module}"), name)
        return builder

    def choices(self) -> dict[str, Any]:
        """Return the settings that one may give, each with the value it has without."""
        parameters = inspect.signature(self.load()).parameters
        return {
            name: self.settings.get(name, parameter.default)
            for name, parameter in parameters.items()
            if name not in ("generator", "features")
        }


IMAGENET, SCENE, SIGNAL = (3, 224, 224), (3, 96, 96), (1, 40)
ALEXNET_PAPER = "Krizhevsky, Sutskever and Hinton, NIPS 2012"
VGG_PAPER = "Simonyan and Zisserman, ICLR 2015"
RESNET_PAPER = "He, Zhang, Ren and Sun, CVPR 2016"

NETWORKS: Mapping[str, Network] = MappingProxyType(
    {
        "mnist-1d-convolutional": Network(
            "Convolutional network for MNIST-1D",
            "mnist_1d:convolutional_mnist1d",
            SIGNAL,
            "Prince, Understanding Deep Learning, section 10.2.5",
        ),
        "mnist-1d-fully-connected": Network(
            "Fully-connected network for MNIST-1D", "mnist_1d:fully_connected_mnist1d", SIGNAL
        ),
        "mnist-1d-pooled": Network(
            "Convolutional network for MNIST-1D with a global mean pool",
            "mnist_1d:pooled_mnist1d",
            SIGNAL,
        ),
        "alexnet": Network("AlexNet", "alexnet:AlexNet", (3, 227, 227), ALEXNET_PAPER),
        **{
            f"vgg-{depth}": Network(
                f"VGG-{depth}", "vgg:VGG", IMAGENET, VGG_PAPER, MappingProxyType({"depth": depth})
            )
            for depth in (11, 16, 19)
        },
        **{
            f"resnet-{depth}": Network(
                f"ResNet-{depth}",
                "residual:resnet",
                IMAGENET,
                RESNET_PAPER,
                MappingProxyType({"depth": depth}),
            )
            for depth in (18, 34, 50)
        },
        "efficientnet-lite0": Network(
            "EfficientNet-Lite0",
            "efficientnet:efficientnet_lite0",
            IMAGENET,
            "Tan and Le, ICML 2019",
        ),
        "yolo": Network(
            "YOLO",
            "yolo:YOLO",
            (3, 448, 448),
            "Redmon, Divvala, Girshick and Farhadi, CVPR 2016",
        ),
        "deconvolution-network": Network(
            "Deconvolution network",
            "deconvolution:DeconvolutionNetwork",
            IMAGENET,
            "Noh, Hong and Han, ICCV 2015",
        ),
        "u-net": Network(
            "U-Net", "unet:UNet", (1, 572, 572), "Ronneberger, Fischer and Brox, MICCAI 2015"
        ),
        "stacked-hourglass": Network(
            "Stacked hourglass",
            "hourglass:StackedHourglass",
            (3, 256, 256),
            "Newell, Yang and Deng, ECCV 2016",
        ),
        "scene-classifier": Network("Classifier of scenes", "scenes:SceneClassifier", SCENE),
        "scene-detector": Network("Detector in scenes", "scenes:SceneDetector", SCENE),
        "small-resnet": Network(
            "Small residual network", "residual:small_resnet", SCENE, RESNET_PAPER
        ),
        "small-encoder-decoder": Network(
            "Small encoder–decoder", "deconvolution:small_encoder_decoder", SCENE
        ),
        "small-u-net": Network("Small U-Net", "unet:small_unet", SCENE),
        "small-hourglass": Network("Small hourglass", "hourglass:small_hourglass", SCENE),
    }
)
"""Every network by name."""


def find(name: str) -> Network:
    """Return what is known of a network before it is built.

    Raises
    ------
    UnknownNetworkError
        If no network has this name.
    """
    if name not in NETWORKS:
        close = get_close_matches(name, NETWORKS, n=1, cutoff=0.6)
        hint = f"did you mean {close[0]!r}? " if close else ""
        raise UnknownNetworkError(
            f"no network is called {name!r}; {hint}there are: {', '.join(NETWORKS)}"
        )
    return NETWORKS[name]


def build(name: str, *, seed: int = 0, device: str = "cpu", **settings: Any) -> nn.Module:
    """Return a network by name, with weights drawn from a seed.

    Equal seeds and settings give equal weights; torch's global generator is left as it was.

    Parameters
    ----------
    name : str
        One of ``NETWORKS``.
    seed : int
    device : str
        ``"meta"`` gives shapes and counts without values, at once and for nothing.
    **settings
        Keyword arguments of the builder; ``NETWORKS[name].choices()`` lists them.

    Returns
    -------
    network : Module

    Raises
    ------
    UnknownNetworkError
        If no network has this name.
    TypeError
        If a setting is not one of the builder's.
    ValueError
        If a value is not allowed; the message says what is.

    Examples
    --------
    >>> network = build("vgg-19", device="meta")
    >>> sum(parameter.numel() for parameter in network.parameters())
    143667240
    """
    network = find(name)
    _check_settings(name, network, settings)
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise ValueError(f"seed={seed!r}: expected a whole number of at least 0")
    # The layers of torch draw from its global generator, so that is borrowed for a moment.
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        with torch.device("meta" if device == "meta" else "cpu"):
            built = network.load()(**{**network.settings, **settings})
    return built if device in ("meta", "cpu") else built.to(device)


def input_shape(name: str, **settings: Any) -> tuple[int, ...]:
    """Return the shape of the example that a network is described with, under some settings.

    Raises
    ------
    UnknownNetworkError
        If no network has this name.
    TypeError
        If a setting is not one of the builder's.
    """
    network = find(name)
    _check_settings(name, network, settings)
    channels, *sides = network.input_shape
    if settings.get("dimensions") == 1:
        channels, *sides = SIGNAL
    if "image_size" in settings:
        sides = [settings["image_size"]] * len(sides)
    if "grid" in settings:
        sides = [side // 7 * settings["grid"] for side in sides]
    return (settings.get("in_channels") or channels, *sides)


def _check_settings(name: str, network: Network, settings: Mapping[str, Any]) -> None:
    choices = network.choices()
    if unknown := [setting for setting in settings if setting not in choices]:
        raise TypeError(
            f"network {name!r} has no setting {unknown[0]!r}; expected some of: "
            f"{', '.join(choices)}"
        )
