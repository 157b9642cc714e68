r"""Boxes: how four numbers name a rectangle, and its area.

Coordinates are continuous: a box that covers pixel columns 3 to 5 reaches from :math:`x_1 = 3` to
:math:`x_2 = 6` and is 3 wide. (Pascal VOC's own tools count corners as pixels and add 1 to every
extent; nobody else does.)
"""

from __future__ import annotations

import torch
from torch import Tensor

from course_lib.detection.checks import check_boxes, check_floats, check_image_size

BOX_FORMATS = ("xyxy", "xywh", "cxcywh")
"""Two corners; left-top corner and extent (COCO's files); centre and extent (YOLO's grid)."""


def convert_boxes(boxes: Tensor, source: str, target: str) -> Tensor:
    """Return boxes in another format.

    Parameters
    ----------
    boxes : Tensor, shape (..., 4)
    source, target : str
        One of ``BOX_FORMATS``.

    Returns
    -------
    boxes : Tensor, shape (..., 4)
        Gradients flow through.

    Raises
    ------
    ValueError
        If a format is unknown, the shape is another, a number is not finite or too large, or an
        extent is negative.
    TypeError
        If the boxes are no tensor of float32 or float64.

    Examples
    --------
    >>> convert_boxes(torch.tensor([2.0, 3.0, 6.0, 5.0]), "xyxy", "cxcywh")
    tensor([4., 4., 4., 2.])
    """
    for name, value in (("source", source), ("target", target)):
        if value not in BOX_FORMATS:
            raise ValueError(f"{name}={value!r}: expected one of {', '.join(BOX_FORMATS)}")
    if source == "xyxy":
        check_boxes("boxes", boxes, ("...", 4))
    else:
        check_floats("boxes", boxes, ("...", 4))
        check_extents("boxes", boxes)
        check_boxes("boxes", to_corners(boxes, source), ("...", 4))
    if source == target:
        return boxes.clone()
    corners = to_corners(boxes, source)
    first, second = corners[..., :2], corners[..., 2:]
    extent = second - first
    if target == "xywh":
        return torch.cat([first, extent], dim=-1)
    if target == "cxcywh":
        return torch.cat([(first + second) / 2, extent], dim=-1)
    return corners


def to_corners(boxes: Tensor, source: str) -> Tensor:
    """Return boxes of a known format as corners, unchecked."""
    place, extent = boxes[..., :2], boxes[..., 2:]
    if source == "xywh":
        return torch.cat([place, place + extent], dim=-1)
    if source == "cxcywh":
        return torch.cat([place - extent / 2, place + extent / 2], dim=-1)
    return boxes


def check_extents(name: str, boxes: Tensor) -> None:
    """Raise a ValueError if a width or a height (the last two of four numbers) is negative."""
    if (boxes[..., 2:] < 0).any():
        rows = boxes.reshape(-1, 4)
        row = int((rows[:, 2:] < 0).any(dim=1).nonzero()[0])
        raise ValueError(
            f"{name} holds {rows[row].tolist()} (box {row}): expected width >= 0 and height >= 0"
        )


def to_relative(boxes: Tensor, image_size: tuple[int, int]) -> Tensor:
    """Return boxes in parts of the image, whatever their format.

    Parameters
    ----------
    boxes : Tensor, shape (..., 4)
        In pixels; horizontal and vertical numbers alternate, as they do in each of the formats.
    image_size : (int, int)
        Height and width in pixels.

    Returns
    -------
    boxes : Tensor, shape (..., 4)
        1 is the width, or the height, of the image.

    Raises
    ------
    ValueError, TypeError
        If the boxes or the size are not such; the message says why.
    """
    return boxes / _scale(boxes, image_size)


def to_absolute(boxes: Tensor, image_size: tuple[int, int]) -> Tensor:
    """Return boxes in pixels: the inverse of `to_relative`."""
    return boxes * _scale(boxes, image_size)


def _scale(boxes: Tensor, image_size: tuple[int, int]) -> Tensor:
    check_floats("boxes", boxes, ("...", 4))
    check_image_size(image_size)
    height, width = image_size
    return boxes.new_tensor([width, height, width, height])


def clip_boxes(boxes: Tensor, image_size: tuple[int, int]) -> Tensor:
    """Return the part of each box that lies within the image.

    A box that lies wholly beyond the image keeps no area. No other function of this package clips.

    Parameters
    ----------
    boxes : Tensor, shape (..., 4)
        Corners, in pixels.
    image_size : (int, int)
        Height and width in pixels.

    Returns
    -------
    boxes : Tensor, shape (..., 4)

    Raises
    ------
    ValueError, TypeError
        If the boxes or the size are not such; the message says why.
    """
    check_boxes("boxes", boxes, ("...", 4))
    return torch.minimum(boxes.clamp(min=0), _scale(boxes, image_size))


def box_area(boxes: Tensor) -> Tensor:
    """Return the area of each box.

    Parameters
    ----------
    boxes : Tensor, shape (..., 4)
        Corners.

    Returns
    -------
    area : Tensor, shape (...)
        In the boxes' unit squared.

    Raises
    ------
    ValueError, TypeError
        If the boxes are not such; the message says why.
    """
    check_boxes("boxes", boxes, ("...", 4))
    x1, y1, x2, y2 = boxes.unbind(dim=-1)
    return (x2 - x1) * (y2 - y1)
