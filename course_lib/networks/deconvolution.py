"""The deconvolution network: VGG-16 downwards, then the same path upwards, mirrored.

Each max pooling hands the positions of its maxima to the unpooling of its level, which puts every
value back where it came from and leaves zeros elsewhere; transposed convolutions fill them in.
Noh, Hong and Han, "Learning deconvolution network for semantic segmentation", ICCV 2015, table 2.
Slides, "Semantic Segmentation (2015)": 20 classes and the background.
"""

from __future__ import annotations

from torch import Tensor, nn

from course_lib.networks.checks import check_images, check_whole
from course_lib.networks.layers import convolution_block
from course_lib.networks.vgg import CONVOLUTIONS, WIDTHS

BRIDGE_SIZE = 7
"""Kernel of the dense layers, written as convolutions: the whole 7×7 map of an image of 224."""


class DeconvolutionNetwork(nn.Module):
    """An encoder and a decoder that share nothing but the positions of the maxima.

    The published network by default; narrower and shallower ones by its settings.

    Parameters
    ----------
    in_channels, classes : int
        `classes` counts the background.
    widths, convolutions : tuple of int
        Channels, and number of convolutions, of every stage from the image downwards.
    bridge_width : int or None
        Channels of the two layers between encoder and decoder that see the whole 7×7 map; None
        leaves them out.
    batch_norm : bool
        Whether every convolution is normalised, as published.

    Raises
    ------
    ValueError
        If a setting is impossible.
    """

    def __init__(
        self,
        *,
        in_channels: int = 3,
        classes: int = 21,
        widths: tuple[int, ...] = WIDTHS,
        convolutions: tuple[int, ...] = CONVOLUTIONS[16],
        bridge_width: int | None = 4096,
        batch_norm: bool = True,
    ) -> None:
        super().__init__()
        check_whole(in_channels=in_channels, classes=classes)
        if len(widths) != len(convolutions) or not widths:
            raise ValueError(
                f"convolutions={convolutions}: expected one number for each of widths={widths}"
            )
        for width, count in zip(widths, convolutions, strict=True):
            check_whole(widths=width, convolutions=count)
        self.in_channels = in_channels
        self.reduction = 2 ** len(widths)
        self.least = self.reduction * (BRIDGE_SIZE if bridge_width is not None else 1)

        stages = list(zip((in_channels, *widths), widths, convolutions, strict=False))
        self.encoder = nn.ModuleList(
            nn.Sequential(*_stage(nn.Conv2d, below, width, count, batch_norm))
            for below, width, count in stages
        )
        self.pools = nn.ModuleList(nn.MaxPool2d(2, return_indices=True) for _ in stages)
        self.bridge = _bridge(widths[-1], bridge_width, batch_norm)
        self.unpools = nn.ModuleList(nn.MaxUnpool2d(2) for _ in stages)
        # Every stage ends with the width of the stage above it; the last keeps its own.
        self.decoder = nn.ModuleList(
            nn.Sequential(
                *_stage(nn.ConvTranspose2d, width, above, count, batch_norm, change_last=True)
            )
            for width, above, count in reversed(
                list(zip(widths, (widths[0], *widths), convolutions, strict=False))
            )
        )
        self.output = nn.Conv2d(widths[0], classes, kernel_size=1)

    def forward(self, x: Tensor) -> Tensor:
        """Return the scores of every class at every pixel.

        Parameters
        ----------
        x : Tensor, shape (N, in_channels, H, W)
            Height and width are multiples of 32 and at least 224 (as published).

        Returns
        -------
        scores : Tensor, shape (N, classes, H, W)

        Raises
        ------
        ValueError
            If x has another shape.
        """
        check_images(
            x, self.in_channels, multiple_of=self.reduction, least=self.least, network=self
        )
        maxima = []
        for stage, pool in zip(self.encoder, self.pools, strict=True):
            x, positions = pool(stage(x))  # (N, C, H, W) -> (N, C', H/2, W/2), twice
            maxima.append(positions)
        x = self.bridge(x)  # (N, 512, 7, 7) -> (N, 512, 7, 7)
        for stage, unpool in zip(self.decoder, self.unpools, strict=True):
            x = stage(unpool(x, maxima.pop()))  # (N, C, H, W) -> (N, C', 2H, 2W)
        scores: Tensor = self.output(x)
        return scores


def small_encoder_decoder(
    *,
    in_channels: int = 3,
    classes: int = 11,
    widths: tuple[int, ...] = (8, 16, 32, 48, 64),
    convolutions: tuple[int, ...] | None = None,
) -> DeconvolutionNetwork:
    """Return an encoder–decoder that a CPU trains on scenes: no bridge between its halves.

    Parameters
    ----------
    in_channels, classes : int
        `classes` counts the background: 10 + 1 for scenes.
    widths : tuple of int
        Channels of every stage; height and width must be multiples of two to that many.
    convolutions : tuple of int, optional
        Of every stage; without it one, and two in the last, where a pixel is least.

    Returns
    -------
    network : DeconvolutionNetwork
        Takes x of shape (N, in_channels, H, W), gives scores of shape (N, classes, H, W).
    """
    return DeconvolutionNetwork(
        in_channels=in_channels,
        classes=classes,
        widths=widths,
        convolutions=convolutions or (*[1] * (len(widths) - 1), 2),
        bridge_width=None,
    )


def _stage(
    kind: type[nn.Conv2d] | type[nn.ConvTranspose2d],
    in_channels: int,
    out_channels: int,
    count: int,
    batch_norm: bool,
    *,
    change_last: bool = False,
) -> list[nn.Module]:
    """Return 3×3 convolutions, plain or transposed, that keep height and width.

    The first changes the number of channels, or the last if `change_last`.
    """
    layers: list[nn.Module] = []
    channels = in_channels
    for place in range(count):
        width = in_channels if change_last and place < count - 1 else out_channels
        norm = [nn.BatchNorm2d(width)] if batch_norm else []
        convolution = kind(channels, width, kernel_size=3, padding=1, bias=not batch_norm)
        layers += [convolution, *norm, nn.ReLU()]
        channels = width
    return layers


def _bridge(channels: int, width: int | None, batch_norm: bool) -> nn.Sequential:
    """Return the layers between encoder and decoder: (N, 512, 7, 7) -> (N, 4096, 1, 1) -> back."""
    if width is None:
        return nn.Sequential()
    check_whole(bridge_width=width)
    norm = [nn.BatchNorm2d(channels)] if batch_norm else []
    return nn.Sequential(
        *convolution_block(channels, width, BRIDGE_SIZE, padding=0, batch_norm=batch_norm),
        *convolution_block(width, width, 1, batch_norm=batch_norm),
        nn.ConvTranspose2d(width, channels, BRIDGE_SIZE, bias=not batch_norm),
        *norm,
        nn.ReLU(),
    )
