"""Scenes to learn from: drawn once, and kept in the folder of data."""

from __future__ import annotations

import io
from contextlib import suppress
from functools import cache

import torch
from torch import Tensor

from course_lib.files import write_whole
from course_lib.training.images import ImageSet

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
