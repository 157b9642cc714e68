r"""Precision, recall, and the area under their curve.

With the detections of one class by descending score, the first :math:`k` of them have

.. math:: \text{precision}_k = \frac{\text{right among them}}{k}, \qquad
          \text{recall}_k = \frac{\text{right among them}}{\text{all objects}}

Average precision is the area under precision as a function of recall, after each precision is
raised to the highest that stands at its recall or beyond (the envelope).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from course_lib.detection.checks import check_count, check_flags, check_floats, check_same_place

INTERPOLATIONS = ("area", "11-point", "101-point")
"""The whole area (VOC since 2010); the mean at recalls 0, 0.1, … 1 (VOC until 2009); the mean at
recalls 0, 0.01, … 1 (COCO)."""


@dataclass(frozen=True, eq=False)
class PrecisionRecall:
    """Precision and recall after each detection; made by `precision_recall`."""

    precision: Tensor
    """Shape (K,), float64."""
    recall: Tensor
    """Shape (K,), float64, never falling; NaN if there are no objects."""
    scores: Tensor
    """Shape (K,), float64, never rising: accept this much or more to stand at this point."""
    object_count: int
    """The objects that could be found."""

    @property
    def envelope(self) -> Tensor:
        """Shape (K,): the highest precision at each recall or beyond."""
        if not len(self.precision):
            return self.precision
        return self.precision.flip(0).cummax(dim=0).values.flip(0)


def precision_recall(scores: Tensor, right: Tensor, object_count: int) -> PrecisionRecall:
    """Return precision and recall after each detection.

    Parameters
    ----------
    scores : Tensor, shape (K,)
        Of the detections that count, in any order; equal scores stay in the order given. K may
        be 0.
    right : Tensor, shape (K,), bool
        Which of them found an object.
    object_count : int
        Number of objects there are.

    Returns
    -------
    curve : PrecisionRecall

    Raises
    ------
    ValueError
        If shapes do not fit, a score is not finite, or more are right than there are objects.
    TypeError
        If a tensor has another dtype.

    Examples
    --------
    >>> curve = precision_recall(torch.tensor([0.9, 0.8]), torch.tensor([False, True]), 4)
    >>> curve.precision.tolist(), curve.recall.tolist()
    ([0.0, 0.5], [0.0, 0.25])
    """
    check_same_place(scores=scores, right=right)
    check_floats("scores", scores, ("K",))
    check_flags("right", right, len(scores))
    check_count("object_count", object_count, least=0)
    found = int(right.sum())
    if found > object_count:
        raise ValueError(f"object_count={object_count}: expected at least the {found} found")

    order = scores.argsort(descending=True, stable=True)
    hits = right[order].to(torch.float64).cumsum(dim=0)
    seen = torch.arange(1, len(hits) + 1, dtype=torch.float64, device=hits.device)
    objects = object_count if object_count else math.nan
    return PrecisionRecall(hits / seen, hits / objects, scores[order].double(), int(object_count))


def average_precision(curve: PrecisionRecall, interpolation: str = "area") -> float:
    """Return the average precision.

    Parameters
    ----------
    curve : PrecisionRecall
    interpolation : str
        One of ``INTERPOLATIONS``.

    Returns
    -------
    average_precision : float
        From 0 to 1; 0 if nothing was found, NaN if there was nothing to find.

    Raises
    ------
    ValueError
        If the interpolation is unknown.
    """
    if interpolation not in INTERPOLATIONS:
        raise ValueError(
            f"interpolation={interpolation!r}: expected one of {', '.join(INTERPOLATIONS)}"
        )
    if curve.object_count == 0:
        return math.nan
    if interpolation == "area":
        steps = curve.recall.diff(prepend=curve.recall.new_zeros(1))
        return float((steps * curve.envelope).sum())
    levels = _levels(interpolation).to(curve.recall.device)
    # The first point that reaches a level; beyond the last point precision is 0.
    at = torch.searchsorted(curve.recall, levels)
    return float(torch.cat([curve.envelope, levels.new_zeros(1)])[at].mean())


def _levels(interpolation: str) -> Tensor:
    if interpolation == "11-point":
        return torch.arange(11, dtype=torch.float64) / 10
    # COCO's own: some differ from k / 100 in the last digit, and a recall of exactly 7 of 100
    # objects does not reach its level of 0.07000000000000001.
    return torch.arange(101, dtype=torch.float64) * 0.01
