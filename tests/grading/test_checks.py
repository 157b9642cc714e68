"""Checks accept what is right, and say of what is wrong how it is wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from course_lib.grading import checks
from course_lib.grading.checks import Wrong


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (3, 3),
        (3.0, 3),
        (3.0000001, 3),
        (np.float32(3), 3),
        (torch.tensor([1.0, 2.0]), [1, 2]),
        ([1, 2], np.array([1.0, 2.0])),
        ((1, 2), [1, 2]),
        (True, True),
        (np.True_, True),
        ("same", "same"),
        (None, None),
        ([np.zeros(2), np.zeros(3)], [[0, 0], [0, 0, 0]]),
        ({"a": 1, "b": [2.0]}, {"a": 1.0, "b": (2,)}),
        ([float("nan")], [float("nan")]),
        ([], []),
    ],
)
def test_what_is_right_passes(actual: Any, expected: Any) -> None:
    checks.equal(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "words"),
    [
        (4, 3, "is 4, expected 3"),
        (None, 3, "does the function end with `return`"),
        ("3", 3, "expected numbers"),
        ([1, 2, 3], [1, 2], r"has shape \(3,\), expected \(2,\)"),
        ([[1, 2]], [1, 2], r"shape \(1, 2\)"),
        ([1, 2, 3], 3, r"has shape \(3,\), expected a single number"),
        (7, (7, 1), r"is a single number, 7, expected shape \(2,\)"),
        ([1, 5, 7], [1, 2, 3], r"wrong in 2 of 3 places, first at \[1\]: 5, expected 2"),
        (torch.zeros(2, 2), np.eye(2), r"first at \[0, 0\]: 0, expected 1"),
        (1, True, "is 1, expected True"),
        ("a", "b", "is 'a', expected 'b'"),
        ({"a": 1}, {"b": 1}, "has the keys"),
        ({"a": 1}, {"a": 2}, r"at \['a'\] is 1"),
        (3, {"a": 2}, "is 3"),
        ([np.zeros(2)], [np.zeros(2), np.zeros(3)], "has 1 items|shape"),
        ([float("nan")], [1.0], "expected 1"),
        (object(), 3, "expected numbers"),
    ],
)
def test_what_is_wrong_is_said_in_words(actual: Any, expected: Any, words: str) -> None:
    with pytest.raises(Wrong, match=f"the thing.*{words}"):
        checks.equal(actual, expected, "the thing")


def test_a_mistake_that_was_foreseen_gets_its_hint_and_no_other() -> None:
    mistakes = {"the kernel was turned": [2, 1], "one was added": [2, 3]}
    with pytest.raises(Wrong, match="Hint: one was added"):
        checks.equal([2, 3], [1, 2], mistakes=mistakes)
    with pytest.raises(Wrong) as error:
        checks.equal([9, 9], [1, 2], mistakes=mistakes)
    assert "Hint" not in str(error.value)


def test_a_condition_is_a_plain_truth_value() -> None:
    checks.true(True, "never")
    checks.true(np.True_, "never")
    with pytest.raises(Wrong, match="too many"):
        checks.true(False, "too many")
    with pytest.raises(TypeError, match="True or False, not a list"):
        checks.true([1], "never")


def test_an_error_that_is_owed_must_come_and_be_of_its_kind() -> None:
    checks.raises(ValueError, int, "x", hint="no number")
    with pytest.raises(Wrong, match="nothing was raised, expected ValueError: no number"):
        checks.raises(ValueError, int, "3", hint="no number")
    with pytest.raises(Wrong, match="raised TypeError, expected ValueError"):
        checks.raises(ValueError, int, [], hint="no number")


def test_the_tolerance_is_absolute_or_relative() -> None:
    checks.equal(1000.5, 1000, tolerance=1e-3)
    checks.equal(0.0005, 0, tolerance=1e-3)
    with pytest.raises(Wrong):
        checks.equal(0.01, 0, tolerance=1e-3)
