"""The kinds of layers that a description may hold, and how each is counted.

Slides, "How many parameters?" and the table of the network for MNIST-1D.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

from course_lib.convolution import (
    LayerCost,
    Window,
    convolution_cost,
    kernel_span,
    linear_cost,
    pooled_length,
)

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """One layer of a plan: its settings, what it costs, its window, and what a pool reads."""

    kind: str
    settings: Mapping[str, int]
    cost: LayerCost
    window: Window | None = None
    pooled: int = 0

    @property
    def output_shape(self) -> Shape:
        """Channels and length, or the number of values after a flatten or a global pool."""
        return self.cost.output_shape


@dataclass(frozen=True)
class Kind:
    """One kind of layer: the numbers it needs, those it may have, and how it is counted."""

    row: Callable[[Shape, Mapping[str, int]], Row]
    needs: tuple[str, ...] = ()
    may: Mapping[str, int | None] = field(default_factory=dict)


def _conv1d(shape: Shape, numbers: Mapping[str, int]) -> Row:
    channels, length = _map(shape)
    steps: dict[str, Any] = {name: numbers[name] for name in ("stride", "dilation", "padding")}
    out_channels, kernel_size = numbers["out_channels"], numbers["kernel_size"]
    _check_span(kernel_span(kernel_size, steps["dilation"]), length + 2 * steps["padding"])
    cost = convolution_cost(channels, out_channels, kernel_size, (length,), **steps)
    return Row("conv1d", numbers, _without_batch(cost), Window(kernel_size, **steps))


def _pool(kind: str) -> Callable[[Shape, Mapping[str, int]], Row]:
    def row(shape: Shape, numbers: Mapping[str, int]) -> Row:
        channels, length = _map(shape)
        size = numbers["kernel_size"]
        stride = numbers.get("stride", size)
        _check_span(size, length)
        left = pooled_length(length, size, stride=stride)
        settings = {"kernel_size": size, "stride": stride}
        cost = _free((channels, left))
        return Row(kind, settings, cost, Window(size, stride), size * cost.activations)

    return row


def _flatten(shape: Shape, numbers: Mapping[str, int]) -> Row:
    return Row("flatten", numbers, _free((prod(_map(shape)),)))


def _global_mean_pool(shape: Shape, numbers: Mapping[str, int]) -> Row:
    return Row("global_mean_pool", numbers, _free((_map(shape)[0],)))


def _relu(shape: Shape, numbers: Mapping[str, int]) -> Row:
    return Row("relu", numbers, _free(shape))


def _linear(shape: Shape, numbers: Mapping[str, int]) -> Row:
    if len(shape) != 1:
        raise ValueError(
            f"it reads one row of numbers, but gets {shape[0]} channels of {shape[1]} values; "
            "a flatten or a global_mean_pool before it makes one row of them"
        )
    cost = linear_cost(shape[0], numbers["out_features"])
    return Row("linear", numbers, _without_batch(cost))


KINDS: Mapping[str, Kind] = {
    "conv1d": Kind(
        _conv1d, ("out_channels", "kernel_size"), {"stride": 1, "dilation": 1, "padding": 0}
    ),
    "relu": Kind(_relu),
    "max_pool1d": Kind(_pool("max_pool1d"), ("kernel_size",), {"stride": None}),
    "mean_pool1d": Kind(_pool("mean_pool1d"), ("kernel_size",), {"stride": None}),
    "global_mean_pool": Kind(_global_mean_pool),
    "flatten": Kind(_flatten),
    "linear": Kind(_linear, ("out_features",)),
}
"""The kinds of layers. Where a pool has no stride, its windows stand side by side."""


def _map(shape: Shape) -> tuple[int, int]:
    if len(shape) != 2:
        raise ValueError(
            f"it reads channels of values, but gets one row of {shape[0]} numbers: "
            "it belongs before the flatten or the global pool"
        )
    return shape[0], shape[1]


def _check_span(span: int, length: int) -> None:
    if span > length:
        raise ValueError(
            f"its window covers {span} places, but what it reads has {length}, padding included"
        )


def _free(shape: Shape) -> LayerCost:
    """Return the cost of a layer without weights."""
    return LayerCost(activations=prod(shape), output_shape=shape)


def _without_batch(cost: LayerCost) -> LayerCost:
    """Return the cost of one signal with its shape, less the axis of the batch."""
    return replace(cost, output_shape=cost.output_shape[1:])
