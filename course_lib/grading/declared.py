"""Networks as plain descriptions: what a student hands in, and what the grader makes of it.

A description is a list of dicts, one a layer, in the order in which they are applied to a signal:

    [
        {"kind": "conv1d", "out_channels": 15, "kernel_size": 3, "stride": 2},
        {"kind": "relu"},
        {"kind": "flatten"},
        {"kind": "linear", "out_features": 10},
    ]

A network that a student builds could lie about its size or how it was trained; a description can
only be right or wrong. `plan` counts it without building anything, and refuses what would take the
grader's memory or time; `build` makes torch's network of it. The student uses the same two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.convolution import (
    LayerCost,
    Window,
    convolution_cost,
    kernel_span,
    linear_cost,
    pooled_length,
    receptive_field,
)
from course_lib.grading.checks import Wrong

if TYPE_CHECKING:
    from torch import nn

INPUT = (1, 40)
"""Channels and length of a signal of MNIST-1D."""

Shape = tuple[int, ...]


class DescriptionError(Wrong, ValueError):
    """A description that describes no network, or one that is too large; says where and why."""


@dataclass(frozen=True)
class Limits:
    """What a described network may have at most, whatever a lab's own budget is.

    Parameters
    ----------
    layers
        Number of layers.
    number
        Any number in the description.
    parameters
        Weights and biases.
    multiply_adds
        For one signal.
    activations
        Values that all layers give, for one signal.
    """

    layers: int = 40
    number: int = 1_000
    parameters: int = 100_000
    multiply_adds: int = 1_000_000
    activations: int = 20_000


@dataclass(frozen=True)
class Row:
    """One layer of a plan: its settings, what it costs, and its window, where it slides one."""

    kind: str
    settings: Mapping[str, int]
    cost: LayerCost
    window: Window | None = None

    @property
    def output_shape(self) -> Shape:
        """Channels and length, or the number of values after a flatten or a global pool."""
        return self.cost.output_shape


@dataclass(frozen=True)
class Plan:
    """A network on paper: its layers, and what they add up to for one signal."""

    input_shape: Shape
    rows: tuple[Row, ...] = field(default=())

    @property
    def output_shape(self) -> Shape:
        """Shape of what the last layer gives."""
        return self.rows[-1].output_shape if self.rows else self.input_shape

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return sum(row.cost.parameters for row in self.rows)

    @property
    def multiply_adds(self) -> int:
        """Products of a weight and a value; padded zeros count, biases and pooling do not."""
        return sum(row.cost.multiply_adds for row in self.rows)

    @property
    def activations(self) -> int:
        """Values that all layers give."""
        return sum(row.cost.activations for row in self.rows)

    @property
    def receptive_field(self) -> int:
        """Inputs from the first to the last that a unit of the last map depends on."""
        return receptive_field(row.window for row in self.rows if row.window is not None).size

    def __str__(self) -> str:
        lines = [f"{'layer':18}{'output':>10}{'parameters':>12}{'multiply-adds':>15}"]
        for row in self.rows:
            shape = " × ".join(map(str, row.output_shape))
            cost = row.cost
            lines.append(f"{row.kind:18}{shape:>10}{cost.parameters:12,}{cost.multiply_adds:15,}")
        lines.append(f"{'in all':18}{'':10}{self.parameters:12,}{self.multiply_adds:15,}")
        if any(row.window is not None for row in self.rows):
            lines.append(f"A unit of the last map reads {self.receptive_field} inputs.")
        return "\n".join(lines)


def plan(description: Any, input_shape: Shape = INPUT, limits: Limits = Limits()) -> Plan:
    """Return what a description adds up to, without building it.

    Parameters
    ----------
    description : list of dict
        One dict a layer; `KINDS` holds which there are, and what each needs.
    input_shape : tuple of int
        Channels and length of a signal.
    limits : Limits
        What the network may have.

    Returns
    -------
    plan : Plan

    Raises
    ------
    DescriptionError
        If it describes no network, or one beyond the limits.
    """
    if not isinstance(description, list | tuple):
        raise DescriptionError(
            f"a network is described by a list of layers, but this is {_shown(description)}"
        )
    if not description:
        raise DescriptionError("the description has no layers")
    if len(description) > limits.layers:
        raise DescriptionError(
            f"the description has {len(description)} layers, expected at most {limits.layers}"
        )
    so_far = Plan(input_shape)
    for number, layer in enumerate(description, start=1):
        kind = _kind(number, layer)
        where = f"layer {number} ({kind})"
        settings = _settings(where, KINDS[kind], layer, limits.number)
        try:
            row = KINDS[kind].row(so_far.output_shape, settings)
        except ValueError as error:
            raise DescriptionError(f"{where}: {error}") from error
        so_far = Plan(input_shape, (*so_far.rows, row))
        for name in ("parameters", "multiply_adds", "activations"):
            count, most = getattr(so_far, name), getattr(limits, name)
            if count > most:
                raise DescriptionError(
                    f"{where}: with it the network has {count:,} {name.replace('_', '-')}, and "
                    f"no more than {most:,} are built here"
                )
    return so_far


def build(
    description: Any, input_shape: Shape = INPUT, *, seed: int = 0, limits: Limits = Limits()
) -> nn.Sequential:
    """Return the network of a description, its first weights drawn as torch draws them.

    Parameters
    ----------
    description, input_shape, limits
        As for `plan`.
    seed : int
        Of the first weights. The state of torch's own generator stays as it is.

    Returns
    -------
    network : Sequential
        Takes x of shape (N, C, L).

    Raises
    ------
    DescriptionError
        As `plan`.
    """
    rows = plan(description, input_shape, limits).rows
    import torch
    from torch import nn

    shapes = [input_shape, *(row.output_shape for row in rows)]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        modules = [_module(row, below) for row, below in zip(rows, shapes, strict=False)]
    return nn.Sequential(*modules)


def _module(row: Row, below: Shape) -> nn.Module:
    from torch import nn

    numbers: dict[str, Any] = dict(row.settings)
    match row.kind:
        case "conv1d":
            return nn.Conv1d(below[0], **numbers)
        case "linear":
            return nn.Linear(below[0], **numbers)
        case "max_pool1d":
            return nn.MaxPool1d(**numbers)
        case "mean_pool1d":
            return nn.AvgPool1d(**numbers)
        case "global_mean_pool":
            return nn.Sequential(nn.AdaptiveAvgPool1d(1), nn.Flatten())
        case "flatten":
            return nn.Flatten()
        case _:
            return nn.ReLU()


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
        return Row(kind, settings, _free((channels, left)), Window(size, stride))

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
    return LayerCost(
        cost.weights,
        cost.biases,
        cost.multiply_adds,
        cost.bias_additions,
        cost.activations,
        cost.output_shape[1:],
    )


def _kind(number: int, layer: Any) -> str:
    if not isinstance(layer, Mapping):
        raise DescriptionError(
            f'layer {number} is {_shown(layer)}, expected a dict such as {{"kind": "relu"}}'
        )
    if "kind" not in layer:
        raise DescriptionError(f'layer {number} has no "kind": {_shown(dict(layer))}')
    kind = layer["kind"]
    if not isinstance(kind, str) or kind not in KINDS:
        raise DescriptionError(
            f"layer {number} is of kind {_shown(kind)}, expected one of {', '.join(KINDS)}"
        )
    return kind


def _settings(where: str, kind: Kind, layer: Mapping[Any, Any], most: int) -> dict[str, int]:
    known = (*kind.needs, *kind.may)
    for name in layer:
        if name not in ("kind", *known):
            has = ", ".join(known) or "no numbers"
            raise DescriptionError(f"{where}: it has no {_shown(name)}; it has {has}")
    found = {name: value for name, value in kind.may.items() if value is not None}
    for name in known:
        if name in layer:
            found[name] = _number(where, name, layer[name], most)
        elif name in kind.needs:
            raise DescriptionError(f'{where}: "{name}" is missing')
    return found


def _number(where: str, name: str, value: Any, most: int) -> int:
    least = 0 if name == "padding" else 1
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not least <= value <= most:
        raise DescriptionError(
            f"{where}: {name} is {_shown(value)}, expected a whole number from {least} to {most:,}"
        )
    return int(value)


def _shown(thing: Any) -> str:
    try:
        text = repr(thing)
    except Exception:  # such as a whole number with too many digits to write
        text = f"an object of type {type(thing).__name__}"
    return text if len(text) <= 80 else f"{text[:77]}..."
