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

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from course_lib.convolution import receptive_field
from course_lib.grading.declared_kinds import KINDS, Row, Shape
from course_lib.grading.declared_reading import DescriptionError, kind_of, settings_of, shown

__all__ = ["INPUT", "KINDS", "DescriptionError", "Limits", "Plan", "build", "plan"]

if TYPE_CHECKING:
    from torch import nn

INPUT = (1, 40)
"""Channels and length of a signal of MNIST-1D."""


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
    pooled
        Values that the windows of all pools read, for one signal.
    """

    layers: int = 40
    number: int = 1_000
    parameters: int = 100_000
    multiply_adds: int = 1_000_000
    activations: int = 20_000
    pooled: int = 50_000


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
    def pooled(self) -> int:
        """Values that the windows of all pools read; one under several windows counts for each."""
        return sum(row.pooled for row in self.rows)

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


_BOUNDED = {
    "parameters": "parameters",
    "multiply_adds": "multiply-adds",
    "activations": "activations",
    "pooled": "values to pool",
}


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
            f"a network is described by a list of layers, but this is {shown(description)}"
        )
    if not description:
        raise DescriptionError("the description has no layers")
    if len(description) > limits.layers:
        raise DescriptionError(
            f"the description has {len(description)} layers, expected at most {limits.layers}"
        )
    so_far = Plan(input_shape)
    for number, layer in enumerate(description, start=1):
        kind = kind_of(number, layer)
        where = f"layer {number} ({kind})"
        settings = settings_of(where, KINDS[kind], layer, limits.number)
        try:
            row = KINDS[kind].row(so_far.output_shape, settings)
        except ValueError as error:
            raise DescriptionError(f"{where}: {error}") from error
        so_far = Plan(input_shape, (*so_far.rows, row))
        for name, words in _BOUNDED.items():
            count, most = getattr(so_far, name), getattr(limits, name)
            if count > most:
                raise DescriptionError(
                    f"{where}: with it the network has {count:,} {words}, and no more than "
                    f"{most:,} are built here"
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
