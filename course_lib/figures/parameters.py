"""What callers may give a figure: the kind of value that its default is, and finite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite
from numbers import Integral, Real
from typing import Any


def checked(figure: str, defaults: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the given parameters as plain Python numbers, words, tuples and rows of numbers.

    Parameters
    ----------
    figure : str
        The figure's name, for the message.
    defaults : Mapping[str, Any]
        Its parameters; a default says what kind of value is expected.
    given : Mapping[str, Any]
        What a caller gave; arrays and tensors count as sequences.

    Raises
    ------
    TypeError
        If there is no such parameter; the message names those that there are.
    ValueError
        If a value is of another kind than its default, or is not finite.
    """
    for name, value in given.items():
        if name not in defaults:
            raise TypeError(
                f"figure {figure} has no parameter {name!r} (given {value!r}); "
                f"it takes: {', '.join(defaults) or 'none'}"
            )
    return {
        name: _as(defaults[name], name, _many(defaults[name], value))
        for name, value in given.items()
    }


def _many(default: Any, value: Any) -> Any:
    """Take a lone number for a sequence of one, where numbers are expected."""
    rows = isinstance(default, tuple) and default and isinstance(default[0], tuple)
    alone = isinstance(value, Real) and not isinstance(value, bool)
    return (value,) if alone and isinstance(default, tuple) and not rows else value


def _as(default: Any, name: str, value: Any) -> Any:
    if isinstance(default, str):
        if not isinstance(value, str):
            raise ValueError(f"{name}={value!r}: expected a word such as {default!r}")
        return value
    if isinstance(default, tuple):
        if default and isinstance(default[0], str):
            return _words(default, name, value)
        if isinstance(value, str) or not isinstance(value, Iterable):
            raise ValueError(f"{name}={value!r}: expected numbers such as {list(default)}")
        if default and isinstance(default[0], tuple):  # rows of numbers
            return tuple(_as(default[0], name, row) for row in value)
        return tuple(_number(name, one) for one in value)
    value = _number(name, value)
    if isinstance(default, int) and not isinstance(value, int):
        raise ValueError(f"{name}={value!r}: expected a whole number such as {default}")
    return value


def _words(default: tuple[str, ...], name: str, value: Any) -> tuple[str, ...]:
    """Return words, which may come as one text with commas between them."""
    words = value.split(",") if isinstance(value, str) else value
    if not isinstance(words, Iterable) or not all(isinstance(word, str) for word in words):
        raise ValueError(f"{name}={value!r}: expected words such as {', '.join(default)}")
    return tuple(word.strip() for word in words if word.strip())


def _number(name: str, value: Any) -> int | float:
    if hasattr(value, "item"):
        value = value.item()  # a number of numpy or torch
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
        raise ValueError(f"{name} has {value!r}: expected a finite number")
    return int(value) if isinstance(value, Integral) else float(value)
