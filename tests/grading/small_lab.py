"""A lab of three questions, and notebooks that answer it: well, badly or with ill intent."""

from __future__ import annotations

import json
from typing import Any

from course_lib.grading.lab import Lab, MasterCell

# Stands in the hidden part of a test alone: who can name it has read a hidden test.
SECRET = "marsupial-4711"

SETUP = "import numpy as np\nfrom course_lib.grading import checks"
CONVOLVE_TEST = f"""\
checks.equal(convolve([1.0, 2.0, 3.0], [1.0, 1.0]), [3.0, 5.0], "the output")
### BEGIN HIDDEN TESTS
from course_lib.grading import hidden
assert "{SECRET}"
x, k = hidden.generator("convolve").normal(size=(2, 5))
checks.equal(convolve(x, k[:3]), np.correlate(x, k[:3]), "the output for other numbers")
### END HIDDEN TESTS"""
ANSWER_TEST = 'checks.equal(answer, 42, "the answer")'
SCALE_TEST = """\
double = scale(2.0)
checks.equal(double(21.0), 42.0, "twice 21")
### BEGIN HIDDEN TESTS
from course_lib.grading import hidden
x = float(hidden.generator("scale").normal())
checks.equal(scale(x)(3.0), 3.0 * x, "a number scaled")
### END HIDDEN TESTS"""

LAB = Lab(
    "lab",
    "lab",
    (
        MasterCell("setup", "code", SETUP, locked=True),
        MasterCell("convolve", "code", "raise NotImplementedError()", False, solution=True),
        MasterCell("convolve-test", "code", CONVOLVE_TEST, locked=True, points=2.0),
        MasterCell("answer", "code", "raise NotImplementedError()", False, solution=True),
        MasterCell("answer-test", "code", ANSWER_TEST, locked=True, points=1.0),
        MasterCell("scale", "code", "raise NotImplementedError()", False, solution=True),
        MasterCell("scale-test", "code", SCALE_TEST, locked=True, points=1.0),
    ),
)
TESTS = ("convolve-test", "answer-test", "scale-test")

RIGHT = {
    "convolve": "def convolve(x, k):\n    return np.correlate(x, k)",
    "answer": "answer = 6 * 7",
    "scale": """\
class Scale:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, x):
        return self.factor * x

scale = Scale""",
}


def cell(name: str | None, source: str, kind: str = "code", **metadata: Any) -> dict[str, Any]:
    """Return a notebook's cell as nbgrader marks it."""
    cell: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": source}
    if kind == "code":
        cell |= {"outputs": [], "execution_count": None}
    if name is not None:
        cell["metadata"] = {"nbgrader": {"grade_id": name, "schema_version": 3, **metadata}}
    return cell


def notebook(answers: dict[str, str]) -> bytes:
    """Return a notebook with these answers, as a student hands it in."""
    return as_bytes([cell(c.grade_id, answers.get(c.grade_id, c.source)) for c in LAB.cells])


def as_bytes(cells: list[Any]) -> bytes:
    """Return a notebook of these cells."""
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


def passed(result: dict[str, Any]) -> set[str]:
    """Return the tests that a result counts as passed."""
    return {name for name, test in result["tests"].items() if test["outcome"] == "passed"}


def shown(result: dict[str, Any]) -> str:
    """Return all that a result's cells showed, as text."""
    return json.dumps([cell.get("outputs") for cell in result["notebook"]["cells"]])
