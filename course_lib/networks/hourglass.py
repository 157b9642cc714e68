"""The stacked hourglass: down and up again, joined by skips that add, as often as wanted.

Newell, Yang and Deng, "Stacked hourglass networks for human pose estimation", ECCV 2016;
Prince, *Understanding Deep Learning*, section 11.5.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from course_lib.networks.checks import check_images, check_whole
from course_lib.networks.layers import Add, convolution_block

STEM_REDUCTION = 4
"""How many pixels of the image, along one side, make one position of a heat map."""


class PreActivationBlock(nn.Module):
    """A residual bottleneck whose normalisations and ReLUs come before its convolutions.

    Parameters
    ----------
    in_channels, out_channels : int
        The shortcut is a 1×1 convolution where they differ.
    """

    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        half = out_channels // 2
        layers: list[nn.Module] = []
        channels = in_channels
        # A bias before a normalisation has no effect, so the last convolution alone has one.
        for width, kernel_size, bias in (
            (half, 1, False),
            (half, 3, False),
            (out_channels, 1, True),
        ):
            layers += [
                nn.BatchNorm2d(channels),
                nn.ReLU(),
                nn.Conv2d(channels, width, kernel_size, padding=kernel_size // 2, bias=bias),
            ]
            channels = width
        self.branch = nn.Sequential(*layers)
        same = in_channels == out_channels
        self.shortcut = nn.Sequential(
            *([] if same else [nn.Conv2d(in_channels, out_channels, kernel_size=1)])
        )
        self.add = Add()

    def forward(self, x: Tensor) -> Tensor:
        """Return x + f[x]: (N, in_channels, H, W) -> (N, out_channels, H, W)."""
        y: Tensor = self.add(self.branch(x), self.shortcut(x))
        return y


class Hourglass(nn.Module):
    """One level of an hourglass, with the smaller levels inside it.

    Parameters
    ----------
    order : int
        How many times the map is halved on the way down.
    width : int
        Channels, the same at every level.
    """

    def __init__(self, order: int, width: int) -> None:
        super().__init__()
        self.skip = PreActivationBlock(width, width)
        self.pool = nn.MaxPool2d(2)
        self.down = PreActivationBlock(width, width)
        self.inner: nn.Module = (
            Hourglass(order - 1, width) if order > 1 else PreActivationBlock(width, width)
        )
        self.up = PreActivationBlock(width, width)
        self.upsample = nn.Upsample(scale_factor=2, mode="nearest")
        self.add = Add()

    def forward(self, x: Tensor) -> Tensor:
        """Return a map of the same shape: (N, C, H, W) -> (N, C, H, W)."""
        around = self.skip(x)
        x = self.down(self.pool(x))  # (N, C, H/2, W/2)
        x = self.upsample(self.up(self.inner(x)))  # (N, C, H, W)
        y: Tensor = self.add(x, around)
        return y


class Return(nn.Module):
    """Between two hourglasses: features and heat maps go back into the stream, and add to it."""

    def __init__(self, width: int, outputs: int) -> None:
        super().__init__()
        self.features = nn.Conv2d(width, width, kernel_size=1)
        self.heatmaps = nn.Conv2d(outputs, width, kernel_size=1)
        self.add_features, self.add_heatmaps = Add(), Add()

    def forward(self, x: Tensor, features: Tensor, heatmaps: Tensor) -> Tensor:
        """Return what the next hourglass reads, shape (N, width, H, W)."""
        x = self.add_features(x, self.features(features))
        y: Tensor = self.add_heatmaps(x, self.heatmaps(heatmaps))
        return y


class StackedHourglass(nn.Module):
    """One hourglass or more, each with an output of its own that the next one corrects.

    Parameters
    ----------
    stacks : int
        Number of hourglasses; published: 8.
    outputs : int
        Heat maps: 16 joints of the body, or the classes of a segmentation.
    width : int
        Channels of the hourglass, a multiple of 4; published: 256.
    order : int
        How many times an hourglass halves its map; published: 4, from 64×64 to 4×4.
    in_channels : int

    Raises
    ------
    ValueError
        If a setting is impossible.
    """

    def __init__(
        self,
        *,
        stacks: int = 8,
        outputs: int = 16,
        width: int = 256,
        order: int = 4,
        in_channels: int = 3,
    ) -> None:
        super().__init__()
        check_whole(
            stacks=stacks, outputs=outputs, width=width, order=order, in_channels=in_channels
        )
        if width % 4:
            raise ValueError(f"width={width}: expected a multiple of 4")
        self.in_channels = in_channels
        self.multiple = STEM_REDUCTION * 2**order
        quarter, half = width // 4, width // 2
        self.stem = nn.Sequential(
            # (N, 3, 256, 256) -> (N, 64, 128, 128)
            *convolution_block(in_channels, quarter, 7, stride=2, batch_norm=True),
            PreActivationBlock(quarter, half),
            nn.MaxPool2d(2),  # (N, 128, 64, 64)
            PreActivationBlock(half, half),
            PreActivationBlock(half, width),  # (N, 256, 64, 64)
        )
        self.stacks = nn.ModuleList(
            nn.Sequential(
                Hourglass(order, width),
                PreActivationBlock(width, width),
                *convolution_block(width, width, 1, batch_norm=True),
            )
            for _ in range(stacks)
        )
        self.heads = nn.ModuleList(nn.Conv2d(width, outputs, 1) for _ in range(stacks))
        self.returns = nn.ModuleList(Return(width, outputs) for _ in range(stacks - 1))

    def forward(self, x: Tensor) -> Tensor:
        """Return the heat maps of every hourglass; the last are the answer.

        Parameters
        ----------
        x : Tensor, shape (N, in_channels, H, W)
            Height and width are multiples of 4·2^order: 64 as published.

        Returns
        -------
        heatmaps : Tensor, shape (N, stacks, outputs, H/4, W/4)

        Raises
        ------
        ValueError
            If x has another shape.
        """
        check_images(
            x, self.in_channels, multiple_of=self.multiple, least=self.multiple, network=self
        )
        x = self.stem(x)  # (N, C, H/4, W/4)
        answers = []
        for place, (stack, head) in enumerate(zip(self.stacks, self.heads, strict=True)):
            features = stack(x)  # (N, C, H/4, W/4)
            answers.append(head(features))  # (N, outputs, H/4, W/4)
            if place < len(self.returns):
                x = self.returns[place](x, features, answers[-1])
        return torch.stack(answers, dim=1)


def small_hourglass(
    *, stacks: int = 1, in_channels: int = 3, classes: int = 11, width: int = 32, order: int = 3
) -> StackedHourglass:
    """Return an hourglass that a CPU trains; its heat maps are a quarter of the image.

    Parameters
    ----------
    stacks, in_channels, width, order
        As for `StackedHourglass`.
    classes : int
        Heat maps; 10 + 1 for scenes.

    Returns
    -------
    network : StackedHourglass
        Takes x of shape (N, in_channels, H, W), gives (N, stacks, classes, H/4, W/4).
    """
    return StackedHourglass(
        stacks=stacks, outputs=classes, width=width, order=order, in_channels=in_channels
    )
