"""Whole numbers as settings: one of them, or one for each axis of an image.

Pure Python: nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral
from typing import TypeGuard


def is_whole(value: object) -> TypeGuard[int]:
    """Return whether a value is a whole number; True and False are none."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def check_count(name: str, value: int, least: int = 1) -> None:
    """Raise a ValueError unless a setting is a whole number of at least `least`."""
    if not is_whole(value) or value < least:
        raise ValueError(f"{name}={value!r}: expected a whole number of at least {least}")


def pair(name: str, value: int | Sequence[int]) -> tuple[int, int]:
    """Return a setting as one number for the rows and one for the columns.

    Parameters
    ----------
    name : str
        What the setting is called in an error.
    value : int, or a sequence of two
        One number stands for both axes.

    Returns
    -------
    vertical, horizontal : int

    Raises
    ------
    ValueError
        If it is neither.

    Examples
    --------
    >>> pair("stride", 2)
    (2, 2)
    >>> pair("stride", (2, 1))
    (2, 1)
    """
    if is_whole(value):
        return int(value), int(value)
    if isinstance(value, Sequence) and len(value) == 2:
        vertical, horizontal = value
        if is_whole(vertical) and is_whole(horizontal):
            return int(vertical), int(horizontal)
    raise ValueError(f"{name}={value!r}: expected a whole number, or a pair of them")
