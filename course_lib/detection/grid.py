r"""YOLO's grid: what the numbers of its output mean.

The image is cut into :math:`S \times S` cells. A cell holds :math:`B` boxes of five numbers and one
distribution over :math:`C` classes, so the output has :math:`S^2(5B + C)` numbers.

- :math:`x, y`: the box's centre, in parts of the cell, from its left-top corner;
- :math:`w, h`: its extent, in parts of the *image*, so that a box may be larger than its cell;
- the confidence that there is an object, times the IoU with it.

The cell in which an object's centre lies answers for it. A cell has one class: of two centres in
one cell, one is lost.

Slides, "You Only Look Once"; J. Redmon, S. Divvala, R. Girshick and A. Farhadi, "You only look
once: unified, real-time object detection", CVPR 2016, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from course_lib.detection.boxes import to_corners
from course_lib.detection.checks import check_count, check_floats


class GridParts(NamedTuple):
    """A prediction, taken apart."""

    boxes: Tensor
    """Shape (N, S, S, B, 4): x, y in parts of the cell; w, h in parts of the image."""
    confidence: Tensor
    """Shape (N, S, S, B)."""
    class_probabilities: Tensor
    """Shape (N, S, S, C): given that the cell holds an object."""


@dataclass(frozen=True)
class Grid:
    """The shape of YOLO's output; as it comes, the paper's for Pascal VOC.

    Raises
    ------
    ValueError
        If a number is less than 1.

    Examples
    --------
    >>> grid = Grid()
    >>> grid.depth, grid.box_count, grid.number_count
    (30, 98, 1470)
    """

    cells: int = 7
    """:math:`S`, along each side."""
    boxes_per_cell: int = 2
    """:math:`B`."""
    class_count: int = 20
    """:math:`C`."""

    def __post_init__(self) -> None:
        for name in ("cells", "boxes_per_cell", "class_count"):
            check_count(name, getattr(self, name))

    @property
    def depth(self) -> int:
        """Numbers of one cell: the boxes' x, y, w, h, confidence in turn, then the classes."""
        return 5 * self.boxes_per_cell + self.class_count

    @property
    def box_count(self) -> int:
        """Boxes of one image."""
        return self.cells**2 * self.boxes_per_cell

    @property
    def number_count(self) -> int:
        """Numbers of one image."""
        return self.cells**2 * self.depth

    def split(self, prediction: Tensor) -> GridParts:
        """Return the parts of a prediction.

        Parameters
        ----------
        prediction : Tensor, shape (N, S, S, 5B + C)
            N may be 0. The first of the two spatial axes runs down the image.

        Returns
        -------
        parts : GridParts
            Gradients flow.

        Raises
        ------
        ValueError, TypeError
            If the prediction is not of that shape, finite and of float32 or float64.
        """
        check_floats("prediction", prediction, ("N", self.cells, self.cells, self.depth))
        sizes = [5 * self.boxes_per_cell, self.class_count]
        boxes, class_probabilities = torch.split(prediction, sizes, dim=-1)
        boxes = boxes.reshape(*boxes.shape[:-1], self.boxes_per_cell, 5)  # (N, S, S, B, 5)
        return GridParts(boxes[..., :4], boxes[..., 4], class_probabilities)


def squash(raw: Tensor, grid: Grid) -> Tensor:
    """Return a prediction made of a network's raw output.

    Coordinates, extents and confidences pass through a sigmoid, classes through a softmax, so that
    every box has its centre in its cell and an extent of at most the image, and above 0: a sigmoid
    that would round to 0 is the smallest normal number. The paper leaves its last layer linear and
    so must learn what here cannot go wrong.

    Parameters
    ----------
    raw : Tensor, shape (N, S, S, 5B + C)
        Of a convolutional layer's output (N, 5B + C, S, S), ``permute(0, 2, 3, 1)``.
    grid : Grid

    Returns
    -------
    prediction : Tensor, shape (N, S, S, 5B + C)

    Raises
    ------
    ValueError, TypeError
        As for `Grid.split`.
    """
    check_floats("raw", raw, ("N", grid.cells, grid.cells, grid.depth))
    sizes = [5 * grid.boxes_per_cell, grid.class_count]
    numbers, classes = torch.split(raw, sizes, dim=-1)
    # Below -103 the sigmoid is 0 in float32, where the loss's root has an infinite gradient.
    least = torch.finfo(raw.dtype).tiny
    return torch.cat([numbers.sigmoid().clamp(min=least), classes.softmax(dim=-1)], dim=-1)


def cells_to_corners(boxes: Tensor, cells: int) -> Tensor:
    """Return boxes of the grid as corners in parts of the image, unchecked.

    Parameters
    ----------
    boxes : Tensor, shape (N, S, S, B, 4)
    cells : int
        :math:`S`.

    Returns
    -------
    corners : Tensor, shape (N, S, S, B, 4)
    """
    steps = torch.arange(cells, device=boxes.device, dtype=boxes.dtype)
    row, column = torch.meshgrid(steps, steps, indexing="ij")
    origin = torch.stack([column, row], dim=-1)[:, :, None]  # (S, S, 1, 2): x, then y
    centre = (origin + boxes[..., :2]) / cells
    return to_corners(torch.cat([centre, boxes[..., 2:]], dim=-1), "cxcywh")
