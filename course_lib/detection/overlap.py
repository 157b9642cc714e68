r"""How well two boxes agree: intersection over union, and its generalisation.

.. math:: \text{IoU}(A, B) = \frac{|A \cap B|}{|A \cup B|}, \qquad
          \text{GIoU}(A, B) = \text{IoU}(A, B) - \frac{|H| - |A \cup B|}{|H|}

where :math:`H` is the smallest box around both. IoU is 0 for all boxes that do not touch, however
far apart; GIoU falls towards -1 as they part, so a gradient can bring them together.

H. Rezatofighi, N. Tsoi, J. Gwak, A. Sadeghian, I. Reid and S. Savarese, "Generalized intersection
over union: a metric and a loss for bounding box regression", CVPR 2019.
"""

from __future__ import annotations

import torch
from torch import Tensor

from course_lib.detection.checks import check_boxes, check_same_dtype, check_same_place

_PAIRS_AT_ONCE = 2**17


def iou(a: Tensor, b: Tensor) -> Tensor:
    """Return the intersection over union of every box of `a` with every box of `b`.

    Parameters
    ----------
    a : Tensor, shape (N, 4)
        Corners (x1, y1, x2, y2); N may be 0.
    b : Tensor, shape (M, 4)
        Of the same dtype, on the same device; M may be 0.

    Returns
    -------
    iou : Tensor, shape (N, M)
        From 0 to 1; 0 for two boxes of which neither has an area. Gradients flow.

    Raises
    ------
    ValueError
        If a shape is another, a number is not finite, or so large that an area overflows (1e18 in
        float32), an extent is negative, or the devices differ.
    TypeError
        If an argument is no tensor of float32 or float64, or the dtypes differ.

    Examples
    --------
    >>> a = torch.tensor([[0.0, 0.0, 2.0, 2.0]])
    >>> iou(a, torch.tensor([[1.0, 1.0, 3.0, 3.0], [0.0, 0.0, 2.0, 1.0]]))
    tensor([[0.1429, 0.5000]])
    """
    _check_two(a, b)
    return iou_matrix(a, b)


def paired_iou(a: Tensor, b: Tensor) -> Tensor:
    """Return the intersection over union of each box of `a` with its partner in `b`.

    Parameters
    ----------
    a, b : Tensor, shape (N, 4)
        As for `iou`.

    Returns
    -------
    iou : Tensor, shape (N,)

    Raises
    ------
    ValueError, TypeError
        As for `iou`, and if the numbers of boxes differ.
    """
    _check_pairs(a, b)
    return iou_of_corners(a, b)


def giou(a: Tensor, b: Tensor) -> Tensor:
    """Return the generalised intersection over union of every box of `a` with every one of `b`.

    Parameters
    ----------
    a : Tensor, shape (N, 4)
    b : Tensor, shape (M, 4)
        As for `iou`.

    Returns
    -------
    giou : Tensor, shape (N, M)
        Above -1, at most the IoU, equal to it where the union fills the smallest box around both.

    Raises
    ------
    ValueError, TypeError
        As for `iou`.
    """
    _check_two(a, b)
    return _giou_of_corners(a[:, None], b[None, :])


def paired_giou(a: Tensor, b: Tensor) -> Tensor:
    """Return the generalised intersection over union of each box of `a` with its partner in `b`.

    Parameters, result and errors are those of `paired_iou`.
    """
    _check_pairs(a, b)
    return _giou_of_corners(a, b)


def iou_matrix(a: Tensor, b: Tensor) -> Tensor:
    """Return what `iou` does, unchecked."""
    # A few rows at a time, so that the dozen intermediate matrices stay in the processor's cache:
    # three times as fast for 10,000 × 1,000 boxes.
    rows = max(1, _PAIRS_AT_ONCE // max(1, len(b)))
    columns = b.t().contiguous().t()[None, :]  # each coordinate of all boxes side by side in memory
    return torch.cat([iou_of_corners(some[:, None], columns) for some in torch.split(a, rows)])


def iou_of_corners(a: Tensor, b: Tensor) -> Tensor:
    """Return the IoU of boxes whose leading axes broadcast, unchecked."""
    intersection, union = _intersection_and_union(a, b)
    return _ratio(intersection, union)


def _giou_of_corners(a: Tensor, b: Tensor) -> Tensor:
    intersection, union = _intersection_and_union(a, b)
    (ax1, ay1, ax2, ay2), (bx1, by1, bx2, by2) = a.unbind(-1), b.unbind(-1)
    width = torch.maximum(ax2, bx2) - torch.minimum(ax1, bx1)
    height = torch.maximum(ay2, by2) - torch.minimum(ay1, by1)
    hull = width * height
    return _ratio(intersection, union) - _ratio(hull - union, hull)


def _intersection_and_union(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    (ax1, ay1, ax2, ay2), (bx1, by1, bx2, by2) = a.unbind(-1), b.unbind(-1)
    width = (torch.minimum(ax2, bx2) - torch.maximum(ax1, bx1)).clamp(min=0)
    height = (torch.minimum(ay2, by2) - torch.maximum(ay1, by1)).clamp(min=0)
    intersection = width * height
    union = (ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - intersection
    return intersection, union


def _ratio(part: Tensor, whole: Tensor) -> Tensor:
    # Where the whole is nothing so is the part: a divisor of 1 gives 0, and a gradient without NaN.
    return part / whole.where(whole > 0, 1)


def _check_two(a: Tensor, b: Tensor) -> None:
    check_same_place(a=a, b=b)
    check_boxes("a", a)
    check_boxes("b", b)
    check_same_dtype(a=a, b=b)


def _check_pairs(a: Tensor, b: Tensor) -> None:
    _check_two(a, b)
    if len(a) != len(b):
        raise ValueError(
            f"a has shape {tuple(a.shape)}, b {tuple(b.shape)}: expected as many boxes in each"
        )
