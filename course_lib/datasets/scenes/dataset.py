"""Scenes by number and by the batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import index as as_index

import torch
from torch import Tensor

from course_lib.datasets.scenes.describe import (
    SCENES_PER_SPLIT,
    check_split,
    check_task,
    describe,
)
from course_lib.datasets.scenes.description import Description
from course_lib.datasets.scenes.render import Rendered, check_dtype, check_size, render

_MOST_OBJECTS = {"classification": 1, "detection": 4, "segmentation": 4}
_SCENES_AT_A_TIME = 128


@dataclass(frozen=True)
class SceneBatch:
    """Scenes in tensors. B counts them, M is the most objects that the task has: 1 or 4.

    Parameters
    ----------
    images : Tensor, shape (B, 3, H, W)
        uint8 from 0 to 255, or float32 from 0 to 1.
    masks : Tensor of int64, shape (B, H, W)
        Of each pixel the class plus 1; 0 is the background.
    instances : Tensor of uint8, shape (B, H, W)
        Of each pixel the object, counted from 1; 0 is the background.
    counts : Tensor of int64, shape (B,)
        How many objects each scene has.
    labels : Tensor of int64, shape (B, M)
        Classes, from the lowest object to the highest; −1 where there is none.
    boxes, visible_boxes : Tensor of float32, shape (B, M, 4)
        x₁, y₁, x₂, y₂ in pixels of whole objects and of what is seen; 0 where there is none.
    """

    images: Tensor
    masks: Tensor
    instances: Tensor
    counts: Tensor
    labels: Tensor
    boxes: Tensor
    visible_boxes: Tensor

    def __len__(self) -> int:
        """Return the number of scenes."""
        return len(self.images)


@dataclass(frozen=True)
class SceneDataset:
    """The scenes `first`, `first` + 1, … of a split, drawn when they are asked for.

    It has a length and answers to an index, which is all that ``torch.utils.data`` wants.

    Parameters
    ----------
    split : str
        ``"train"``, ``"validation"`` or ``"test"``.
    count : int
        How many scenes, at least 1.
    size : int
        Pixels of each side, from 16 to 4096.
    task : str
        ``"classification"``, ``"detection"`` or ``"segmentation"``; the last two have the same
        scenes.
    first : int
        The number of the first scene.
    dtype : torch.dtype
        Of the images: ``torch.uint8`` or ``torch.float32``.

    Raises
    ------
    TypeError, ValueError
        If an argument is none of these.
    """

    split: str
    count: int
    size: int = 96
    task: str = "classification"
    first: int = 0
    dtype: torch.dtype = torch.uint8

    def __post_init__(self) -> None:
        check_split(self.split)
        check_task(self.task)
        check_size(self.size)
        check_dtype(self.dtype)
        for name, value, least in (("count", self.count, 1), ("first", self.first, 0)):
            if isinstance(value, bool) or not isinstance(value, int):
                raise TypeError(f"{name}={value!r}: expected an int, got {type(value).__name__}")
            if value < least:
                raise ValueError(f"{name}={value}: expected at least {least}")
        if self.first + self.count > SCENES_PER_SPLIT:
            raise ValueError(
                f"first={self.first}, count={self.count}: "
                f"expected at most {SCENES_PER_SPLIT} in all"
            )

    def __len__(self) -> int:
        """Return the number of scenes."""
        return self.count

    def __iter__(self) -> Iterator[Rendered]:
        """Yield every scene."""
        return (self[index] for index in range(self.count))

    def __getitem__(self, index: int) -> Rendered:
        """Draw one scene; −1 is the last."""
        return render(self.description(index), self.size, dtype=self.dtype)

    def description(self, index: int) -> Description:
        """Return what one scene consists of; −1 is the last.

        An index may be NumPy's or torch's, such as those that a sampler draws.
        """
        try:
            index = as_index(index)
        except TypeError as error:
            raise TypeError(f"index={index!r}: expected a whole number") from error
        if not -self.count <= index < self.count:
            raise IndexError(f"index={index}: expected from {-self.count} to {self.count - 1}")
        return describe(self.split, self.task, self.first + index % self.count)

    def batch(self, indices: Iterable[int]) -> SceneBatch:
        """Draw several scenes.

        Parameters
        ----------
        indices : iterable of int
            At least one.

        Returns
        -------
        batch : SceneBatch
        """
        chosen = list(indices)
        if not chosen:
            raise ValueError("indices: expected at least one, got none")
        shape, most = (self.size, self.size), _MOST_OBJECTS[self.task]
        batch = SceneBatch(
            images=torch.empty((len(chosen), 3, *shape), dtype=self.dtype),
            masks=torch.empty((len(chosen), *shape), dtype=torch.int64),
            instances=torch.zeros((len(chosen), *shape), dtype=torch.uint8),
            counts=torch.zeros(len(chosen), dtype=torch.int64),
            labels=torch.full((len(chosen), most), -1),
            boxes=torch.zeros((len(chosen), most, 4)),
            visible_boxes=torch.zeros((len(chosen), most, 4)),
        )
        for row, index in enumerate(chosen):
            scene = self[index]
            count = len(scene.labels)
            batch.images[row] = scene.image
            batch.masks[row] = scene.mask
            batch.instances[row] = scene.instances
            batch.counts[row] = count
            batch.labels[row, :count] = scene.labels
            batch.boxes[row, :count] = scene.boxes
            batch.visible_boxes[row, :count] = scene.visible_boxes
        return batch


def scenes(
    split: str,
    count: int,
    size: int = 96,
    task: str = "classification",
    *,
    first: int = 0,
    dtype: torch.dtype = torch.uint8,
    workers: int = 1,
) -> SceneBatch:
    """Draw the scenes `first` to `first` + `count` − 1 of a split; the same ones every time.

    Parameters
    ----------
    split, count, size, task, first, dtype
        As `SceneDataset` has them.
    workers : int
        Processes to draw in. Each takes a few seconds to start, so that more than one pays from
        some ten thousand scenes on. A script that asks for more than one needs the usual
        ``if __name__ == "__main__":``.

    Returns
    -------
    batch : SceneBatch

    Raises
    ------
    TypeError, ValueError
        If an argument is none of these.

    Examples
    --------
    >>> batch = scenes("train", 8, size=32, task="detection")
    >>> batch.images.shape, batch.boxes.shape
    (torch.Size([8, 3, 32, 32]), torch.Size([8, 4, 4]))
    """
    dataset = SceneDataset(split, count, size, task, first, dtype)
    if isinstance(workers, bool) or not isinstance(workers, int):
        raise TypeError(f"workers={workers!r}: expected an int, got {type(workers).__name__}")
    if workers < 1:
        raise ValueError(f"workers={workers}: expected at least 1")
    if workers == 1:
        return dataset.batch(range(count))
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    starts = range(0, count, _SCENES_AT_A_TIME)
    parts = [range(start, min(start + _SCENES_AT_A_TIME, count)) for start in starts]
    # A process that forks while torch's threads run may hang: each starts afresh.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return _joined(list(pool.map(dataset.batch, parts)))


def _joined(batches: list[SceneBatch]) -> SceneBatch:
    names = SceneBatch.__dataclass_fields__
    return SceneBatch(**{n: torch.cat([getattr(b, n) for b in batches]) for n in names})
