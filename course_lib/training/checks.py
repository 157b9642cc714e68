"""What an argument must be; every error names it, the value it got and what was expected."""

from __future__ import annotations

from math import isfinite
from numbers import Integral, Real

import torch
from torch import Tensor

LARGEST_SEED = 2**32 - 1
"""The largest seed: the generators behind torch's and NumPy's seeds hold 32 bits."""


def check_count(name: str, value: object, least: int = 1) -> None:
    """Raise unless a value is a whole number of at least `least`.

    Raises
    ------
    TypeError
        If it is no whole number (a bool is none).
    ValueError
        If it is too small.
    """
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise TypeError(f"{name}={value!r}: expected a whole number of at least {least}")
    if int(value) < least:
        raise ValueError(f"{name}={value!r}: expected a whole number of at least {least}")


def check_seed(value: object, name: str = "seed") -> None:
    """Raise unless a value is a whole number from 0 to `LARGEST_SEED`."""
    check_count(name, value, least=0)
    assert isinstance(value, Integral)
    if int(value) > LARGEST_SEED:
        raise ValueError(f"{name}={value!r}: expected a whole number of at most {LARGEST_SEED}")


def check_number(
    name: str, value: object, *, above: float | None = None, least: float | None = None,
    below: float | None = None,
) -> None:  # fmt: skip
    """Raise unless a value is a finite number within its limits.

    Parameters
    ----------
    name : str
    value : object
    above, least, below : float, optional
        The number must be greater than `above`, not less than `least`, less than `below`.

    Raises
    ------
    TypeError
        If it is no number.
    ValueError
        If it is NaN, infinite or beyond a limit.
    """
    limits = {"above": above, "of at least": least, "below": below}
    words = " and ".join(f"{word} {limit}" for word, limit in limits.items() if limit is not None)
    expected = f"expected a finite number {words}".rstrip()
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"{name}={value!r}: {expected}")
    number = float(value)
    if (
        not isfinite(number)
        or (above is not None and number <= above)
        or (least is not None and number < least)
        or (below is not None and number >= below)
    ):
        raise ValueError(f"{name}={value!r}: {expected}")


def check_inputs(name: str, x: object) -> None:
    """Raise unless `x` is a tensor of finite floating-point numbers with examples in it.

    Raises
    ------
    TypeError
        If it is no tensor, or its numbers are not floating-point.
    ValueError
        If it has no examples or no features, or a NaN or an infinity.
    """
    if not isinstance(x, Tensor):
        raise TypeError(f"{name} is a {type(x).__name__}: expected a tensor")
    if not x.is_floating_point():
        raise TypeError(f"{name} has dtype {x.dtype}: expected floating-point numbers")
    if x.ndim < 2 or x.numel() == 0:
        raise ValueError(
            f"{name} has shape {tuple(x.shape)}: expected (N, ...) with at least one example"
        )
    if not bool(torch.isfinite(x).all()):
        raise ValueError(f"{name} holds NaN or infinity: expected finite numbers")


def check_labels(name: str, y: object, count: int) -> None:
    """Raise unless `y` is a tensor of `count` class numbers.

    Raises
    ------
    TypeError
        If it is no tensor of 64-bit integers.
    ValueError
        If it has another shape, or a class below 0.
    """
    if not isinstance(y, Tensor) or y.dtype != torch.int64:
        kind = y.dtype if isinstance(y, Tensor) else type(y).__name__
        raise TypeError(f"{name} is {kind}: expected a tensor of class numbers, dtype torch.int64")
    if y.shape != (count,):
        raise ValueError(
            f"{name} has shape {tuple(y.shape)}: expected ({count},), a class for each example"
        )
    if int(y.min()) < 0:
        raise ValueError(f"{name} holds the class {int(y.min())}: expected classes from 0")
