"""The networks of the scenes on photographs of cats and dogs, for those who fetch the data.

Oxford-IIIT Pet (`course_lib.datasets.load_oxford_pets`): 37 breeds, boxes around heads, and masks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional

from course_lib.datasets.pet_files import PET_BORDER, PET_FOREGROUND
from course_lib.training.augmentation import Augmentation
from course_lib.training.image_tasks import (
    IGNORED,
    Detection,
    ImageClassification,
    ImageTask,
    Segmentation,
)
from course_lib.training.images import ImageExamples, ImageSet
from course_lib.training.recipes import Recipe, register
from course_lib.training.scene_recipes import Builder, one_cycle

BREEDS, SPECIES = 37, ("cat", "dog")
SIZE = 96
"""Pixels of each side; photographs are squeezed into a square."""
EVERY = 10
"""Of so many photographs one is for validation; of those with a box, one more for the test."""

_PIXELS = (("u-net", "the small U-Net"), ("encoder-decoder", "the small encoder–decoder"))


@dataclass(frozen=True)
class PetExamples:
    """Reads the photographs of a task."""

    task: str
    """``"breeds"``, ``"heads"`` or ``"masks"``."""

    def __call__(self, seed: int) -> ImageExamples:
        """Return the photographs; the seed changes nothing."""
        del seed
        train = _pets("train", self.task)
        place = torch.arange(len(train)) % EVERY
        if self.task != "heads":
            return ImageExamples(
                train.take(place != 0), train.take(place == 0), _pets("test", self.task)
            )
        # The test's photographs have hardly a box.
        return ImageExamples(train.take(place > 1), train.take(place == 0), train.take(place == 1))


@cache
def _pets(split: str, task: str) -> ImageSet:
    """Return one split of a task, squeezed into squares."""
    from course_lib.datasets import load_oxford_pets

    images, labels, boxes, masks = [], [], [], []
    pets = load_oxford_pets(split)
    for sample in (pets[i] for i in range(len(pets))):
        if task == "heads" and sample.head is None:
            continue
        height, width = sample.image.shape[1:]
        entry, head = sample.entry, sample.head
        images.append(_squeezed(sample.image))
        labels.append(SPECIES.index(entry.species) if task == "heads" else entry.breed)
        scale = torch.tensor([SIZE / width, SIZE / height] * 2)
        boxes.append(torch.zeros(4) if head is None else head * scale)
        masks.append(_mask(sample.trimap))
    return ImageSet(
        torch.stack(images),
        torch.tensor(labels)[:, None],
        torch.stack(boxes)[:, None],
        torch.stack(masks),
    )


def _squeezed(image: Tensor) -> Tensor:
    small = functional.interpolate(
        image[None].float(), (SIZE, SIZE), mode="bilinear", antialias=True
    )
    return small[0].round().clamp(0, 255).to(torch.uint8)


def _mask(trimap: Tensor) -> Tensor:
    """Return 1 for the animal, 0 for what is behind it, and what counts nowhere for the border."""
    small = functional.interpolate(trimap[None, None].float(), (SIZE, SIZE), mode="nearest-exact")
    small = small[0, 0].to(torch.uint8)
    mask = (small == PET_FOREGROUND).to(torch.uint8)
    return mask.masked_fill(small == PET_BORDER, IGNORED)


@cache
def register_all() -> None:
    """Make the recipes known."""
    change = Augmentation()
    norm = ("batch_norm", True)
    breeds: ImageTask = ImageClassification(classes=BREEDS, augmentation=change)
    heads: ImageTask = Detection(classes=len(SPECIES), augmentation=change)
    masks: ImageTask = Segmentation(classes=1, augmentation=change)
    for name, title, builder, examples, task, batch_size in (
        (
            "classifier",
            "the breed, by the scenes' classifier",
            Builder("scene-classifier", (norm, ("classes", BREEDS), ("dropout", 0.5))),
            "breeds",
            breeds,
            32,
        ),
        (
            "detector",
            "heads of cats and dogs, by the scenes' detector",
            Builder("scene-detector", (("classes", len(SPECIES)),)),
            "heads",
            heads,
            32,
        ),
        *(
            (
                name,
                f"animal or not, pixel by pixel, by {words}",
                Builder(f"small-{name}", (("classes", 2),)),
                "masks",
                masks,
                16,
            )
            for name, words in (
                ("u-net", "the small U-Net"),
                ("encoder-decoder", "the small encoder–decoder"),
            )
        ),
    ):
        register(
            Recipe(
                f"pets/{name}",
                f"Oxford-IIIT Pet (fetched by you), {title}",
                builder,
                PetExamples(examples),
                one_cycle(6000, 3e-3, batch_size=batch_size),
                task=task,
                most_seeds=1,
                most_evaluations=20,
            )
        )
