"""The pieces that the networks share, and which torch offers as functions only.

They are modules, so that `summarise` sees a sum, a concatenation and a crop as it sees a layer.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

CONVOLUTION: dict[int, type[nn.Conv1d] | type[nn.Conv2d]] = {1: nn.Conv1d, 2: nn.Conv2d}
NORMALISATION: dict[int, type[nn.BatchNorm1d] | type[nn.BatchNorm2d]] = {
    1: nn.BatchNorm1d,
    2: nn.BatchNorm2d,
}


class Add(nn.Module):
    """The sum of two branches of one shape, as where a residual connection ends."""

    def forward(self, x: Tensor, other: Tensor) -> Tensor:
        """Return x + other.

        Raises
        ------
        ValueError
            If the shapes differ; broadcasting would hide the mistake.
        """
        if x.shape != other.shape:
            raise ValueError(
                f"other has shape {tuple(other.shape)}: expected that of x, {tuple(x.shape)}"
            )
        return x + other


class Concatenate(nn.Module):
    """The channels of one branch followed by those of the other: (N, C1 + C2, H, W)."""

    def forward(self, x: Tensor, other: Tensor) -> Tensor:
        """Return both along the axis of channels.

        Raises
        ------
        ValueError
            If anything but the number of channels differs.
        """
        if x.shape[:1] + x.shape[2:] != other.shape[:1] + other.shape[2:]:
            raise ValueError(
                f"other has shape {tuple(other.shape)}: expected that of x, {tuple(x.shape)}, "
                "in all but the channels"
            )
        return torch.cat([x, other], dim=1)


class CropLike(nn.Module):
    """The middle of a map, as large as another map."""

    def forward(self, x: Tensor, like: Tensor) -> Tensor:
        """Return the middle of x, shape (N, C, H, W), with the height and width of `like`.

        Raises
        ------
        ValueError
            If x is smaller, or its border cannot be split evenly.
        """
        borders = [have - want for have, want in zip(x.shape[2:], like.shape[2:], strict=True)]
        if any(border < 0 or border % 2 for border in borders):
            raise ValueError(
                f"x has shape {tuple(x.shape)}: expected to crop equal borders down to "
                f"{tuple(like.shape[2:])}"
            )
        (top, left), (height, width) = (border // 2 for border in borders), like.shape[2:]
        return x[:, :, top : top + height, left : left + width]


class ChannelsLast(nn.Module):
    """The same values with the channels on the last axis: (N, C, H, W) -> (N, H, W, C)."""

    def forward(self, x: Tensor) -> Tensor:
        """Return x with the channels last."""
        return x.permute(0, 2, 3, 1)


def convolution_block(
    in_channels: int,
    out_channels: int,
    kernel_size: int = 3,
    *,
    stride: int = 1,
    padding: int | None = None,
    batch_norm: bool = False,
    activation: nn.Module | None = None,
    dimensions: int = 2,
) -> list[nn.Module]:
    """Return a convolution, its batch normalisation if wanted, and its activation (a ReLU).

    Without `padding`, as much is added as keeps the size at stride 1. Batch normalisation
    subtracts the mean, so a bias before it would have no effect: the convolution has none then.
    """
    convolution = CONVOLUTION[dimensions](
        in_channels,
        out_channels,
        kernel_size,
        stride=stride,
        padding=kernel_size // 2 if padding is None else padding,
        bias=not batch_norm,
    )
    norm = [NORMALISATION[dimensions](out_channels)] if batch_norm else []
    return [convolution, *norm, nn.ReLU() if activation is None else activation]
