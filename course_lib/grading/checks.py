"""The checks of the labs: what a student sees at once, and what a hidden test uses.

In a lab's notebook they look at the student's own objects. In the grader the same calls look at
plain values that came from the student's sandbox (see `course_lib.grading.stand_ins`), so a check
never touches an object that a student made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from course_lib.grading.errors import StudentError
from course_lib.grading.stand_ins import StandIn, fetch

# torch's and NumPy's numbers alike: read as arrays of these kinds.
NUMBERS = "biufc"


class Wrong(AssertionError):  # noqa: N818
    """A check that failed; its message says how, and what may have gone wrong."""


def value(thing: Any) -> Any:
    """Return a plain value: what a student's name holds, fetched where it is elsewhere."""
    return fetch(thing) if isinstance(thing, StandIn) else thing


def equal(
    actual: Any,
    expected: Any,
    what: str = "the result",
    *,
    tolerance: float = 1e-6,
    mistakes: Mapping[str, Any] | None = None,
) -> None:
    """Check that a number, string, array or nested list of them is what is expected.

    Parameters
    ----------
    actual
        The student's value.
    expected
        The right one.
    what
        How the message names it, such as "the output for stride 2".
    tolerance
        Largest difference allowed of any number, absolute or relative to the expected one.
    mistakes
        Hints by the value that a typical mistake gives: `{"the kernel was turned round": flipped}`.

    Raises
    ------
    Wrong
        If it is not, with the hint of the mistake whose value it has.
    """
    actual = value(actual)
    problem = difference(actual, expected, tolerance)
    if problem is None:
        return
    for hint, wrong in (mistakes or {}).items():
        if difference(actual, wrong, tolerance) is None:
            problem += f"\nHint: {hint}"
            break
    raise Wrong(f"{what} {problem}")


def difference(actual: Any, expected: Any, tolerance: float) -> str | None:
    """Say how two plain values differ, or return None where they do not."""
    if actual is None and expected is not None:
        return "is None: does the function end with `return`?"
    if isinstance(expected, bool | str) or expected is None:
        if isinstance(actual, np.bool_):
            actual = bool(actual)
        if type(actual) is type(expected) and actual == expected:
            return None
        return f"is {_shown(actual)}, expected {_shown(expected)}"
    if isinstance(expected, dict):
        return _difference_of_dicts(actual, expected, tolerance)
    numbers, right = _numbers(actual), _numbers(expected)
    if right is None:
        return _difference_of_sequences(actual, expected, tolerance)
    if numbers is None:
        return f"is {_shown(actual)}, expected numbers such as {_shown(expected)}"
    if numbers.shape != right.shape:
        return _difference_of_shapes(numbers, right)
    bad = ~np.isclose(numbers, right, rtol=tolerance, atol=tolerance, equal_nan=True)
    if not bad.any():
        return None
    if right.ndim == 0:
        return f"is {_number(numbers)}, expected {_number(right)}"
    where = tuple(int(i) for i in np.argwhere(bad)[0])
    place = ", ".join(map(str, where))
    return (
        f"is wrong in {int(bad.sum())} of {right.size} places, first at [{place}]: "
        f"{_number(numbers[where])}, expected {_number(right[where])}"
    )


def true(condition: Any, message: str) -> None:
    """Check a truth of the test's own making, such as `error < 0.2`; `message` says what failed.

    Raises
    ------
    Wrong
        If it is false.
    TypeError
        If it is no plain truth value.
    """
    condition = value(condition)
    if not isinstance(condition, bool | np.bool_):
        raise TypeError(f"a check takes True or False, not a {type(condition).__name__}")
    if not condition:
        raise Wrong(message)


def raises(kind: type[Exception], function: Any, *arguments: Any, hint: str, **named: Any) -> None:
    """Check that a call raises an error of a kind, as it should for bad input.

    Raises
    ------
    Wrong
        If it returns, or raises something else; `hint` says what was to be refused.
    """
    try:
        function(*arguments, **named)
    except StudentError as error:
        if error.kind != kind.__name__:
            raise Wrong(f"raised {error.kind}, expected {kind.__name__}: {hint}") from error
    except kind:
        pass
    except Exception as error:
        name = type(error).__name__
        raise Wrong(f"raised {name}, expected {kind.__name__}: {hint}") from error
    else:
        raise Wrong(f"nothing was raised, expected {kind.__name__}: {hint}")


def _numbers(thing: Any) -> np.ndarray | None:
    """Return numbers, lists of them, arrays and tensors as an array, and None for all else."""
    if isinstance(thing, StandIn):
        return None
    if hasattr(thing, "detach"):
        thing = thing.detach().cpu().numpy()
    try:
        array = np.asarray(thing)
    except (ValueError, TypeError):
        return None
    return array if array.dtype.kind in NUMBERS else None


def _difference_of_shapes(numbers: np.ndarray, right: np.ndarray) -> str:
    if right.ndim == 0:
        return f"has shape {numbers.shape}, expected a single number"
    if numbers.ndim == 0:
        return f"is a single number, {_number(numbers)}, expected shape {right.shape}"
    return f"has shape {numbers.shape}, expected {right.shape}"


def _difference_of_sequences(actual: Any, expected: Any, tolerance: float) -> str | None:
    if not isinstance(actual, list | tuple):
        return f"is {_shown(actual)}, expected {_shown(expected)}"
    if len(actual) != len(expected):
        return f"has {len(actual)} items, expected {len(expected)}"
    for i, (mine, right) in enumerate(zip(actual, expected, strict=True)):
        problem = difference(mine, right, tolerance)
        if problem is not None:
            return f"at [{i}] {problem}"
    return None


def _difference_of_dicts(actual: Any, expected: dict[Any, Any], tolerance: float) -> str | None:
    if not isinstance(actual, dict):
        return f"is {_shown(actual)}, expected {_shown(expected)}"
    if actual.keys() != expected.keys():
        return f"has the keys {sorted(map(str, actual))}, expected {sorted(map(str, expected))}"
    for key, right in expected.items():
        problem = difference(actual[key], right, tolerance)
        if problem is not None:
            return f"at [{key!r}] {problem}"
    return None


def _number(x: Any) -> str:
    return f"{x[()]:.6g}" if np.asarray(x).dtype.kind not in "b" else str(bool(x))


def _shown(thing: Any) -> str:
    text = repr(thing)
    return text if len(text) <= 80 else f"{text[:77]}..."
