"""Scenes to learn from: drawn once, and kept in the folder of data."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from course_lib.training.files import write_whole
from course_lib.training.images import ImageSet

if TYPE_CHECKING:
    from course_lib.datasets.scenes.chance import Mulberry32

_LOOKED_AT = 4
"""Kept scenes that are drawn anew, to see whether they are still the same."""
_AT_A_TIME = 500
_NAMES = ("images", "labels", "boxes", "masks")


@cache
def scene_set(task: str, split: str, count: int, size: int = 96) -> ImageSet:
    """Return the first scenes of a split; a hundred take about a second the first time.

    Parameters
    ----------
    task, split, count, size
        As `course_lib.datasets.scenes` has them. Boxes are those of what is seen.

    Returns
    -------
    scenes : ImageSet
        The kept file is mapped into memory, so that several processes share it.
    """
    from course_lib.datasets.folders import data_folder

    kept = data_folder() / "scenes" / f"{task}-{split}-{count}-{size}.pt"
    if kept.exists():
        # What is of another version, or damaged, is drawn again.
        with suppress(RuntimeError, TypeError, ValueError, OSError, EOFError):
            scenes = ImageSet(**torch.load(kept, mmap=True, weights_only=True))
            drawn = draw(task, split, 0, min(_LOOKED_AT, count), size)
            if len(scenes) == count and drawn.sha256 == scenes.take(slice(len(drawn))).sha256:
                return scenes
    scenes = draw(task, split, 0, count, size)
    buffer = io.BytesIO()
    torch.save(dict(zip(_NAMES, _tensors(scenes), strict=True)), buffer)
    with suppress(OSError):  # where there is no place to keep them, they are drawn again
        write_whole(kept, buffer.getvalue())
    return scenes


@dataclass(frozen=True)
class Backdrops:
    """Pictures to put behind the objects of scenes.

    Parts of the photographs that the scenes of training stand before, as they are; and plain ones,
    half of them such parts in two colours alone, half soft discs and edges before a colour.
    """

    count: int = 2000
    plain: float = 0.5
    """The part that is plain."""
    size: int = 96

    def __call__(self) -> Tensor:
        """Return the pictures, shape (count, 3, size, size), uint8."""
        return _backdrops(self)


@cache
def _backdrops(wanted: Backdrops) -> Tensor:
    from course_lib.datasets.scenes.chance import Mulberry32

    random = Mulberry32(0)
    pictures = []
    for _ in range(wanted.count):
        if random.chance(1 - wanted.plain):
            pictures.append(_part_of_a_photograph(random, wanted.size))
        elif random.chance(0.5):
            pictures.append(_in_two_colours(random, wanted.size))
        else:
            pictures.append(_discs_and_edges(random, wanted.size))
    return torch.stack(pictures).round().clamp(0, 255).to(torch.uint8)


def _part_of_a_photograph(random: Mulberry32, size: int) -> Tensor:
    from course_lib.datasets.photographs import background_names
    from course_lib.datasets.scenes.backgrounds import SHORT_SIDE, background_pixels, sampled

    name = random.choice(background_names("train"))
    height, width = background_pixels(name).shape[:2]
    side = random.uniform(0.2, 1)
    left = random.uniform(0, width / SHORT_SIDE - side)
    top = random.uniform(0, height / SHORT_SIDE - side)
    return torch.from_numpy(sampled(name, left, top, side, size)).float()


def _colour(random: Mulberry32) -> Tensor:
    return torch.tensor([random.uniform(0, 255) for _ in range(3)]).reshape(3, 1, 1)


def _in_two_colours(random: Mulberry32, size: int) -> Tensor:
    grey = _part_of_a_photograph(random, size).mean(0, keepdim=True) / 255
    dark, light = _colour(random), _colour(random)
    return dark + grey * (light - dark)


def _discs_and_edges(random: Mulberry32, size: int) -> Tensor:
    steps = torch.linspace(-1, 1, size)
    y, x = torch.meshgrid(steps, steps, indexing="ij")
    picture = _colour(random).expand(3, size, size)
    for _ in range(random.below(6)):
        u, v = random.uniform(-1, 1), random.uniform(-1, 1)
        if random.chance(0.5):
            away = ((x - u) ** 2 + (y - v) ** 2).sqrt() - random.uniform(0.05, 0.8)
        else:
            away = u * x + v * y - random.uniform(-0.5, 0.5)
        cover = (0.5 - away / random.uniform(0.03, 1.0)).clamp(0, 1)
        picture = picture + cover * (_colour(random) - picture)
    return picture


def draw(task: str, split: str, first: int, count: int, size: int = 96) -> ImageSet:
    """Return the scenes `first` to `first` + `count` − 1, with a bar where somebody looks."""
    from course_lib.datasets.scenes import scenes
    from course_lib.training.progress import progress_bar

    parts = []
    with progress_bar(count, f"drawing {split} scenes", show=None if count > 100 else False) as bar:
        for start in range(first, first + count, _AT_A_TIME):
            some = min(_AT_A_TIME, first + count - start)
            batch = scenes(split, some, size, task, first=start)
            parts.append(
                ImageSet(
                    batch.images,
                    batch.labels,
                    batch.visible_boxes,
                    batch.masks.to(torch.uint8),
                )
            )
            bar.update(some)
    return ImageSet(*(torch.cat(tensors) for tensors in zip(*map(_tensors, parts), strict=True)))


def _tensors(images: ImageSet) -> tuple[Tensor, ...]:
    return images.images, images.labels, images.boxes, images.masks
