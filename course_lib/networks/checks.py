"""What a network refuses: inputs and settings that do not fit it, named in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import torch
from torch import Tensor, nn

from course_lib.convolution.counts import check_count


def check_images(
    x: Tensor,
    in_channels: int,
    *,
    size: int | None = None,
    multiple_of: int = 1,
    least: int = 1,
    hint: str = "",
    network: nn.Module | None = None,
) -> None:
    """Raise unless x is a batch of images that the network takes.

    Parameters
    ----------
    x : Tensor
        Expected: floating point, shape (N, in_channels, H, W), not empty.
    in_channels : int
    size : int, optional
        The height and the width, if only one will do.
    multiple_of, least : int
        What must divide height and width, and the least of either.
    hint : str
        Added to the message of a wrong size: what to do.
    network : Module, optional
        The one that is to take x, whose dtype and device x must have.

    Raises
    ------
    TypeError
        If x is no tensor of floating-point numbers, or of others than the network's.
    ValueError
        If its shape does not fit, or it lies elsewhere than the network.
    """
    check_batch(x, in_channels, axes="H, W", network=network)
    height, width = x.shape[2:]
    for side in (height, width):
        if size is not None and side != size:
            raise ValueError(
                f"x has shape {tuple(x.shape)}: expected (N, {in_channels}, {size}, {size}){hint}"
            )
        if side % multiple_of or side < least:
            raise ValueError(
                f"x has shape {tuple(x.shape)}: expected a height and a width that are multiples "
                f"of {multiple_of} and at least {least}{hint}"
            )


def check_batch(
    x: Tensor, in_channels: int, *, axes: str, network: nn.Module | None = None
) -> None:
    """Raise unless x is a batch of floating-point maps with these axes after the channels."""
    if not isinstance(x, Tensor):
        raise TypeError(f"x is a {type(x).__name__}: expected a tensor")
    if not x.is_floating_point():
        raise TypeError(f"x has dtype {x.dtype}: expected floating-point numbers")
    if x.ndim != 2 + len(axes.split(", ")) or x.shape[1] != in_channels:
        raise ValueError(f"x has shape {tuple(x.shape)}: expected (N, {in_channels}, {axes})")
    if x.numel() == 0:
        raise ValueError(f"x has shape {tuple(x.shape)}: expected at least one value")
    weight = None if network is None else next(network.parameters(), None)
    if weight is None:
        return
    if x.dtype != weight.dtype and not _brought_together(x):
        raise TypeError(f"x has dtype {x.dtype}: expected {weight.dtype}, as the weights have")
    if x.device != weight.device:
        raise ValueError(f"x lies on {x.device}: expected {weight.device}, where the network lies")


def _brought_together(x: Tensor) -> bool:
    """Return whether autocast finds a dtype by itself."""
    try:
        return torch.is_autocast_enabled(x.device.type)
    except RuntimeError:  # on the meta device there is none
        return False


def check_whole(**values: int) -> None:
    """Raise a ValueError unless every value is a whole number of at least 1."""
    for name, value in values.items():
        check_count(name, value)


def check_choice(choices: Mapping[object, object] | Collection[object], **values: object) -> None:
    """Raise a ValueError unless every value is one of the choices."""
    for name, value in values.items():
        if value not in choices:
            raise ValueError(
                f"{name}={value!r}: expected one of {', '.join(repr(c) for c in choices)}"
            )


def check_probability(**values: float) -> None:
    """Raise a ValueError unless every value is at least 0 and less than 1."""
    for name, value in values.items():
        if not 0 <= value < 1:
            raise ValueError(f"{name}={value!r}: expected a probability, at least 0 and below 1")
