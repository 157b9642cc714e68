"""A tiny lab, made for the tests of what reads labs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

SHARED = """\
import numpy as np
from course_lib.grading import checks
signal = np.arange(4.0)"""
ANSWER = '''\
def doubled(x):
    """Return twice a signal, shape (L,)."""
    ### BEGIN SOLUTION
    return x + x
    ### END SOLUTION'''
TEST = """\
checks.equal(doubled(signal), 2 * signal, "twice the signal", mistakes={"a square?": signal**2})
### BEGIN HIDDEN TESTS
from course_lib.grading import hidden
random = hidden.generator("doubled")
x = random.normal(size=5)
y = x.copy()
checks.equal(doubled(x), 2 * y, "twice a random signal")
### END HIDDEN TESTS"""
ANSWER_2 = """\
### BEGIN SOLUTION
largest = 3.0
### END SOLUTION"""
TEST_2 = """checks.equal(largest, 3.0, "the largest value")"""
BY_HAND = """\
Doubling is linear: it keeps sums and multiples.

### BEGIN MARK SCHEME
One point for each.
### END MARK SCHEME"""


def cell(source: str, grade_id: str = "", kind: str = "code", **nbgrader: Any) -> Any:
    """Return a cell, with nbgrader's metadata where it has a name."""
    made = (new_code_cell if kind == "code" else new_markdown_cell)(source)
    made.id = grade_id or f"free-{abs(hash(source)) % 10**8}"
    if grade_id:
        base = {"grade": False, "solution": False, "task": False, "locked": False}
        made.metadata["nbgrader"] = {
            **base,
            "grade_id": grade_id,
            "schema_version": 3,
            "cell_type": kind,
            **nbgrader,
        }
    return made


def tiny_notebook() -> Any:
    """Return the lab: an array to double, its largest value, a question by hand."""
    test = {"grade": True, "locked": True}
    return new_notebook(
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
        cells=[
            cell("# Doubling", kind="markdown"),
            cell(SHARED, "set-up", locked=True),
            cell(ANSWER, "doubled", solution=True),
            cell(TEST, "doubled-test", **test, points=10),
            cell("looked_at = doubled(signal)"),
            cell(ANSWER_2, "largest", solution=True),
            cell(TEST_2, "largest-test", **test, points=7),
            cell(BY_HAND, "linear", "markdown", grade=True, solution=True, points=4),
        ],
    )


def write(notebook: Any, folder: Path, name: str = "09-doubling") -> Path:
    """Write a lab as the course keeps it and return the notebook's path."""
    path = folder / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path
