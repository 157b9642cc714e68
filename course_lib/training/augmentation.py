"""Small changes to images, drawn anew whenever one is seen, that keep what is true of it true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from course_lib.training.batches import BatchOrder
from course_lib.training.checks import check_count, check_number
from course_lib.training.images import ImageSet

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
_LEAST_PART = 0.3
"""Of an object's box; less within the image, and it is no longer there to be found."""


@dataclass(frozen=True)
class Augmentation:
    """Changes drawn anew whenever an image is seen: what is true of it changes along.

    Raises
    ------
    TypeError, ValueError
        If a number is negative or none.
    """

    mirror: bool = True
    """Whether left and right are exchanged, half the time."""
    shift: int = 8
    """The most pixels by which an image is moved, across and down; its last pixels go on."""
    brightness: float = 0.25
    """The most by which all values are multiplied up or down, as a fraction."""
    contrast: float = 0.25
    """The most by which values are drawn away from or towards the image's mean."""
    colour: float = 0.1
    """The most by which each of the three channels is multiplied of its own."""
    backdrops: Callable[[], Tensor] | None = None
    """Pictures, uint8 of shape (P, 3, H, W), to put behind the objects; without it none."""
    exchange: float = 0.0
    """How often another picture is put behind the objects, which their masks tell."""

    def __post_init__(self) -> None:
        check_count("shift", self.shift, least=0)
        for name in ("brightness", "contrast", "colour"):
            check_number(name, getattr(self, name), least=0, below=1)
        check_number("exchange", self.exchange, least=0)
        if self.exchange and self.backdrops is None:
            raise ValueError(f"exchange={self.exchange!r}: expected 0 without backdrops")

    def __call__(self, images: ImageSet, generator: torch.Generator) -> ImageSet:
        """Return images moved, mirrored and recoloured; an object pushed out of sight is none."""
        count, (height, width) = len(images), images.images.shape[2:]
        mirrored = torch.rand(count, generator=generator) < (0.5 if self.mirror else 0.0)
        moves = torch.randint(-self.shift, self.shift + 1, (count, 2), generator=generator)
        factors = torch.rand(count, 5, generator=generator) * 2 - 1
        exchanged = torch.rand(count, generator=generator) < self.exchange
        draws = torch.rand(count, 17, generator=generator).numpy()

        rows = (torch.arange(height) - moves[:, :1]).clamp(0, height - 1)  # (N, H)
        columns = (torch.arange(width) - moves[:, 1:]).clamp(0, width - 1)
        columns = torch.where(mirrored[:, None], columns.flip(1), columns)
        pool = self.backdrops().numpy() if self.backdrops is not None and self.exchange else None
        pixels, masks = np.empty_like(images.images), np.empty_like(images.masks)
        # One image after another: each stays in the processor's cache, a batch of them would not.
        for i, (picture, mask) in enumerate(
            zip(images.images.numpy(), images.masks.numpy(), strict=True)
        ):
            if pool is not None and exchanged[i]:
                picture = _exchanged(picture, mask, pool, draws[i])
            picture = self._recoloured(picture, factors[i].numpy())
            pixels[i] = picture.take(rows[i], axis=1).take(columns[i], axis=2)
            masks[i] = mask.take(rows[i], axis=0).take(columns[i], axis=1)
        boxes, labels = _moved(images, moves, mirrored)
        return ImageSet(torch.from_numpy(pixels), labels, boxes, torch.from_numpy(masks))

    def _recoloured(self, picture: Bytes, factors: Floats) -> Bytes:
        """Return (mean + contrast (values − mean)) gain: of 256 bytes, which are then looked up."""
        contrast = 1 + self.contrast * factors[0]
        gain = (1 + self.brightness * factors[1]) * (1 + self.colour * factors[2:])
        mean = picture.mean()
        values = mean + contrast * (np.arange(256) - mean)
        table = np.rint(values * gain[:, None]).clip(0, 255).astype(np.uint8)
        return np.stack([row.take(channel) for row, channel in zip(table, picture, strict=True)])


def _exchanged(picture: Bytes, mask: Bytes, pool: Bytes, draws: Floats) -> Bytes:
    """Return a picture's objects before others' ground, in colours of its own.

    The ground is two pictures of the pool, one fading into the other, or half the time one alone.
    """
    first, second = _recast(pool, draws[:8]), _recast(pool, draws[8:16])
    share = min(2 * draws[16], np.float32(1))
    ground = first if share == 1 else second + share * (first - second)
    ground += _COVER.take(_neighbours(mask > 0)) * (picture - ground)
    result: Bytes = np.rint(ground).astype(np.uint8)
    return result


def _recast(pool: Bytes, draws: Floats) -> Floats:
    """Return a picture of a pool, flipped, with channels exchanged, perhaps negative."""
    picture = pool[int(draws[0] * len(pool))][draws[1:4].argsort()]
    if draws[4] < 0.5:
        picture = picture[:, ::-1]
    if draws[5] < 0.5:
        picture = picture[:, :, ::-1]
    recast: Floats = (255 - picture if draws[6] < 0.4 else picture).astype(np.float32)
    return recast


def _neighbours(inside: NDArray[np.bool_]) -> Bytes:
    """Return of how many of the 3×3 places around each are inside; beyond the edge is outside."""
    sums = inside.astype(np.uint8)
    for axis in (0, 1):
        turned = np.moveaxis(sums, axis, 0)
        whole = turned.copy()
        whole[1:] += turned[:-1]
        whole[:-1] += turned[1:]
        sums = np.moveaxis(whole, 0, axis)
    return sums


_COVER = ((np.arange(10, dtype=np.float32) / 9 - 0.2) / 0.6).clip(0, 1)
"""How much is seen of an object where so many of 3×3 places belong to it: its outline is soft, as
it is where it was drawn."""


def _moved(images: ImageSet, moves: Tensor, mirrored: Tensor) -> tuple[Tensor, Tensor]:
    """Return the boxes and labels of images that are moved, then mirrored or not."""
    height, width = images.images.shape[2:]
    whole = images.boxes + moves.flip(1).repeat(1, 2)[:, None]
    x1, y1, x2, y2 = whole.unbind(-1)
    flip = mirrored[:, None]
    x1, x2 = torch.where(flip, width - x2, x1), torch.where(flip, width - x1, x2)
    seen = torch.stack(
        [x1.clamp(0, width), y1.clamp(0, height), x2.clamp(0, width), y2.clamp(0, height)], -1
    )
    part = _area(seen) / _area(whole).clamp(min=1e-6)
    kept = (images.labels >= 0) & (part >= _LEAST_PART)
    return seen * kept[..., None], torch.where(kept, images.labels, -1)


def _area(boxes: Tensor) -> Tensor:
    return (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])


class ImageBatches:
    """The images of every step's batch, augmented: a function of the seed and the step alone.

    Parameters
    ----------
    images : ImageSet
    batch_size, seed : int
        As for `BatchOrder`.
    augmentation : Augmentation, optional
        Without it images come as they are.
    """

    def __init__(
        self, images: ImageSet, batch_size: int, seed: int, augmentation: Augmentation | None
    ) -> None:
        self.images, self.augmentation = images, augmentation
        self.order = BatchOrder(len(images), batch_size, seed)

    def __call__(self, step: int) -> ImageSet:
        """Return the images of a step."""
        chosen = self.images.take(self.order(step).to(self.images.images.device))
        if self.augmentation is None:
            return chosen
        generator = torch.Generator().manual_seed(self.order.seed * 2**32 + step)
        on = chosen.images.device
        return self.augmentation(chosen.to(torch.device("cpu")), generator).to(on)
