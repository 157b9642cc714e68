r"""YOLO's loss, term by term.

.. math::

    &\lambda_\text{coord} \sum_{i=1}^{S^2} \sum_{j=1}^{B} \mathbb 1_{ij}^\text{obj}
        \left[ (x_i - \hat x_i)^2 + (y_i - \hat y_i)^2 \right] \\
    +\; &\lambda_\text{coord} \sum_{i=1}^{S^2} \sum_{j=1}^{B} \mathbb 1_{ij}^\text{obj}
        \left[ \left(\sqrt{w_i} - \sqrt{\hat w_i}\right)^2
             + \left(\sqrt{h_i} - \sqrt{\hat h_i}\right)^2 \right] \\
    +\; &\sum_{i=1}^{S^2} \sum_{j=1}^{B} \mathbb 1_{ij}^\text{obj} (C_i - \hat C_i)^2
    + \lambda_\text{noobj} \sum_{i=1}^{S^2} \sum_{j=1}^{B} \mathbb 1_{ij}^\text{noobj}
        (C_i - \hat C_i)^2 \\
    +\; &\sum_{i=1}^{S^2} \mathbb 1_{i}^\text{obj} \sum_{c} (p_i(c) - \hat p_i(c))^2

Redmon et al., "You only look once", CVPR 2016, equation 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from course_lib.detection.boxes import check_extents
from course_lib.detection.checks import (
    check_a,
    check_same_dtype,
    check_same_place,
    check_weight,
)
from course_lib.detection.encoding import GridTargets, check_targets, one_hot_classes
from course_lib.detection.grid import Grid, cells_to_corners
from course_lib.detection.overlap import iou_of_corners


@dataclass(frozen=True)
class YoloLossWeights:
    """How much the terms count; as it comes, as in the paper."""

    coordinates: float = 5.0
    r""":math:`\lambda_\text{coord}`: boxes are few, but what a detector is for."""
    no_object: float = 0.5
    r""":math:`\lambda_\text{noobj}`: empty cells are many, and would drown the others."""

    def __post_init__(self) -> None:
        check_weight("coordinates", self.coordinates)
        check_weight("no_object", self.no_object)


class YoloLoss(NamedTuple):
    """The five terms, weighted as in the equation: summed over an image, averaged over the batch.

    Each is a tensor without axes.
    """

    centre: Tensor
    size: Tensor
    object_confidence: Tensor
    no_object_confidence: Tensor
    classes: Tensor

    @property
    def total(self) -> Tensor:
        """The loss."""
        return torch.stack(list(self)).sum()


def yolo_loss(
    prediction: Tensor,
    targets: GridTargets,
    grid: Grid,
    weights: YoloLossWeights | None = None,
) -> YoloLoss:
    r"""Return YOLO's loss.

    Of the boxes of a cell with an object, the one of the highest IoU with it is responsible
    (:math:`\mathbb 1_{ij}^\text{obj}`; of several, the first). Its confidence is to be that IoU,
    which counts as a given number: no gradient flows through it. The confidence of every other box,
    in cells with an object and without (:math:`\mathbb 1_{ij}^\text{noobj}`), is to be 0.

    Parameters
    ----------
    prediction : Tensor, shape (N, S, S, 5B + C)
        Extents must not be negative: pass a network's raw output through `squash` first. At an
        extent of exactly 0 the root's gradient is infinite, as the equation has it.
    targets : GridTargets
        Of the same N images.
    grid : Grid
    weights : YoloLossWeights, optional

    Returns
    -------
    loss : YoloLoss

    Raises
    ------
    ValueError
        If shapes or devices do not fit, there is no image, a number is not finite or an extent is
        negative.
    TypeError
        If the dtypes are not floats, or differ.
    """
    weights = YoloLossWeights() if weights is None else weights
    check_a(Grid, grid=grid)
    check_targets(targets, grid)
    check_same_place(prediction=prediction, targets=targets.boxes)
    boxes, confidence, class_probabilities = grid.split(prediction)
    images = len(prediction)
    if images == 0 or images != len(targets.boxes):
        raise ValueError(
            f"prediction has shape {tuple(prediction.shape)}, targets are of "
            f"{len(targets.boxes)} images: expected as many, and at least one"
        )
    check_same_dtype(prediction=prediction, targets=targets.boxes)
    check_extents("prediction", boxes)

    present = targets.has_object  # (N, S, S)
    overlap = _overlap(boxes.detach(), targets, grid)  # (N, S, S, B)
    best = overlap.argmax(dim=-1, keepdim=True)
    slots = torch.arange(grid.boxes_per_cell, device=best.device)
    responsible = present[..., None] & (slots == best)  # (N, S, S, B): at most one a cell

    # Both have M rows, one an object, cell by cell in the same order.
    box, true_box = boxes[responsible], targets.boxes[present]
    true_classes = one_hot_classes(targets, grid)
    centre = _squares(box[:, :2], true_box[:, :2])
    size = _squares(box[:, 2:].sqrt(), true_box[:, 2:].sqrt())
    object_confidence = _squares(confidence[responsible], overlap[responsible])
    no_object_confidence = confidence[~responsible].square().sum()
    classes = _squares(class_probabilities[present], true_classes[present])
    return YoloLoss(
        weights.coordinates * centre / images,
        weights.coordinates * size / images,
        object_confidence / images,
        weights.no_object * no_object_confidence / images,
        classes / images,
    )


def _overlap(boxes: Tensor, targets: GridTargets, grid: Grid) -> Tensor:
    """Return each box's IoU with its cell's object: shape (N, S, S, B)."""
    truth = targets.boxes[..., None, :]  # (N, S, S, 1, 4)
    return iou_of_corners(cells_to_corners(boxes, grid.cells), cells_to_corners(truth, grid.cells))


def _squares(a: Tensor, b: Tensor) -> Tensor:
    return (a - b).square().sum()
