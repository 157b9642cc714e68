"""Checks of traits whose errors name the trait, its value and what is allowed."""

import math
from collections.abc import Sequence
from numbers import Real
from typing import Any

from traitlets import TraitError


def check_numbers(
    trait: str, values: Any, *, at_least: int, at_most: int, bound: float
) -> list[float]:
    """Return `values` as a list of floats.

    Parameters
    ----------
    trait : str
        The trait's name, for the error.
    values : Sequence of float
        A list, tuple, array or tensor of numbers.
    at_least, at_most : int
        How many there may be.
    bound : float
        The largest magnitude of one.

    Raises
    ------
    TraitError
        If there are too few or too many, or one is no finite number within the bound.
    """
    allowed = f"a list of {at_least} to {at_most} numbers between {-bound:g} and {bound:g}"
    if hasattr(values, "tolist"):
        values = values.tolist()
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise TraitError(f"{trait} is {values!r}; expected {allowed}")
    if not at_least <= len(values) <= at_most:
        raise TraitError(f"{trait} has {len(values)} values; expected {allowed}")
    for index, value in enumerate(values):
        number = isinstance(value, Real) and not isinstance(value, bool)
        if not number or not math.isfinite(value) or abs(value) > bound:
            raise TraitError(f"{trait}[{index}] is {value!r}; expected {allowed}")
    return [float(value) for value in values]


def check_whole(trait: str, value: Any, *, at_least: int, at_most: int) -> int:
    """Return `value`, a whole number.

    Raises
    ------
    TraitError
        If it is not a whole number from `at_least` to `at_most`.
    """
    if not isinstance(value, int) or isinstance(value, bool) or not at_least <= value <= at_most:
        raise TraitError(
            f"{trait} is {value!r}; expected a whole number from {at_least} to {at_most}"
        )
    return value
