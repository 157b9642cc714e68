"""Checks of boxes that demos share: an error names the trait, its value and what is allowed."""

from __future__ import annotations

from reprlib import repr as shown
from typing import Any

from traitlets import TraitError

from course_lib.demos.checks import check_numbers, check_whole

CLASS_COUNT = 10
"""The classes of the scenes."""


def check_boxes(
    trait: str, value: Any, *, at_least: int, at_most: int, side: int, extent: float
) -> list[list[float]]:
    """Return boxes as lists of corners.

    Parameters
    ----------
    trait : str
        The trait's name, for the error.
    value : Sequence of Sequence of float
        Boxes: x1, y1, x2, y2.
    at_least, at_most : int
        How many there may be.
    side : int
        The image's side, in which they lie.
    extent : float
        The smallest width and height.

    Raises
    ------
    TraitError
        If there are too few or too many, or one is none, or is inside out.
    """
    if hasattr(value, "tolist"):
        value = value.tolist()
    allowed = f"a list of {at_least} to {at_most} boxes (x1, y1, x2, y2) from 0 to {side}"
    if not isinstance(value, (list, tuple)) or not at_least <= len(value) <= at_most:
        raise TraitError(f"{trait} is {shown(value)}; expected {allowed}")
    out = []
    for index, box in enumerate(value):
        name = f"{trait}[{index}]"
        x1, y1, x2, y2 = corners = check_numbers(name, box, at_least=4, at_most=4, bound=side)
        if min(corners) < 0:
            raise TraitError(f"{name} is {shown(box)}; expected {allowed}")
        if x2 < x1 or y2 < y1:
            raise TraitError(f"{name} is {shown(box)}, inside out; expected x1 <= x2 and y1 <= y2")
        if x2 - x1 < extent or y2 - y1 < extent:
            raise TraitError(
                f"{name} is {shown(box)}; expected a width and a height of at least {extent:g}"
            )
        out.append(corners)
    return out


def check_labels(trait: str, value: Any) -> list[int]:
    """Return classes, each a whole number from 0 to 9."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if not isinstance(value, (list, tuple)):
        raise TraitError(f"{trait} is {shown(value)}; expected a list of classes")
    last = CLASS_COUNT - 1
    return [check_whole(f"{trait}[{i}]", v, at_least=0, at_most=last) for i, v in enumerate(value)]


def check_as_many(trait: str, boxes: str, state: dict[str, Any], *others: str) -> None:
    """Raise unless lists are as long as that of the boxes."""
    count = len(state[boxes])
    for other in others:
        if len(state[other]) != count:
            raise TraitError(
                f"{trait} does not fit: {boxes} has {count} entries, {other}"
                f" {len(state[other])}; expected as many (set both within"
                " hold_trait_notifications())"
            )


def check_shares(trait: str, value: Any, *, at_least: int, at_most: int) -> list[float]:
    """Return numbers from 0 to 1."""
    numbers = check_numbers(trait, value, at_least=at_least, at_most=at_most, bound=1)
    for index, number in enumerate(numbers):
        if number < 0:
            raise TraitError(f"{trait}[{index}] is {number:g}; expected a number from 0 to 1")
    return numbers
