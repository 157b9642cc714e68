"""Threshold, then non-maximum suppression: from many boxes to one an object.

Slides, "You Only Look Once": "heuristic at the end to threshold and decide final boxes".
"""

from __future__ import annotations

import math
from numbers import Real

import torch
from torch import Tensor

from course_lib.detection.checks import (
    check_boxes,
    check_classes,
    check_floats,
    check_fraction,
    check_same_place,
)
from course_lib.detection.overlap import iou_matrix
from course_lib.detection.records import Detections

_BLOCK = 256


def non_max_suppression(
    boxes: Tensor,
    scores: Tensor,
    classes: Tensor | None = None,
    *,
    iou_threshold: float = 0.5,
    score_threshold: float | None = None,
) -> Tensor:
    """Return the indices of the boxes that survive.

    The box with the highest score survives and suppresses every other of its class whose IoU with
    it is *above* the threshold; then the highest of the rest, and so on. Among equal scores the box
    with the lower index goes first.

    Parameters
    ----------
    boxes : Tensor, shape (N, 4)
        Corners (x1, y1, x2, y2); N may be 0.
    scores : Tensor, shape (N,)
    classes : Tensor, shape (N,), optional
        Boxes of different classes leave each other alone. None puts all into one class.
    iou_threshold : float
        From 0 to 1. At 1 nothing is suppressed, at 0 everything that overlaps at all.
    score_threshold : float, optional
        Boxes whose score is *below* it neither survive nor suppress. None lets all take part.

    Returns
    -------
    kept : Tensor, shape (K,), int64
        By descending score, equal scores by ascending index; on the device of the boxes.

    Raises
    ------
    ValueError
        If shapes or devices do not fit, a number is not finite, an extent is negative or a
        threshold is out of its range.
    TypeError
        If a tensor has another dtype.

    Examples
    --------
    >>> boxes = torch.tensor([[0.0, 0.0, 4.0, 4.0], [0.0, 0.0, 4.0, 3.0], [9.0, 9.0, 10.0, 10.0]])
    >>> non_max_suppression(boxes, torch.tensor([0.6, 0.9, 0.7]))
    tensor([1, 2])
    """
    check_same_place(boxes=boxes, scores=scores, classes=classes)
    check_boxes("boxes", boxes)
    check_floats("scores", scores, (len(boxes),))
    if classes is not None:
        check_classes("classes", classes, len(boxes))
    check_fraction("iou_threshold", iou_threshold)
    if score_threshold is not None:
        _check_score_threshold(score_threshold)

    boxes = boxes.detach()
    order = scores.argsort(descending=True, stable=True)
    if score_threshold is not None:
        order = order[scores[order] >= score_threshold]
    if classes is None:
        return order[_survivors(boxes[order], iou_threshold)]
    survives = torch.zeros_like(order, dtype=torch.bool)
    of = classes[order]
    for one in torch.unique(of):
        members = (of == one).nonzero()[:, 0]
        survives[members[_survivors(boxes[order[members]], iou_threshold)]] = True
    return order[survives]


def suppress(
    detections: Detections, *, iou_threshold: float = 0.5, score_threshold: float | None = None
) -> Detections:
    """Return the detections that survive `non_max_suppression` within their classes."""
    kept = non_max_suppression(
        detections.boxes,
        detections.scores,
        detections.classes,
        iou_threshold=iou_threshold,
        score_threshold=score_threshold,
    )
    return detections.select(kept)


def _survivors(boxes: Tensor, iou_threshold: float) -> Tensor:
    """Return the indices of the survivors among boxes that stand best first."""
    kept = []
    left = torch.arange(len(boxes), device=boxes.device)
    while len(left):
        # One box after the other would do. Some hundred at a time settle their order among
        # themselves, then beat the rest together: for 10,000 boxes seconds become tenths.
        block, rest = left[:_BLOCK], left[_BLOCK:]
        rivals = (iou_matrix(boxes[block], boxes[block]) > iou_threshold).cpu()
        beaten = torch.zeros(len(block), dtype=torch.bool)
        for i in range(len(block)):
            if not beaten[i]:
                beaten[i + 1 :] |= rivals[i, i + 1 :]
        winners = block[~beaten.to(block.device)]
        kept.append(winners)
        left = rest[(iou_matrix(boxes[winners], boxes[rest]) <= iou_threshold).all(dim=0)]
    return torch.cat(kept) if kept else left


def _check_score_threshold(value: float) -> None:
    if not isinstance(value, Real) or not math.isfinite(value):
        raise ValueError(f"score_threshold={value!r}: expected a finite number or None")
