"""From true boxes to the cells that answer for them, and from a prediction back to boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from course_lib.detection.boxes import check_extents, convert_boxes, to_absolute
from course_lib.detection.checks import (
    check_a,
    check_boxes,
    check_classes,
    check_floats,
    check_image_size,
    check_same_dtype,
    check_same_place,
)
from course_lib.detection.grid import Grid, cells_to_corners
from course_lib.detection.records import Detections


@dataclass(frozen=True, eq=False)
class GridTargets:
    """What a grid should say of N images; made by `encode_boxes` and `stack_targets`."""

    boxes: Tensor
    """Shape (N, S, S, 4): x, y in parts of the cell; w, h in parts of the image; 0 where no object
    has its centre."""
    classes: Tensor
    """Shape (N, S, S), int64: -1 where no object has its centre."""

    @property
    def has_object(self) -> Tensor:
        """Shape (N, S, S), bool: whether a cell answers for an object."""
        return self.classes >= 0

    def to(self, device: torch.device | str) -> GridTargets:
        """Return the targets on a device."""
        return GridTargets(self.boxes.to(device), self.classes.to(device))

    def as_prediction(self, grid: Grid) -> Tensor:
        """Return what a faultless network says: each object in its cell's first box, surely.

        Parameters
        ----------
        grid : Grid
            The one that the boxes were encoded for.

        Returns
        -------
        prediction : Tensor, shape (N, S, S, 5B + C)
            Nought for the other boxes and for the cells without an object.
        """
        check_targets(self, grid)
        first = torch.cat([self.boxes, self.has_object[..., None].to(self.boxes)], dim=-1)
        others = first.new_zeros(*first.shape[:-1], 5 * (grid.boxes_per_cell - 1))
        return torch.cat([first, others, one_hot_classes(self, grid)], dim=-1)


class Encoding(NamedTuple):
    """What `encode_boxes` returns."""

    targets: GridTargets
    """Of one image: N is 1."""
    collisions: Tensor
    """Shape (K, 2), int64: for each box that found its cell taken, the index of the box that holds
    the cell and its own."""


def encode_boxes(
    boxes: Tensor, classes: Tensor, image_size: tuple[int, int], grid: Grid
) -> Encoding:
    """Return the cells that answer for the objects of one image.

    Parameters
    ----------
    boxes : Tensor, shape (M, 4)
        Corners in pixels; M may be 0. A box may be larger than its cell and reach beyond the image,
        but its centre must lie in the image. A cell belongs to the first box listed whose centre
        lies in it; a centre on the line between two cells lies in the right or the lower one.
    classes : Tensor, shape (M,)
        From 0 to ``grid.class_count - 1``.
    image_size : (int, int)
        Height and width in pixels.
    grid : Grid

    Returns
    -------
    encoding : Encoding
        The targets, and the boxes that are lost because two centres share a cell.

    Raises
    ------
    ValueError
        If shapes or devices do not fit, a number is not finite, an extent is negative, a class is
        unknown or a centre lies outside of the image.
    TypeError
        If a tensor has another dtype.

    Examples
    --------
    >>> box = torch.tensor([[0.0, 0.0, 448.0, 224.0]])
    >>> targets, _ = encode_boxes(box, torch.tensor([3]), (448, 448), Grid())
    >>> targets.boxes[0, 1, 3]
    tensor([0.5000, 0.7500, 1.0000, 0.5000])
    """
    check_same_place(boxes=boxes, classes=classes)
    check_boxes("boxes", boxes)
    check_classes("classes", classes, len(boxes), grid.class_count)
    check_image_size(image_size)
    height, width = image_size
    # In float64, and multiplied before it is divided, a centre on the line between two cells stays
    # on it: 64 · 7 / 448 is 1, where 64 / 448 · 7 falls short of it in float32.
    whole = convert_boxes(boxes.double(), "xyxy", "cxcywh")
    centre, extent = whole[:, :2], whole[:, 2:]
    size = centre.new_tensor([width, height])
    outside = ((centre < 0) | (centre >= size)).any(dim=1)
    if outside.any():
        index = int(outside.nonzero()[0])
        raise ValueError(
            f"boxes[{index}] is {boxes[index].tolist()}: expected its centre within the image of "
            f"height {height} and width {width} (clip_boxes keeps what is in it)"
        )
    scaled = centre * grid.cells / size
    # At most S - 1: the last float before the far edge is a rounding error short of it, and stays
    # so through the product and the quotient of whole numbers.
    cell = scaled.floor()
    answers = torch.cat([scaled - cell, extent / size], dim=1).to(boxes.dtype)

    shape = (1, grid.cells, grid.cells)
    targets = GridTargets(
        boxes.new_zeros(*shape, 4),
        torch.full(shape, -1, dtype=torch.int64, device=boxes.device),
    )
    holder: dict[tuple[int, int], int] = {}
    collisions = []
    for index, (column, row) in enumerate(cell.long().tolist()):
        first = holder.setdefault((row, column), index)
        if first != index:
            collisions.append((first, index))
            continue
        targets.boxes[0, row, column] = answers[index]
        targets.classes[0, row, column] = classes[index]
    lost = torch.tensor(collisions, dtype=torch.int64, device=boxes.device).reshape(-1, 2)
    return Encoding(targets, lost)


def stack_targets(targets: Sequence[GridTargets]) -> GridTargets:
    """Return the targets of several images as those of one batch.

    Raises
    ------
    ValueError
        If there are none, or they are of different grids.
    TypeError
        If one is no `GridTargets`, or their dtypes differ.
    """
    targets = list(targets)
    if not targets:
        raise ValueError("targets is empty: expected those of at least one image")
    for index, one in enumerate(targets):
        check_a(GridTargets, **{f"targets[{index}]": one})
        boxes, first = one.boxes, targets[0].boxes
        if boxes.shape[1:] != first.shape[1:] or boxes.device != first.device:
            raise ValueError(
                f"targets[{index}] holds boxes of shape {tuple(boxes.shape)} on {boxes.device}: "
                f"expected (N, {', '.join(map(str, first.shape[1:]))}) on {first.device}, as "
                "targets[0] does"
            )
        check_same_dtype(**{"targets[0]": first, f"targets[{index}]": boxes})
    return GridTargets(
        torch.cat([t.boxes for t in targets]), torch.cat([t.classes for t in targets])
    )


def decode_grid(prediction: Tensor, image_size: tuple[int, int], grid: Grid) -> list[Detections]:
    """Return the boxes that a grid names, all S · S · B of them.

    A box gets its cell's most probable class (of several, the lowest index), and as its score that
    probability times its confidence (equation 1 of the paper). Thresholding and `suppress` come
    after.

    Parameters
    ----------
    prediction : Tensor, shape (N, S, S, 5B + C)
        Extents must not be negative: pass a network's raw output through `squash` first.
    image_size : (int, int)
        Height and width in pixels.
    grid : Grid

    Returns
    -------
    detections : list of Detections, one an image
        Cell by cell, row by row; boxes in pixels; may reach beyond the image.

    Raises
    ------
    ValueError, TypeError
        If the prediction or the size is not such; the message says why.
    """
    boxes, confidence, class_probabilities = grid.split(prediction)
    check_extents("prediction", boxes)
    corners = to_absolute(cells_to_corners(boxes, grid.cells), image_size)  # (N, S, S, B, 4)
    classes = class_probabilities.argmax(dim=-1, keepdim=True)  # (N, S, S, 1)
    scores = confidence * class_probabilities.gather(-1, classes)  # (N, S, S, B)
    each = classes.expand(scores.shape)
    return [
        Detections(b.reshape(-1, 4), s.reshape(-1), c.reshape(-1))
        for b, s, c in zip(corners, scores, each, strict=True)
    ]


def check_targets(targets: GridTargets, grid: Grid) -> None:
    """Raise unless the targets are such, and were made for a grid of that shape."""
    check_a(GridTargets, targets=targets)
    check_same_place(**{"targets.boxes": targets.boxes, "targets.classes": targets.classes})
    images = len(targets.boxes)
    cells = (grid.cells, grid.cells)
    if targets.boxes.shape != (images, *cells, 4) or targets.classes.shape != (images, *cells):
        raise ValueError(
            f"targets hold boxes of shape {tuple(targets.boxes.shape)} and classes of shape "
            f"{tuple(targets.classes.shape)}: expected (N, {grid.cells}, {grid.cells}, 4) and "
            f"(N, {grid.cells}, {grid.cells})"
        )
    check_floats("targets.boxes", targets.boxes, ("N", *cells, 4))
    check_extents("targets.boxes", targets.boxes)
    check_classes(
        "targets.classes",
        targets.classes[targets.has_object],
        int(targets.has_object.sum()),
        grid.class_count,
    )


def one_hot_classes(targets: GridTargets, grid: Grid) -> Tensor:
    """Return the class probabilities that are true: shape (N, S, S, C), 0 without an object."""
    present = targets.has_object
    one_hot = functional.one_hot(targets.classes.clamp(min=0), grid.class_count)
    return (one_hot * present[..., None]).to(targets.boxes)
