r"""The confusion matrix, and the scores that follow from it.

All is read off one matrix of counts :math:`n_{ij}`, pixels of class :math:`i` that were called
:math:`j`. Matrices of several batches add up, so a score over a data set is the score of the sum
(not the mean of the batches' scores).

**Classes that are absent.** A class that neither stands in the truth nor was ever predicted has no
score: NaN, and the mean leaves it out. A class that was predicted where it never stands has an IoU
of 0, and counts.

M. Everingham et al., "The Pascal visual object classes challenge: a retrospective", IJCV 111, 2015
(IoU by class over the whole set); J. Long, E. Shelhamer and T. Darrell, "Fully convolutional
networks for semantic segmentation", CVPR 2015, section 5.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from course_lib.segmentation.checks import (
    check_class_count,
    check_same_size,
    check_tensor,
    checked_mask,
)


def confusion_matrix(
    prediction: Tensor, target: Tensor, class_count: int, *, ignore_index: int | None = None
) -> Tensor:
    """Return how often each class was called what.

    Parameters
    ----------
    prediction : Tensor, shape (...)
        A class a pixel, from 0 to ``class_count - 1``; int64, int32 or uint8; mostly (H, W) or
        (N, H, W). May be empty.
    target : Tensor, shape (...)
        The truth, of the same shape, on the same device.
    class_count : int
        Number of classes :math:`C`.
    ignore_index : int, optional
        Pixels of this value in the target are left out, whatever the prediction says there.

    Returns
    -------
    confusion : Tensor, shape (C, C), int64
        Rows are what is true, columns what was predicted.

    Raises
    ------
    ValueError
        If the shapes or devices differ, or a class is unknown.
    TypeError
        If a mask is no tensor of whole numbers.

    Examples
    --------
    >>> target = torch.tensor([[0, 0], [1, 255]])
    >>> confusion_matrix(torch.tensor([[0, 1], [1, 1]]), target, 2, ignore_index=255)
    tensor([[1, 1],
            [0, 1]])
    """
    check_class_count(class_count, ignore_index)
    check_tensor("prediction", prediction)
    check_tensor("target", target)
    check_same_size("prediction", prediction, "target", target)
    prediction = checked_mask("prediction", prediction, class_count)
    target = checked_mask("target", target, class_count, ignore_index)
    if ignore_index is not None:
        counted = target != ignore_index
        prediction, target = prediction[counted], target[counted]
    pairs = target.flatten() * class_count + prediction.flatten()
    counts = torch.bincount(pairs, minlength=class_count**2)
    return counts.reshape(class_count, class_count)


def pixel_accuracy(confusion: Tensor) -> float:
    r"""Return the part of the pixels that are right, :math:`\sum_i n_{ii} / \sum_{ij} n_{ij}`.

    A large background flatters it. NaN if no pixel was counted.

    Parameters
    ----------
    confusion : Tensor, shape (C, C)
        What `confusion_matrix` returned, or a sum of such.

    Raises
    ------
    ValueError, TypeError
        If it is no matrix of counts.
    """
    check_confusion(confusion)
    return float(confusion.diagonal().sum().double() / confusion.sum())


def class_accuracy(confusion: Tensor) -> Tensor:
    r"""Return the part of each class's pixels that were found, :math:`n_{ii} / \sum_j n_{ij}`.

    Parameters and errors are those of `pixel_accuracy`.

    Returns
    -------
    accuracy : Tensor, shape (C,), float64
        NaN for a class that does not stand in the truth.
    """
    check_confusion(confusion)
    return confusion.diagonal().double() / confusion.sum(dim=1)


def class_iou(confusion: Tensor) -> Tensor:
    r"""Return each class's intersection over union.

    .. math:: \text{IoU}_i = \frac{n_{ii}}{\sum_j n_{ij} + \sum_j n_{ji} - n_{ii}}

    Parameters and errors are those of `pixel_accuracy`.

    Returns
    -------
    iou : Tensor, shape (C,), float64
        NaN for a class that neither stands in the truth nor was predicted.
    """
    check_confusion(confusion)
    right = confusion.diagonal()
    return right.double() / (confusion.sum(dim=1) + confusion.sum(dim=0) - right)


def mean_iou(confusion: Tensor) -> float:
    """Return the mean of `class_iou` over the classes that have one; NaN if none has.

    Parameters and errors are those of `pixel_accuracy`.
    """
    return float(class_iou(confusion).nanmean())


def dice(confusion: Tensor) -> Tensor:
    r"""Return each class's Dice coefficient, the harmonic mean of precision and recall.

    .. math:: \text{Dice}_i = \frac{2 n_{ii}}{\sum_j n_{ij} + \sum_j n_{ji}}
              = \frac{2 \, \text{IoU}_i}{1 + \text{IoU}_i}

    L. R. Dice, "Measures of the amount of ecologic association between species", Ecology 26(3),
    1945. Parameters and errors are those of `pixel_accuracy`.

    Returns
    -------
    dice : Tensor, shape (C,), float64
        NaN for a class that neither stands in the truth nor was predicted.
    """
    check_confusion(confusion)
    return 2 * confusion.diagonal().double() / (confusion.sum(dim=1) + confusion.sum(dim=0))


def by_name(scores: Tensor, names: Sequence[str]) -> dict[str, float]:
    """Return one score a class under the classes' names.

    Parameters
    ----------
    scores : Tensor, shape (C,)
    names : sequence of str, length C
        All different.

    Raises
    ------
    ValueError
        If there are not as many names as scores, or two are the same.
    """
    check_tensor("scores", scores)
    if scores.ndim != 1 or len(scores) != len(names) or len(set(names)) != len(names):
        raise ValueError(
            f"names={list(names)!r}: expected one name for each of the scores, which have shape "
            f"{tuple(scores.shape)}, and no name twice"
        )
    return dict(zip(names, scores.tolist(), strict=True))


def check_confusion(confusion: Tensor) -> None:
    """Raise unless `confusion` is a square matrix of counts."""
    check_tensor("confusion", confusion)
    if confusion.dtype != torch.int64:
        raise TypeError(f"confusion has dtype {confusion.dtype}: expected torch.int64")
    if confusion.ndim != 2 or confusion.shape[0] != confusion.shape[1] or not len(confusion):
        raise ValueError(f"confusion has shape {tuple(confusion.shape)}: expected (C, C)")
    if (confusion < 0).any():
        raise ValueError(f"confusion holds {int(confusion.min())}: expected counts of at least 0")
