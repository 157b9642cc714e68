"""Which detections are right: each finds at most one object, each object is found at most once.

Pascal VOC and COCO say so differently. Both take the detections of one class in one image by
descending score (equal scores as they are listed):

=========================  =============================  ========================================
rule                       ``"voc"``                      ``"coco"``
=========================  =============================  ========================================
a detection looks at       the object of highest IoU,     the free object of highest IoU (of
                           taken or free (of several,     several, the last listed)
                           the first listed)
it is right if             IoU >= threshold and the       IoU >= threshold
                           object is free
the object is ignored      the detection does not count   likewise, but any other that reaches the
                                                          threshold is preferred, and an ignored
                                                          one can be taken once only
=========================  =============================  ========================================

A second detection of one object is wrong under both; VOC's calls it so even where it would fit a
second object nearly as well.

M. Everingham et al., "The Pascal visual object classes (VOC) challenge", IJCV 88, 2010, section
4.2; T.-Y. Lin et al., "Microsoft COCO: common objects in context", ECCV 2014, and its evaluation
code. "Crowd" regions, COCO's third kind of object, are not told apart here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

RULES = ("voc", "coco")


class Matches(NamedTuple):
    """What became of the detections of one class in one image, at each threshold."""

    right: Flags
    """Shape (T, N)."""
    ignored: Flags
    """Shape (T, N): neither right nor wrong."""


def match(overlaps: Floats, ignored: Flags, thresholds: Floats, rule: str) -> Matches:
    """Return which detections are right.

    Matching goes from detection to detection, so it is done in NumPy, on the processor.

    Parameters
    ----------
    overlaps : array, shape (N, M)
        IoU of N detections, by descending score, with M objects.
    ignored : array, shape (M,), bool
        Objects that do not count.
    thresholds : array, shape (T,)
        Smallest IoU that counts as found.
    rule : str
        One of ``RULES``.

    Returns
    -------
    matches : Matches
    """
    take = _take_voc if rule == "voc" else _take_coco
    found, objects = overlaps.shape
    right = np.zeros((len(thresholds), found), dtype=bool)
    set_aside = np.zeros_like(right)
    free = np.ones((len(thresholds), objects), dtype=bool)
    within_reach = overlaps.max(axis=1, initial=-1) >= thresholds.min()
    for n in np.flatnonzero(within_reach):
        index, reached = take(overlaps[n], ignored, thresholds, free)
        counted = reached & ~ignored[index]
        right[:, n] = counted & free[np.arange(len(thresholds)), index]
        set_aside[:, n] = reached & ignored[index]
        free[reached, index[reached]] = False
    return Matches(right, set_aside)


def _take_voc(
    overlaps: Floats, ignored: Flags, thresholds: Floats, free: Flags
) -> tuple[NDArray[np.intp], Flags]:
    """Return the object that a detection looks at and whether it reaches it, per threshold."""
    best = np.full(len(thresholds), overlaps.argmax(), dtype=np.intp)
    return best, overlaps[best] >= thresholds


def _take_coco(
    overlaps: Floats, ignored: Flags, thresholds: Floats, free: Flags
) -> tuple[NDArray[np.intp], Flags]:
    reached = free & (overlaps >= thresholds[:, None])  # (T, M)
    counted = reached & ~ignored
    choice = np.where(counted.any(axis=1, keepdims=True), counted, reached)
    value = np.where(choice, overlaps, -1)
    last_best = value.shape[1] - 1 - value[:, ::-1].argmax(axis=1)
    found: Flags = np.any(choice, axis=1)
    return last_best, found
