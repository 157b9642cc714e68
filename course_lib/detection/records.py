"""What a detector says of an image, and what is true of it."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from course_lib.detection.checks import (
    check_boxes,
    check_classes,
    check_flags,
    check_floats,
    check_same_place,
)


@dataclass(frozen=True, eq=False)
class Detections:
    """The boxes that a detector found in one image; none is fine.

    Raises
    ------
    ValueError, TypeError
        If a field is not what it is said to be; the message says why.
    """

    boxes: Tensor
    """Shape (N, 4): corners (x1, y1, x2, y2) in pixels, float32 or float64."""
    scores: Tensor
    """Shape (N,): higher is surer; any finite numbers."""
    classes: Tensor
    """Shape (N,): indices from 0, int64 or int32."""

    def __post_init__(self) -> None:
        check_same_place(boxes=self.boxes, scores=self.scores, classes=self.classes)
        check_boxes("boxes", self.boxes)
        check_floats("scores", self.scores, (len(self.boxes),))
        check_classes("classes", self.classes, len(self.boxes))

    def __len__(self) -> int:
        return len(self.boxes)

    def select(self, which: Tensor) -> Detections:
        """Return the detections at some indices, in their order, or where a mask is true."""
        return Detections(self.boxes[which], self.scores[which], self.classes[which])


@dataclass(frozen=True, eq=False)
class GroundTruth:
    """The objects of one image; none is fine.

    Raises
    ------
    ValueError, TypeError
        If a field is not what it is said to be; the message says why.
    """

    boxes: Tensor
    """Shape (N, 4): corners (x1, y1, x2, y2) in pixels, float32 or float64."""
    classes: Tensor
    """Shape (N,): indices from 0, int64 or int32."""
    ignored: Tensor | None = None
    """Shape (N,), bool: objects that a detector may find or miss without gain or loss, such as
    those that Pascal VOC marks "difficult". None ignores none."""

    def __post_init__(self) -> None:
        check_same_place(boxes=self.boxes, classes=self.classes, ignored=self.ignored)
        check_boxes("boxes", self.boxes)
        check_classes("classes", self.classes, len(self.boxes))
        if self.ignored is not None:
            check_flags("ignored", self.ignored, len(self.boxes))

    def __len__(self) -> int:
        return len(self.boxes)

    @property
    def flags(self) -> Tensor:
        """Shape (N,), bool: which objects are ignored."""
        if self.ignored is None:
            return torch.zeros(len(self.boxes), dtype=torch.bool, device=self.boxes.device)
        return self.ignored
