"""The images that a reader makes: a drawing in chalk, and a picture from disk, in grey."""

from __future__ import annotations

from typing import Any

from course_lib.demos.checks import check_rows

DRAWN = 16  # pixels along a side of the first drawing
LARGEST = 64  # pixels along a side of an own image

RING = tuple(
    tuple(1.0 if 16 <= (r - 7.5) ** 2 + (c - 7.5) ** 2 < 36 else 0.0 for c in range(DRAWN))
    for r in range(DRAWN)
)
"""The drawing that a page begins with: 1 where there is chalk."""


def check_own(trait: str, value: Any, *, least: int = 1) -> list[list[float]]:
    """Return `value` as rows of grey levels, or no rows where there is no image.

    Parameters
    ----------
    trait : str
        The trait's name, for the error.
    value : Sequence of Sequence of float
        Lists, tuples, an array or a tensor; `least` to 64 rows of `least` to 64 levels from
        0 (black) to 255.
    least : int

    Raises
    ------
    TraitError
        If there are rows, and they are too few, too many or of several lengths, or a level is out
        of its limits.
    """
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)) and len(value) == 0:
        return []
    return check_rows(trait, value, least=least, most=LARGEST, low=0, high=255)
