"""Images to learn from, with what is true of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import torch
from torch import Tensor

from course_lib.training.batches import epoch_order
from course_lib.training.checks import check_count


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


def as_input(images: Tensor) -> Tensor:
    """Return bytes as networks take them: float32 from 0 to 1, in the layout that is fastest."""
    return (images.float() / 255).contiguous(memory_format=torch.channels_last)
