"""Runs a student's notebook with the checks that stand in it, as the notebook itself would.

This is for whoever wrote the notebook, on their own machine: nothing is walled off, and a notebook
that was made to deceive deceives its author. It takes no more than the package's own dependencies.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from course_lib.grading.lab import Lab, MasterCell, without_hidden
from course_lib.grading.submission import Cell, UnreadableError, assemble, marks_of, read_notebook

HEADING = re.compile(r"^#{2,6} +(.+?) *$", re.M)  # the first level is the lab's own title
NOT_YET = "not answered yet"
KNOWN = "course_questions"  # in a released notebook's metadata: each question's points
MISSING = "its cell is missing: take it from the notebook as it was released"
NO_TEXT = ("", "YOUR ANSWER HERE")  # what nbgrader leaves in a cell for a text


@dataclass(frozen=True)
class Question:
    """One question of a lab, and how its visible checks went.

    Parameters
    ----------
    name
        Of the cell that is worth the points.
    points
        What it is worth.
    outcome
        `by hand` where a person marks it.
    message
        What is wrong where it failed, or that nothing was written.
    heading
        The last one above it that the reader sees, or "".
    """

    name: str
    points: float
    outcome: Literal["passed", "failed", "by hand"]
    message: str = ""
    heading: str = ""


def with_questions(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook that knows what it asks, so that a question taken out is missed."""
    asked = {
        cell.master.grade_id: cell.master.points
        for cell in _cells(notebook["cells"])
        if cell.master is not None and cell.master.points is not None
    }
    return {**notebook, "metadata": {**notebook["metadata"], KNOWN: asked}}


def check_notebook(data: bytes, folder: Path) -> Iterator[Question]:
    """Run a notebook's cells in order and yield each question as soon as it is judged.

    Parameters
    ----------
    data
        The notebook's bytes.
    folder
        Where its cells find their files.

    Raises
    ------
    UnreadableError
        If it is no notebook, or asks nothing.
    """
    cells = _cells(read_notebook(data))
    if not any(cell.master and cell.master.points is not None for cell in cells):
        raise UnreadableError("none of its cells is a question of a lab")
    os.environ["MPLBACKEND"] = "agg"  # a picture opens no window
    # IPython takes a second to import.
    from course_lib.grading.shell import Shell, run_cell

    shell = Shell()
    missing = _asked(data)
    stopped = heading = ""
    for cell in cells:
        error = None
        if cell.role == "text" and cell.master is None:
            heading = [heading, *HEADING.findall(cell.source)][-1]
        if cell.role != "text":
            with _at(folder):
                error = run_cell(shell, without_hidden(cell.source)).error
        if error and error[0] == "KeyboardInterrupt":
            raise KeyboardInterrupt
        if cell.master:
            missing.pop(cell.master.grade_id, None)
        if cell.role == "test":
            yield replace(_judged(cell, error, stopped), heading=heading)
        elif cell.master and cell.master.points is not None:
            said = NOT_YET if cell.source.strip() in NO_TEXT else ""
            yield Question(cell.master.grade_id, cell.master.points, "by hand", said, heading)
        if error and cell.role != "test":
            name = f"the cell {cell.master.grade_id!r}" if cell.master else "a cell above"
            stopped = f"{name} stopped: {_message(error)}"
    for name, points in missing.items():
        yield Question(name, points, "failed", MISSING)


def _asked(data: bytes) -> dict[str, float]:
    """Return the questions that the notebook had when it was released, as far as it knows them."""
    metadata = json.loads(data.decode("utf-8-sig")).get("metadata")
    asked = metadata.get(KNOWN) if isinstance(metadata, dict) else None
    if not isinstance(asked, dict):
        return {}
    return {name: float(p) for name, p in asked.items() if isinstance(p, int | float)}


def _judged(cell: Cell, error: tuple[str, str] | None, stopped: str) -> Question:
    assert cell.master is not None
    assert cell.master.points is not None
    if error is None:
        return Question(cell.master.grade_id, cell.master.points, "passed")
    message = _message(error)
    if error[0] == "NameError" and stopped:
        message += f"\n{stopped}"
    return Question(cell.master.grade_id, cell.master.points, "failed", message)


def _message(error: tuple[str, str]) -> str:
    kind, text = error
    if kind == "NotImplementedError":
        return NOT_YET
    if kind in ("Wrong", "AssertionError"):
        return text or "it is not so"
    return f"your code raised {kind}: {text}" if text else f"your code raised {kind}"


def _cells(notebook: list[dict[str, Any]]) -> list[Cell]:
    """Return a notebook's cells with what nbgrader knows of them, all with the student's text."""
    masters = tuple(master for cell in notebook if (master := _master(cell)))
    return assemble(Lab("", "", masters), notebook)


def _master(cell: dict[str, Any]) -> MasterCell | None:
    nbgrader, kind = marks_of(cell), cell.get("cell_type")
    name, points = nbgrader.get("grade_id"), nbgrader.get("points")
    if not isinstance(name, str) or kind not in ("code", "markdown"):
        return None
    solution, task = nbgrader.get("solution") is True, nbgrader.get("task") is True
    graded = (nbgrader.get("grade") is True or task) and isinstance(points, int | float)
    worth = float(points) if graded and points is not None else None
    return MasterCell(name, kind, "", locked=False, points=worth, solution=solution, task=task)


@contextlib.contextmanager
def _at(folder: Path) -> Iterator[None]:
    """Stand in a folder and import what lies in it, meanwhile."""
    path = list(sys.path)
    sys.path.insert(0, str(folder))
    try:
        with contextlib.chdir(folder):
            yield
    finally:
        sys.path[:] = path
