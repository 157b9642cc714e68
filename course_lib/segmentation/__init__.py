"""Semantic segmentation: the loss of a network that scores every pixel, and how good it is.

A mask holds a class a pixel, whole numbers from 0. Everything takes tensors on any device.

Counting
    `confusion_matrix`, rows true, columns predicted; those of several batches add up.
Scores of a confusion matrix
    `pixel_accuracy`, `class_accuracy`, `class_iou`, `mean_iou`, `dice`; `by_name`, one score a
    class under the classes' names.
Outlines
    `boundary_f`, how well they agree within `boundary_tolerance`; `boundary` and `within`, what it
    is made of.
Loss
    `pixel_cross_entropy`.
"""

from course_lib.segmentation.boundary import boundary, boundary_f, boundary_tolerance, within
from course_lib.segmentation.confusion import (
    by_name,
    class_accuracy,
    class_iou,
    confusion_matrix,
    dice,
    mean_iou,
    pixel_accuracy,
)
from course_lib.segmentation.loss import pixel_cross_entropy

__all__ = [
    "boundary",
    "boundary_f",
    "boundary_tolerance",
    "by_name",
    "class_accuracy",
    "class_iou",
    "confusion_matrix",
    "dice",
    "mean_iou",
    "pixel_accuracy",
    "pixel_cross_entropy",
    "within",
]
