"""Images to learn from, with what is true of them, and small changes that keep it true."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import torch
from torch import Tensor
from torch.nn import functional

from course_lib.training.batches import BatchOrder, epoch_order
from course_lib.training.checks import check_count, check_number


@dataclass(frozen=True, eq=False)
class ImageSet:
    """Images with their objects, in bytes.

    Attributes
    ----------
    images : Tensor, shape (N, 3, H, W), uint8
    labels : Tensor, shape (N, M), int64
        The class of each object; −1 where there is none.
    boxes : Tensor, shape (N, M, 4), float32
        x₁, y₁, x₂, y₂ in pixels of what is seen of each object.
    masks : Tensor, shape (N, H, W), uint8
        Of each pixel the class plus 1; 0 is the background, 255 counts nowhere.

    Raises
    ------
    TypeError, ValueError
        If a dtype or a shape is another.
    """

    images: Tensor
    labels: Tensor
    boxes: Tensor
    masks: Tensor

    def __post_init__(self) -> None:
        count, size = len(self.images), tuple(self.images.shape[2:])
        objects = tuple(self.labels.shape[1:2])
        for name, dtype, shape in (
            ("images", torch.uint8, (count, 3, *size)),
            ("labels", torch.int64, (count, *objects)),
            ("boxes", torch.float32, (count, *objects, 4)),
            ("masks", torch.uint8, (count, *size)),
        ):
            tensor: Tensor = getattr(self, name)
            if tensor.dtype != dtype:
                raise TypeError(f"{name} has dtype {tensor.dtype}: expected {dtype}")
            if tensor.shape != shape or not count:
                raise ValueError(f"{name} has shape {tuple(tensor.shape)}: expected {shape}")

    def __len__(self) -> int:
        """Return the number of images."""
        return len(self.images)

    def take(self, indices: Tensor | slice) -> ImageSet:
        """Return some of the images."""
        return ImageSet(*(tensor[indices] for tensor in self._tensors()))

    def subset(self, count: int, seed: int) -> ImageSet:
        """Return as many images, drawn without repetition; fewer are parts of more.

        Raises
        ------
        ValueError
            If there are not as many.
        """
        check_count("count", count)
        if count > len(self):
            raise ValueError(f"count={count}: expected at most {len(self)}, all of them")
        return self.take(epoch_order(len(self), seed, epoch=0)[:count].sort().values)

    def to(self, device: torch.device) -> ImageSet:
        """Return the images on a device."""
        return ImageSet(*(tensor.to(device) for tensor in self._tensors()))

    @cached_property
    def sha256(self) -> str:
        """The hash of all values, shapes and dtypes."""
        digest = hashlib.sha256()
        for tensor in self._tensors():
            digest.update(f"{tensor.dtype} {tuple(tensor.shape)}".encode())
            digest.update(tensor.cpu().contiguous().numpy().data)
        return digest.hexdigest()

    def _tensors(self) -> Sequence[Tensor]:
        return [getattr(self, field.name) for field in fields(self)]


@dataclass(frozen=True, eq=False)
class ImageExamples:
    """Images to learn from, to look at while learning, and to be judged with at the end."""

    train: ImageSet
    validation: ImageSet
    test: ImageSet

    def to(self, device: torch.device) -> ImageExamples:
        """Return the examples on a device."""
        return ImageExamples(
            self.train.to(device), self.validation.to(device), self.test.to(device)
        )

    def sha256(self) -> str:
        """Return a hash of all values, shapes and dtypes."""
        parts = (self.train, self.validation, self.test)
        return hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest()


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
        if self.backdrops is not None and self.exchange:
            images = self._exchanged(images, self.backdrops(), generator)
        mirrored = torch.rand(count, generator=generator) < (0.5 if self.mirror else 0.0)
        moves = torch.randint(-self.shift, self.shift + 1, (count, 2), generator=generator)
        factors = torch.rand(count, 5, generator=generator) * 2 - 1

        rows = (torch.arange(height) - moves[:, :1]).clamp(0, height - 1)  # (N, H)
        columns = (torch.arange(width) - moves[:, 1:]).clamp(0, width - 1)
        columns = torch.where(mirrored[:, None], columns.flip(1), columns)
        pixels, masks = torch.empty_like(images.images), torch.empty_like(images.masks)
        for i in range(count):
            pixels[i] = images.images[i][:, rows[i]][:, :, columns[i]]
            masks[i] = images.masks[i][rows[i]][:, columns[i]]
        boxes, labels = self._moved(images, moves, mirrored)
        return ImageSet(self._recoloured(pixels, factors), labels, boxes, masks)

    def _exchanged(self, images: ImageSet, pool: Tensor, generator: torch.Generator) -> ImageSet:
        """Return images some of which stand before others' ground, in colours of its own."""
        chosen = (torch.rand(len(images), generator=generator) < self.exchange).nonzero()[:, 0]
        pixels = images.images.clone()
        if len(chosen):
            # Two pictures of the pool, each turned upside down or not, one fading into the other.
            first, second = (_recast(pool, len(chosen), generator) for _ in range(2))
            share = (torch.rand(len(chosen), 1, 1, 1, generator=generator) * 2).clamp(max=1)
            ground = second + share * (first - second)
            # The outline is soft, as it is where an object was drawn.
            inside = (images.masks[chosen] > 0)[:, None].float()
            near = functional.avg_pool2d(inside, 3, stride=1, padding=1, count_include_pad=False)
            cover = ((near - 0.2) / 0.6).clamp(0, 1)
            objects = pixels[chosen].float()
            pixels[chosen] = (ground + cover * (objects - ground)).round_().to(torch.uint8)
        return ImageSet(pixels, images.labels, images.boxes, images.masks)

    def _moved(self, images: ImageSet, moves: Tensor, mirrored: Tensor) -> tuple[Tensor, Tensor]:
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

    def _recoloured(self, pixels: Tensor, factors: Tensor) -> Tensor:
        shape = (-1, 1, 1, 1)
        values = pixels.float()
        mean = values.mean(dim=(1, 2, 3), keepdim=True)
        contrast = 1 + self.contrast * factors[:, 0].reshape(shape)
        gain = (1 + self.brightness * factors[:, 1].reshape(shape)) * (
            1 + self.colour * factors[:, 2:].reshape(-1, 3, 1, 1)
        )
        # One product and one sum for both: (mean + contrast (values - mean)) gain.
        values *= contrast * gain
        values += mean * (1 - contrast) * gain
        return values.round_().clamp_(0, 255).to(torch.uint8)


def _recast(pool: Tensor, count: int, generator: torch.Generator) -> Tensor:
    """Return pictures of a pool, float32, flipped, with channels exchanged, and some negative."""
    which = torch.randint(len(pool), (count,), generator=generator)
    order = torch.rand(count, 3, generator=generator).argsort(1)
    chance = torch.rand(count, 3, generator=generator)
    pictures = torch.stack([pool[w][o] for w, o in zip(which, order, strict=True)])
    for axis, column in ((2, 0), (3, 1)):
        flip = (chance[:, column] < 0.5).reshape(-1, 1, 1, 1)
        pictures = torch.where(flip, pictures.flip(axis), pictures)
    negative = (chance[:, 2] < 0.4).reshape(-1, 1, 1, 1)
    return torch.where(negative, 255 - pictures, pictures).float()


_LEAST_PART = 0.3
"""Of an object's box; less within the image, and it is no longer there to be found."""


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


def as_input(images: Tensor) -> Tensor:
    """Return bytes as networks take them: float32 from 0 to 1, in the layout that is fastest."""
    return (images.float() / 255).contiguous(memory_format=torch.channels_last)
