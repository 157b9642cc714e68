"""What a tensor must be before it is computed with; an error names it and what was expected."""

from __future__ import annotations

import torch
from torch import Tensor

from course_lib.convolution.geometry import check_groups

_NUMBERS = {2: "two", 3: "three", 4: "four"}
_SIGNAL, _KERNEL = {1: ("L",), 2: ("H", "W")}, {1: ("K",), 2: ("K_h", "K_w")}


def check_tensor(name: str, value: Tensor, axes: tuple[str, ...]) -> None:
    """Raise unless a value is a tensor of numbers with these axes."""
    if not isinstance(value, Tensor):
        raise TypeError(f"{name} is a {type(value).__name__}: expected a tensor")
    if value.ndim != len(axes):
        raise ValueError(
            f"{name} has shape {tuple(value.shape)}: expected {_NUMBERS[len(axes)]} axes "
            f"({', '.join(axes)})"
        )
    if value.dtype == torch.bool:
        raise TypeError(f"{name} has dtype torch.bool: expected numbers")


def check_batch(x: Tensor, dimensions: int, channels: str = "C") -> None:
    """Raise unless `x` is a batch of signals (1) or of images (2); the batch may be empty."""
    check_tensor("x", x, ("N", channels, *_SIGNAL[dimensions]))
    if x.shape[1] < 1:
        raise ValueError(f"x has shape {tuple(x.shape)}: expected at least one channel")


def check_floating(name: str, value: Tensor) -> None:
    """Raise a TypeError unless a tensor holds floating-point numbers."""
    if not value.is_floating_point():
        raise TypeError(f"{name} has dtype {value.dtype}: expected floating-point numbers")


def check_alike(x: Tensor, **others: Tensor | None) -> None:
    """Raise unless the other tensors have the dtype of `x` and stand on its device."""
    for name, other in others.items():
        if other is None:
            continue
        if not isinstance(other, Tensor):
            raise TypeError(f"{name} is a {type(other).__name__}: expected a tensor")
        if other.dtype != x.dtype:
            raise TypeError(f"{name} has dtype {other.dtype}: expected {x.dtype}, as x has")
        if other.device != x.device:
            raise ValueError(f"{name} is on {other.device}: expected {x.device}, where x is")


def check_layer(
    x: Tensor, weight: Tensor, bias: Tensor | None, groups: int, dimensions: int
) -> None:
    """Raise unless input, weights and biases of a convolution fit each other."""
    check_tensor("x", x, ("N", "C_in", *_SIGNAL[dimensions]))
    check_tensor("weight", weight, ("C_out", "C_in/groups", *_KERNEL[dimensions]))
    in_channels, out_channels = x.shape[1], weight.shape[0]
    check_groups(in_channels, out_channels, groups)
    if weight.shape[1] != in_channels // groups:
        raise ValueError(
            f"weight has shape {tuple(weight.shape)}: expected C_in/groups = "
            f"{in_channels}/{groups} = {in_channels // groups} on its second axis"
        )
    _check_the_rest(x, weight, bias, out_channels)


def check_transposed_layer(
    x: Tensor, weight: Tensor, bias: Tensor | None, groups: int, dimensions: int
) -> None:
    """Raise unless input, weights and biases of a transposed convolution fit each other."""
    check_tensor("x", x, ("N", "C_in", *_SIGNAL[dimensions]))
    check_tensor("weight", weight, ("C_in", "C_out/groups", *_KERNEL[dimensions]))
    in_channels, out_channels = x.shape[1], weight.shape[1] * groups
    check_groups(in_channels, out_channels, groups)
    if weight.shape[0] != in_channels:
        raise ValueError(
            f"weight has shape {tuple(weight.shape)}: expected C_in = {in_channels} on its first "
            "axis"
        )
    _check_the_rest(x, weight, bias, out_channels)


def _check_the_rest(x: Tensor, weight: Tensor, bias: Tensor | None, out_channels: int) -> None:
    if min(x.shape[1], out_channels) < 1:
        raise ValueError(
            f"x has shape {tuple(x.shape)} and weight has shape {tuple(weight.shape)}: "
            "expected at least one channel of each kind"
        )
    check_alike(x, weight=weight, bias=bias)
    if bias is not None and bias.shape != (out_channels,):
        raise ValueError(f"bias has shape {tuple(bias.shape)}: expected ({out_channels},)")
