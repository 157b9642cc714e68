"""U-Net: an encoder–decoder whose levels are joined by skips that concatenate.

Ronneberger, Fischer and Brox, "U-Net: convolutional networks for biomedical image segmentation",
MICCAI 2015, figure 1; Prince, *Understanding Deep Learning*, section 11.5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import torch
from torch import Tensor, nn

from course_lib.networks.checks import check_batch, check_choice, check_images, check_whole
from course_lib.networks.layers import Concatenate, CropLike, convolution_block

PADDINGS = {"valid": 0, "zeros": 1}
"""How many zeros a 3×3 convolution adds at each side."""


class UpStage(nn.Module):
    """One level on the way up: upsample, join with what the skip carries, convolve.

    Parameters
    ----------
    below : int
        Channels of the level below; upsampling halves them, or brings them to `width`.
    width : int
    convolve : Module
        From `width` channels, or twice as many with a skip, to `width`.
    skip : bool
    """

    def __init__(self, below: int, width: int, convolve: nn.Module, *, skip: bool) -> None:
        super().__init__()
        self.upsample = nn.ConvTranspose2d(below, width, kernel_size=2, stride=2)
        if skip:
            self.crop, self.concatenate = CropLike(), Concatenate()
        self.skip = skip
        self.convolve = convolve

    def forward(self, x: Tensor, carried: Tensor) -> Tensor:
        """Return the map of this level: (N, below, H/2, W/2) -> (N, width, H, W)."""
        x = self.upsample(x)  # (N, width, H, W)
        if self.skip:
            x = self.concatenate(self.crop(carried, x), x)  # (N, 2 width, H, W)
        y: Tensor = self.convolve(x)
        return y


class UNet(nn.Module):
    """A U-Net, valid as published or padded, with any of its skips left out.

    Parameters
    ----------
    in_channels, classes : int
    widths : tuple of int
        Channels of every level, from the image down to the bottom.
    padding : str
        ``"valid"``: every convolution loses a border, 572 pixels give 388, and what a skip carries
        is cropped. ``"zeros"``: the output is as large as the image.
    skips : bool or tuple of bool
        Which skips there are, one for every level but the bottom, the image's own first. A skip
        that is left out is not replaced: the first convolution after it reads fewer channels.
    batch_norm : bool
        Whether every convolution is normalised; published: no.
    convolutions : int or tuple of int
        Convolutions one after another at every level, the bottom's last, on the way down and on
        the way up; published: two. Other numbers need the padding "zeros".
    stem_stride : int
        1, as published, or 2: the first convolution then has a kernel of 5×5 and this stride, and
        a transposed convolution makes the scores, so that no map but the last is as large as the
        image, which is where a U-Net of few channels spends its time. Needs the padding "zeros".
    supervised : bool
        Whether the bottom and the level above it name classes too, by a convolution of 1×1 each,
        while the network learns (`coarse_scores`). What they learn is left out where it ships.

    Raises
    ------
    ValueError
        If a setting is impossible.
    """

    def __init__(
        self,
        *,
        in_channels: int = 1,
        classes: int = 2,
        widths: tuple[int, ...] = (64, 128, 256, 512, 1024),
        padding: str = "valid",
        skips: bool | tuple[bool, ...] = True,
        batch_norm: bool = False,
        convolutions: int | tuple[int, ...] = 2,
        stem_stride: int = 1,
        supervised: bool = False,
    ) -> None:
        super().__init__()
        check_whole(in_channels=in_channels, classes=classes)
        check_choice(PADDINGS, padding=padding)
        for width in widths:
            check_whole(widths=width)
        if len(widths) < 2:
            raise ValueError(f"widths={widths}: expected two levels or more")
        self.in_channels, self.padding = in_channels, padding
        self.levels = len(widths) - 1
        self.skips = _one_a_level(skips, self.levels)
        counts = _count_a_level(convolutions, len(widths), padding)
        check_choice((1, 2) if padding == "zeros" else (1,), stem_stride=stem_stride)
        self.reduction = stem_stride * 2**self.levels

        def stack(below: int, level: int, stride: int = 1) -> nn.Sequential:
            layers: list[nn.Module] = []
            for place in range(counts[level]):
                is_stem = stride == 2 and place == 0
                layers += convolution_block(
                    widths[level] if place else below,
                    widths[level],
                    5 if is_stem else 3,
                    stride=2 if is_stem else 1,
                    padding=2 if is_stem else PADDINGS[padding],
                    batch_norm=batch_norm,
                )
            return nn.Sequential(*layers)

        self.down = nn.ModuleList(
            stack(below, level, stem_stride if level == 0 else 1)
            for level, below in enumerate((in_channels, *widths[:-2]))
        )
        self.pools = nn.ModuleList(nn.MaxPool2d(2) for _ in self.down)
        self.bottom = stack(widths[-2], self.levels)
        self.up = nn.ModuleDict()
        for level in reversed(range(self.levels)):
            width = widths[level]
            convolve = stack(2 * width if self.skips[level] else width, level)
            self.up[str(level)] = UpStage(
                widths[level + 1], width, convolve, skip=self.skips[level]
            )
        self.output: nn.Module = (
            nn.Conv2d(widths[0], classes, kernel_size=1)
            if stem_stride == 1
            else nn.ConvTranspose2d(widths[0], classes, kernel_size=2, stride=2)
        )
        self.coarse = nn.ModuleList(
            nn.Conv2d(width, classes, kernel_size=1) for width in widths[:-3:-1] if supervised
        )

    def forward(self, x: Tensor, *, ablate: Collection[int] = ()) -> Tensor:
        """Return the scores of every class at every pixel of the output.

        Parameters
        ----------
        x : Tensor, shape (N, in_channels, H, W)
            Sizes for which every pooling has an even map: with "zeros" the multiples of two to the
            number of levels; with "valid" see `valid_output_size`.
        ablate : collection of int
            Levels whose skip carries zeros instead, in a network that was trained with it.

        Returns
        -------
        scores : Tensor, shape (N, classes, H', W')

        Raises
        ------
        ValueError
            If x has another shape, or a level has no skip to ablate.
        """
        self._check(x, ablate)
        scores, _ = self._scores(x, ablate)
        return scores

    def coarse_scores(self, x: Tensor) -> tuple[Tensor, ...]:
        """Return the scores of every pixel, then those of the bottom and of the level above it.

        Deep supervision: the loss reaches the bottom at once, not only through the whole way up,
        which has learnt little at first (Lee and others, "Deeply-supervised nets", AISTATS 2015).

        Parameters
        ----------
        x : Tensor
            As `forward` takes it.

        Returns
        -------
        scores : tuple of Tensor
            One of shape (N, classes, H', W') and, where the network is supervised, two smaller.
        """
        self._check(x, ())
        scores, maps = self._scores(x, ())
        return scores, *(head(m) for head, m in zip(self.coarse, maps, strict=False))

    def _scores(self, x: Tensor, ablate: Collection[int]) -> tuple[Tensor, list[Tensor]]:
        """Return the scores, and the maps of all levels from the bottom on."""
        carried = []
        for convolve, pool in zip(self.down, self.pools, strict=True):
            level_map = convolve(x)  # (N, C, H, W)
            carried.append(level_map)
            x = pool(level_map)  # (N, C, H/2, W/2)
        maps = [self.bottom(x)]
        for level in reversed(range(self.levels)):
            skip = carried[level]
            # (N, 2C, H/2, W/2) -> (N, C, H, W)
            carry = torch.zeros_like(skip) if level in ablate else skip
            maps.append(self.up[str(level)](maps[-1], carry))
        return self.output(maps[-1]), maps

    def _check(self, x: Tensor, ablate: Iterable[int]) -> None:
        for level in ablate:
            present = [i for i, skip in enumerate(self.skips) if skip]
            if level not in present:
                raise ValueError(f"ablate holds {level!r}: expected levels with a skip, {present}")
        if self.padding == "zeros":
            check_images(
                x, self.in_channels, multiple_of=self.reduction, least=self.reduction, network=self
            )
            return
        check_batch(x, self.in_channels, axes="H, W", network=self)
        for side in x.shape[2:]:
            valid_output_size(side, self.levels)


def valid_output_size(size: int, levels: int = 4) -> int:
    """Return how many pixels a side has after the unpadded network, which fits certain sizes only.

    Parameters
    ----------
    size : int
        Pixels of one side of the image.
    levels : int
        Number of poolings.

    Returns
    -------
    size : int

    Raises
    ------
    ValueError
        If a pooling would meet an odd map, or nothing is left; the message names the next size.

    Examples
    --------
    >>> valid_output_size(572)
    388
    """
    check_whole(size=size, levels=levels)
    result = _valid_output_size(size, levels)
    if result is None:
        fits = next(s for s in range(size + 1, size + 1000) if _valid_output_size(s, levels))
        raise ValueError(
            f"size={size}: {levels} poolings need maps of even size with a border to lose; "
            f"the next size that has them is {fits}"
        )
    return result


def _valid_output_size(size: int, levels: int) -> int | None:
    for _ in range(levels):
        size -= 4  # two convolutions, each losing one pixel at each end
        if size <= 0 or size % 2:
            return None
        size //= 2
    size -= 4
    for _ in range(levels):
        size = 2 * size - 4
    return size if size > 0 else None


def small_unet(
    *,
    in_channels: int = 3,
    classes: int = 11,
    widths: tuple[int, ...] = (12, 24, 48, 80),
    skips: bool | tuple[bool, ...] = True,
    batch_norm: bool = True,
    convolutions: int | tuple[int, ...] | None = None,
    stem_stride: int = 2,
    supervised: bool = False,
) -> UNet:
    """Return a padded U-Net that a CPU trains on scenes, with switchable skips.

    Parameters
    ----------
    in_channels, classes : int
        `classes` counts the background: 10 + 1 for scenes.
    widths, skips, batch_norm, supervised
        As for `UNet`.
    convolutions : int or tuple of int, optional
        As for `UNet`; without it one at each level, and two at the bottom and at the level above
        it, where a convolution costs as little and names what is there.

    Returns
    -------
    network : UNet
        Takes x of shape (N, in_channels, H, W), gives scores of shape (N, classes, H, W).
    """
    return UNet(
        in_channels=in_channels,
        classes=classes,
        widths=widths,
        padding="zeros",
        skips=skips,
        batch_norm=batch_norm,
        convolutions=convolutions or (*[1] * (len(widths) - 2), 2, 2),
        stem_stride=stem_stride,
        supervised=supervised,
    )


def _one_a_level(skips: bool | tuple[bool, ...], levels: int) -> tuple[bool, ...]:
    switches = (skips,) * levels if isinstance(skips, bool) else tuple(skips)
    if len(switches) != levels or not all(isinstance(switch, bool) for switch in switches):
        raise ValueError(f"skips={skips!r}: expected True, False or {levels} of them")
    return switches


def _count_a_level(convolutions: int | tuple[int, ...], levels: int, padding: str) -> list[int]:
    counts = [convolutions] * levels if isinstance(convolutions, int) else list(convolutions)
    for count in counts:
        check_whole(convolutions=count)
    if len(counts) != levels:
        raise ValueError(f"convolutions={convolutions!r}: expected one number or {levels} of them")
    if padding == "valid" and counts != [2] * levels:
        raise ValueError(
            f"convolutions={convolutions!r}: expected 2 without padding, as published; "
            'padding="zeros" takes any'
        )
    return counts
