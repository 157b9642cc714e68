"""How good a detector is, over a whole set of images: mean average precision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from course_lib.detection.average_precision import (
    INTERPOLATIONS,
    PrecisionRecall,
    average_precision,
    precision_recall,
)
from course_lib.detection.checks import check_a, check_classes, check_count
from course_lib.detection.matching import RULES, Matches, match
from course_lib.detection.overlap import iou_matrix
from course_lib.detection.records import Detections, GroundTruth

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Protocol:
    """How detections are judged.

    Raises
    ------
    ValueError, TypeError
        If a setting is none of those named.
    """

    iou_thresholds: tuple[float, ...] = (0.5,)
    """Smallest IoU that counts as found; above 0, at most 1."""
    rule: str = "voc"
    """One of ``RULES`` (see `course_lib.detection.matching`)."""
    interpolation: str = "area"
    """One of ``INTERPOLATIONS`` (see `course_lib.detection.average_precision`)."""
    max_detections: int | None = None
    """Only so many of the best of a class in an image are looked at; None looks at all."""

    def __post_init__(self) -> None:
        if not isinstance(self.iou_thresholds, tuple):
            raise TypeError(f"iou_thresholds={self.iou_thresholds!r}: expected a tuple of numbers")
        if not self.iou_thresholds:
            raise ValueError("iou_thresholds=(): expected at least one")
        for threshold in self.iou_thresholds:
            if not isinstance(threshold, Real) or not 0 < threshold <= 1:
                raise ValueError(
                    f"iou_thresholds={self.iou_thresholds!r}: expected numbers above 0, at most 1"
                )
        for name, known in (("rule", RULES), ("interpolation", INTERPOLATIONS)):
            if getattr(self, name) not in known:
                value = getattr(self, name)
                raise ValueError(f"{name}={value!r}: expected one of {', '.join(known)}")
        if self.max_detections is not None:
            check_count("max_detections", self.max_detections)


VOC_2007 = Protocol(interpolation="11-point")
"""Pascal VOC until 2009."""
VOC_2010 = Protocol()
"""Pascal VOC from 2010 on."""
COCO = Protocol(
    iou_thresholds=tuple(float(t) for t in np.linspace(0.5, 0.95, 10)),
    rule="coco",
    interpolation="101-point",
    max_detections=100,
)
"""COCO: the mean over ten thresholds, 0.50 to 0.95."""


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What `evaluate` found."""

    protocol: Protocol
    curves: tuple[tuple[PrecisionRecall, ...], ...]
    """One a threshold and class: ``curves[t][c]``."""
    average_precision: Tensor
    """Shape (T, C), float64: NaN for a class without objects."""

    @property
    def mean(self) -> float:
        """Mean average precision: over thresholds, and over the classes that have objects.

        NaN if no class has any.
        """
        return float(self.average_precision.nanmean())

    @property
    def by_class(self) -> Tensor:
        """Shape (C,): average precision of each class, the mean over thresholds."""
        return self.average_precision.mean(dim=0)

    @property
    def by_threshold(self) -> Tensor:
        """Shape (T,): mean average precision at each threshold."""
        return self.average_precision.nanmean(dim=1)


@dataclass
class _Gathered:
    """What the images say of one class; each list has an entry an image."""

    scores: list[NDArray[np.float64]] = field(default_factory=list)  # each (N,)
    matches: list[Matches] = field(default_factory=list)  # each (T, N)
    object_count: int = 0


def evaluate(
    detections: Sequence[Detections],
    truths: Sequence[GroundTruth],
    class_count: int,
    protocol: Protocol = VOC_2010,
) -> Evaluation:
    """Return the average precision of each class at each threshold, and the curves behind it.

    Parameters
    ----------
    detections, truths : sequence
        One of each an image, in the same order; on any device. Of equal scores the detection of the
        earlier image counts as the higher.
    class_count : int
        Number of classes :math:`C`.
    protocol : Protocol
        `VOC_2010`, `VOC_2007`, `COCO`, or one's own.

    Returns
    -------
    evaluation : Evaluation
        On the processor, whatever the device of the input: objects are handed out one detection at
        a time. IoU is computed in float64.

    Raises
    ------
    ValueError
        If there are not as many of each, or a class is unknown.
    TypeError
        If an entry is none of `Detections` or `GroundTruth`, or the protocol is no `Protocol`.

    Examples
    --------
    >>> box, thing = torch.tensor([[0.0, 0.0, 4.0, 4.0]]), torch.tensor([0])
    >>> found = Detections(box, torch.tensor([0.9]), thing)
    >>> evaluate([found], [GroundTruth(box, thing)], class_count=1).mean
    1.0
    """
    check_count("class_count", class_count)
    check_a(Protocol, protocol=protocol)
    if len(detections) != len(truths):
        raise ValueError(
            f"detections are of {len(detections)} images, truths of {len(truths)}: expected as many"
        )
    gathered = [_Gathered() for _ in range(class_count)]
    for image, (found, truth) in enumerate(zip(detections, truths, strict=True)):
        check_a(Detections, **{f"detections[{image}]": found})
        check_a(GroundTruth, **{f"truths[{image}]": truth})
        check_classes(f"detections[{image}].classes", found.classes, len(found), class_count)
        check_classes(f"truths[{image}].classes", truth.classes, len(truth), class_count)
        _gather(found, truth, protocol, gathered)

    by_class = [_curves(one, len(protocol.iou_thresholds)) for one in gathered]
    curves = tuple(zip(*by_class, strict=True))  # by threshold, then by class
    values = [[average_precision(curve, protocol.interpolation) for curve in row] for row in curves]
    return Evaluation(protocol, curves, torch.tensor(values, dtype=torch.float64))


def _gather(
    found: Detections, truth: GroundTruth, protocol: Protocol, gathered: list[_Gathered]
) -> None:
    """Add what one image says, class by class."""
    order = found.scores.argsort(descending=True, stable=True)
    scores = found.scores[order].detach().double().cpu().numpy()
    overlaps = iou_matrix(
        found.boxes[order].detach().double().cpu(), truth.boxes.detach().double().cpu()
    ).numpy()  # (N, M)
    found_classes = found.classes[order].cpu().numpy()
    true_classes = truth.classes.cpu().numpy()
    ignored = truth.flags.cpu().numpy()
    thresholds = np.asarray(protocol.iou_thresholds)
    for c in {*found_classes.tolist(), *true_classes.tolist()}:
        rows = np.flatnonzero(found_classes == c)[: protocol.max_detections]
        columns = np.flatnonzero(true_classes == c)
        one = gathered[c]
        one.scores.append(scores[rows])
        one.matches.append(
            match(overlaps[rows][:, columns], ignored[columns], thresholds, protocol.rule)
        )
        one.object_count += int(np.count_nonzero(~ignored[columns]))


def _curves(gathered: _Gathered, threshold_count: int) -> list[PrecisionRecall]:
    """Return the curve of one class at each threshold."""
    none = np.zeros((threshold_count, 0), dtype=bool)  # lest there be nothing to put together
    scores = torch.from_numpy(np.concatenate([np.zeros(0), *gathered.scores]))
    right, ignored = (
        torch.from_numpy(np.concatenate([none, *parts], axis=1))
        for parts in ([m.right for m in gathered.matches], [m.ignored for m in gathered.matches])
    )
    return [
        precision_recall(scores[counts], hits[counts], gathered.object_count)
        for hits, counts in zip(right, ~ignored, strict=True)
    ]
