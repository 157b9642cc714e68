"""Checks of traits whose errors name the trait, its value and what is allowed."""

import math
from collections.abc import Sequence
from copy import copy
from numbers import Integral, Real
from reprlib import repr as shown  # a huge value must not make a huge message
from typing import Any

from traitlets import TraitError, TraitType


class Checked(TraitType[Any, Any]):
    """A trait that its demo checks whatever the value; `traitlets.Any` would let None pass."""

    def default(self, obj: Any = None) -> Any:
        """Return the default value, to each demo its own: a list can be changed in place."""
        return copy(self.default_value)


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
        raise TraitError(f"{trait} is {shown(values)}; expected {allowed}")
    if not at_least <= len(values) <= at_most:
        raise TraitError(f"{trait} has {len(values)} values; expected {allowed}")
    for index, value in enumerate(values):
        number = isinstance(value, Real) and not isinstance(value, bool)
        if not number or not abs(value) <= bound:  # NaN is not either
            raise TraitError(f"{trait}[{index}] is {shown(value)}; expected {allowed}")
    return [float(value) for value in values]


def check_rows(
    trait: str, value: Any, *, least: int = 1, most: int, low: float, high: float
) -> list[list[float]]:
    """Return `value` as rows of floats, all of one length.

    Parameters
    ----------
    trait : str
        The trait's name, for the error.
    value : Sequence of Sequence of float
        Lists, tuples, an array or a tensor.
    least, most : int
        How many rows there may be, and how many numbers in each.
    low, high : float
        The limits of a number.

    Raises
    ------
    TraitError
        If the rows are too few, too many or of several lengths, or a value is out of its limits.
    """
    count = f"{most}" if least == most else f"{least} to {most}"
    allowed = f"{count} rows of {count} numbers from {low:g} to {high:g}"
    if hasattr(value, "tolist"):
        value = value.tolist()
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise TraitError(f"{trait} is {shown(value)}; expected {allowed}")
    if not least <= len(value) <= most:
        raise TraitError(f"{trait} has {len(value)} rows; expected {allowed}")
    for r, row in enumerate(value):
        if not isinstance(row, Sequence) or isinstance(row, str) or not least <= len(row) <= most:
            raise TraitError(f"{trait}[{r}] is {shown(row)}; expected {allowed}")
        if len(row) != len(value[0]):
            raise TraitError(
                f"{trait}[{r}] has {len(row)} values, but {trait}[0] has {len(value[0])};"
                " expected rows of one length"
            )
        for c, one in enumerate(row):
            number = isinstance(one, Real) and not isinstance(one, bool)
            if not number or not low <= one <= high:  # NaN is not either
                raise TraitError(f"{trait}[{r}][{c}] is {shown(one)}; expected {allowed}")
    return [[float(one) for one in row] for row in value]


def check_whole(trait: str, value: Any, *, at_least: int, at_most: int) -> int:
    """Return `value`, a whole number.

    Raises
    ------
    TraitError
        If it is not a whole number from `at_least` to `at_most`.
    """
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not whole or not at_least <= value <= at_most:
        raise TraitError(
            f"{trait} is {shown(value)}; expected a whole number from {at_least} to {at_most}"
        )
    return int(value)


def check_number(trait: str, value: Any, *, at_least: float, at_most: float) -> float:
    """Return `value` as a float.

    Raises
    ------
    TraitError
        If it is no number, NaN, less than `at_least` or more than `at_most`.
    """
    number = isinstance(value, Real) and not isinstance(value, bool)
    if not number or not at_least <= value <= at_most:  # NaN is not either
        raise TraitError(
            f"{trait} is {shown(value)}; expected a number from {at_least:g} to {at_most:g}"
        )
    return float(value)


def check_word(trait: str, value: Any, *, words: Sequence[str]) -> str:
    """Return `value`, one of a few words.

    Raises
    ------
    TraitError
        If it is none of them.
    """
    if not isinstance(value, str) or value not in words:
        raise TraitError(f"{trait} is {shown(value)}; expected one of {', '.join(words)}")
    return value


def check_finite(
    trait: str, value: float | None, *, at_least: float = -math.inf, at_most: float = math.inf
) -> float | None:
    """Return `value`, a finite number or None.

    Raises
    ------
    TraitError
        If it is NaN, infinite, less than `at_least` or more than `at_most`.
    """
    if value is None or (math.isfinite(value) and at_least <= value <= at_most):
        return value
    allowed = "a finite number"
    if at_least > -math.inf:
        allowed += f" from {at_least:g}"
    if at_most < math.inf:
        allowed += f" to {at_most:g}"
    raise TraitError(f"{trait} is {shown(value)}; expected {allowed}")
