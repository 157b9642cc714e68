"""The plan of a network for the page: which layers, in which order, reading which maps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn

from course_lib.networks.deconvolution import DeconvolutionNetwork
from course_lib.networks.layers import ChannelsLast
from course_lib.networks.scenes import SceneClassifier, SceneDetector
from course_lib.networks.unet import UNet

IMAGE = "image"
Shape = tuple[int, int, int]


class PagePlan:
    """Layers as they are met, each with the shape of its map.

    Parameters
    ----------
    image_shape : tuple of int
        Channels, height, width.
    """

    def __init__(self, image_shape: Shape) -> None:
        self.image_shape = image_shape
        self.shapes: dict[str, Shape] = {IMAGE: image_shape}
        self.layers: list[dict[str, Any]] = []
        self.weights: list[Tensor] = []

    def document(self) -> dict[str, Any]:
        """Return the plan as JSON can hold it."""
        return {"image": list(self.image_shape), "layers": self.layers}

    def add(
        self, kind: str, name: str, inputs: Iterable[str], shape: Iterable[int], **settings: Any
    ) -> str:
        """Add a layer; return its name."""
        channels, height, width = (*shape, 1, 1)[:3]
        self.shapes[name] = (channels, height, width)
        self.layers.append(
            {
                "kind": kind,
                "name": name,
                "inputs": list(inputs),
                "shape": list(self.shapes[name]),
                **settings,
            }
        )
        return name

    def module(self, name: str, module: nn.Module, at: str, slope: float = 1.0, **more: Any) -> str:
        """Add a layer of torch that reads the map `at`; return the name of its map.

        Raises
        ------
        ValueError
            If the page has no such layer.
        """
        described = _described(module)
        if described is None:
            raise ValueError(f"{name} is a {type(module).__name__}, which the page cannot run")
        kind, settings = described
        weights = list(module.parameters())
        if weights:
            settings = {**settings, "slope": slope}
            biases = weights[1] if len(weights) > 1 else torch.zeros(_outputs(module))
            self.weights += [weights[0], biases]
        return self.add(kind, name, [at], self._shape(module, at), **settings, **more)

    def sequence(self, name: str, modules: nn.Sequential, at: str) -> str:
        """Add the layers of a Sequential, activations within the layer before; return the last."""
        layers = [(key, m) for key, m in modules.named_children() if not _idle(m)]
        index = 0
        while index < len(layers):
            key, module = layers[index]
            following = layers[index + 1][1] if index + 1 < len(layers) else None
            inner = f"{name}.{key}" if name else key
            slope = None if following is None else _slope(following)
            if isinstance(module, nn.Sequential):
                at = self.sequence(inner, module, at)
            elif slope is not None and isinstance(
                module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear
            ):
                at = self.module(inner, module, at, slope)
                index += 1
            else:
                at = self.module(inner, module, at)
            index += 1
        return at

    def _shape(self, module: nn.Module, at: str) -> tuple[int, ...]:
        shape = self.shapes[at]
        flat = isinstance(module, nn.Linear | nn.Flatten)
        x = torch.zeros(
            1, *(shape if isinstance(module, nn.Flatten) else shape[: 1 if flat else 3])
        )
        with torch.no_grad():
            y = module(x)
        return tuple((y[0] if isinstance(y, tuple) else y).shape[1:])


def plan_network(network: nn.Module, image_shape: Shape) -> PagePlan:
    """Return the plan of a network without batch normalisation.

    Raises
    ------
    ValueError
        If the page cannot run it.
    """
    plan = PagePlan(image_shape)
    for kind, trace in TRACES.items():
        if isinstance(network, kind):
            trace(plan, network)
            return plan
    known = ", ".join(kind.__name__ for kind in TRACES)
    raise ValueError(f"{type(network).__name__} has no plan for the page: there are {known}")


def _trace_sequence(plan: PagePlan, network: nn.Sequential) -> None:
    plan.sequence("", network, IMAGE)


def _trace_classifier(plan: PagePlan, network: SceneClassifier) -> None:
    at = plan.sequence("features", network.features, IMAGE)
    plan.sequence("classifier", network.classifier, at)


def _trace_detector(plan: PagePlan, network: SceneDetector) -> None:
    at = plan.sequence("features", network.features, IMAGE)
    plan.sequence("head", network.head, at)


def _trace_deconvolution(plan: PagePlan, network: DeconvolutionNetwork) -> None:
    at, maxima = IMAGE, []
    for level, (stage, pool) in enumerate(zip(network.encoder, network.pools, strict=True)):
        before = plan.sequence(f"encoder.{level}", _sequential(stage), at)
        at = plan.module(f"pools.{level}", pool, before)
        maxima.append((at, plan.shapes[before]))
    at = plan.sequence("bridge", network.bridge, at)
    for level, stage in enumerate(network.decoder):
        positions, (_, height, width) = maxima.pop()
        shape = (plan.shapes[at][0], height, width)
        at = plan.add("unpool", f"unpools.{level}", [at], shape, positions=positions)
        at = plan.sequence(f"decoder.{level}", _sequential(stage), at)
    plan.module("output", network.output, at)


def _trace_unet(plan: PagePlan, network: UNet) -> None:
    at, carried = IMAGE, []
    for level, (convolve, pool) in enumerate(zip(network.down, network.pools, strict=True)):
        at = plan.sequence(f"down.{level}", _sequential(convolve), at)
        carried.append(at)
        at = plan.module(f"pools.{level}", pool, at)
    at = plan.sequence("bottom", network.bottom, at)
    for level in reversed(range(network.levels)):
        stage, name = network.up[str(level)], f"up.{level}"
        at = plan.module(f"{name}.upsample", stage.get_submodule("upsample"), at)
        if network.skips[level]:
            at = _joined(plan, name, carried[level], at)
        at = plan.sequence(f"{name}.convolve", _sequential(stage.get_submodule("convolve")), at)
    plan.module("output", network.output, at)


def _joined(plan: PagePlan, name: str, skip: str, at: str) -> str:
    """Add the concatenation of a skip, cropped where it is larger, with the map from below."""
    channels, height, width = plan.shapes[at]
    skipped, *have = plan.shapes[skip]
    border = ((have[0] - height) // 2, (have[1] - width) // 2)
    if border != (0, 0):
        shape = (skipped, height, width)
        skip = plan.add("crop", f"{name}.crop", [skip], shape, **{"from": list(border)})
    shape = (skipped + channels, height, width)
    return plan.add("concatenate", f"{name}.concatenate", [skip, at], shape)


TRACES: dict[type[nn.Module], Callable[[PagePlan, Any], None]] = {
    nn.Sequential: _trace_sequence,
    SceneClassifier: _trace_classifier,
    SceneDetector: _trace_detector,
    DeconvolutionNetwork: _trace_deconvolution,
    UNet: _trace_unet,
}
"""How each class of networks is written down."""


def _sequential(module: nn.Module) -> nn.Sequential:
    assert isinstance(module, nn.Sequential)
    return module


def _idle(module: nn.Module) -> bool:
    """Whether a layer leaves a trained network's values alone; in the page channels come first."""
    return isinstance(module, nn.Identity | nn.Dropout | nn.Dropout2d | ChannelsLast)


def _slope(module: nn.Module) -> float | None:
    if isinstance(module, nn.ReLU):
        return 0.0
    return module.negative_slope if isinstance(module, nn.LeakyReLU) else None


def _outputs(module: nn.Module) -> int:
    channels = module.out_features if isinstance(module, nn.Linear) else module.out_channels
    assert isinstance(channels, int)
    return channels


def _pair(value: int | tuple[int, ...]) -> list[int]:
    return [value, value] if isinstance(value, int) else list(value)


def _described(module: nn.Module) -> tuple[str, dict[str, Any]] | None:
    """Return the page's name of a layer, and its settings; None where the page has none such."""
    if isinstance(module, nn.Conv2d) and module.padding_mode == "zeros":
        return _convolution(module)
    if isinstance(module, nn.ConvTranspose2d):
        return _transposed(module)
    if isinstance(module, nn.MaxPool2d):
        return _max_pool(module)
    if isinstance(module, nn.Upsample):
        return _upsample(module)
    slope = _slope(module)
    if slope is not None:
        return "activation", {"slope": slope}
    if isinstance(module, nn.AdaptiveAvgPool2d) and module.output_size in (1, (1, 1)):
        return "globalMean", {}
    simple = {
        nn.Linear: "linear",
        nn.Flatten: "flatten",
        nn.Softmax: "softmax",
        nn.LogSoftmax: "logSoftmax",
    }
    kind = simple.get(type(module))
    return None if kind is None else (kind, {})


def _convolution(module: nn.Conv2d) -> tuple[str, dict[str, Any]] | None:
    if isinstance(module.padding, str):
        return None
    return "convolution", {
        "kernel": _pair(module.kernel_size),
        "stride": _pair(module.stride),
        "padding": _pair(module.padding),
        "dilation": _pair(module.dilation),
        "groups": module.groups,
    }


def _transposed(module: nn.ConvTranspose2d) -> tuple[str, dict[str, Any]] | None:
    if module.groups != 1 or _pair(module.dilation) != [1, 1]:
        return None
    assert not isinstance(module.padding, str)
    return "transposed", {
        "kernel": _pair(module.kernel_size),
        "stride": _pair(module.stride),
        "padding": _pair(module.padding),
    }


def _max_pool(module: nn.MaxPool2d) -> tuple[str, dict[str, Any]] | None:
    if module.ceil_mode or _pair(module.dilation) != [1, 1]:
        return None
    return "maxPool", {
        "kernel": _pair(module.kernel_size),
        "stride": _pair(module.stride),
        "padding": _pair(module.padding),
    }


def _upsample(module: nn.Upsample) -> tuple[str, dict[str, Any]] | None:
    if module.mode == "bilinear":
        return "bilinear", {"corners": bool(module.align_corners)}
    return ("nearest", {}) if module.mode == "nearest" else None
