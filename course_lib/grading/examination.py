"""Examines one submission: runs its cells and the lab's tests, and returns what became of them."""

from __future__ import annotations

import re
import tempfile
import time
from collections import deque
from dataclasses import asdict
from pathlib import Path
from typing import Any

from course_lib.grading import hidden
from course_lib.grading.errors import Stopped
from course_lib.grading.lab import Lab
from course_lib.grading.limits import DEFAULT, Limits
from course_lib.grading.outputs import (
    MAX_ALL,
    MAX_CELL,
    clean,
    error_output,
    number_output,
    stream_output,
)
from course_lib.grading.session import Session
from course_lib.grading.submission import Cell, UnreadableError, assemble, read_notebook
from course_lib.grading.trial import Trial, Verdict
from course_lib.grading.wire import WireError

# Where a tag or a character by its number begins.
TAG = re.compile("(?<=<)(?=[A-Za-z/!?])|(?<=&)(?=[#A-Za-z])")
# What makes a link a program. Markdown takes the backslash out of it, and a browser the tab that
# stands in what TeX calls a link.
GAP = r"[\s\\]*"
SCHEME = re.compile(f"(?:{GAP.join('script')}|{GAP.join('data')})(?={GAP}:)", re.I)


def examine(
    lab: Lab,
    submission: bytes,
    seed: bytes,
    files: dict[str, bytes] | None = None,
    limits: Limits = DEFAULT,
) -> dict[str, Any]:
    """Examine one submission in a fresh sandbox.

    Parameters
    ----------
    lab
        The lab, as the gradebook has it.
    submission
        The submitted notebook's bytes, whatever they are.
    seed
        The run's secret, for hidden inputs.
    files
        The lab's data, by name; found beside the notebook on both sides.
    limits
        What the submission may take.

    Returns
    -------
    dict
        Plain JSON: `status` (`graded` or `unreadable`), `reason`, `tests` (a verdict by the name of
        each test, with `missing` and `seconds`), `missing` (names of cells that were not there),
        `restarts`, `seconds`, and `notebook`, the notebook as it ran.

    Raises
    ------
    SandboxError
        If no sandbox can be had.
    """
    start = time.monotonic()
    try:
        cells = assemble(lab, read_notebook(submission))
    except UnreadableError as error:
        return {"status": "unreadable", "reason": str(error), "tests": {}, "missing": []}
    with tempfile.TemporaryDirectory(prefix="lab-") as folder, hidden.seeded(seed):
        for name, data in (files or {}).items():
            Path(folder, name).write_bytes(data)
        with Session(Path(folder), limits) as session:
            tests = _run(lab, cells, session)
            restarts = session.restarts
    return {
        "status": "graded",
        "reason": "",
        "tests": tests,
        "missing": [cell.master.grade_id for cell in cells if cell.missing and cell.master],
        "restarts": restarts,
        "seconds": time.monotonic() - start,
        "notebook": _notebook(cells),
    }


def _run(lab: Lab, cells: list[Cell], session: Session) -> dict[str, Any]:
    trial, tests = Trial(session), {}
    places = {cell.grade_id: place for place, cell in enumerate(lab.cells)}
    # In the lab's order, whatever the submission's: a name that a test does not find here is looked
    # for on the student's side, where a cell moved below the test would leave it to the student.
    shared = deque(cell for cell in lab.cells if cell.is_shared)
    room = MAX_ALL
    for cell in cells:
        if cell.role in ("student", "shared"):
            cell.outputs = _outputs(cell, session, min(room, MAX_CELL))
            room = max(0, room - len(str(cell.outputs)))
        if cell.role == "test":
            assert cell.master is not None
            start = time.monotonic()
            while shared and places[shared[0].grade_id] < places[cell.master.grade_id]:
                trial.share(shared.popleft().source)
            verdict = trial.judge(cell.source)
            cell.outputs = _shown(verdict)
            taken = {"seconds": time.monotonic() - start, "missing": cell.missing}
            tests[cell.master.grade_id] = {**asdict(verdict), **taken}
    return tests


def _outputs(cell: Cell, session: Session, room: int) -> list[dict[str, Any]]:
    """Run a cell in the sandbox and return what it showed, cleaned and within `room`."""
    try:
        outputs, _ = session.run(cell.source)
    except Stopped as error:
        return [error_output(type(error).__name__, f"This cell was stopped: {error}.")]
    except WireError as error:  # a million characters that take six bytes each
        return [error_output("WireError", f"This cell is too large to run: {error}.")]
    return clean(outputs, room)


def _shown(verdict: Verdict) -> list[dict[str, Any]]:
    """Return a verdict as outputs that nbgrader turns into points: an error is none."""
    printed = [stream_output(verdict.printed)] if verdict.printed else []
    if verdict.outcome != "passed":
        where = "A hidden check: " if verdict.hidden else ""
        return [*printed, error_output("Wrong", where + verdict.message)]
    if verdict.credit is not None:
        return [*printed, number_output(verdict.credit)]
    return printed


def _without_markup(cell: Cell) -> str:
    """Return a text in which no HTML begins and no link runs.

    nbgrader's formgrader shows texts with all markup that a student put into them, scripts too, to
    a teacher who is logged in. A space without width keeps a tag from being one, and the text from
    looking otherwise.
    """
    if cell.master is not None and cell.source == cell.master.source:
        return cell.source  # nbgrader knows an answer that was not given by its text
    return SCHEME.sub("\\g<0>\N{ZERO WIDTH SPACE}", TAG.sub("\N{ZERO WIDTH SPACE}", cell.source))


def _notebook(cells: list[Cell]) -> dict[str, Any]:
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        },
        "cells": [_as_notebook_cell(place, cell) for place, cell in enumerate(cells)],
    }


def _as_notebook_cell(place: int, cell: Cell) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "id": f"cell-{place}",
        "cell_type": cell.cell_type,
        "metadata": cell.master.metadata() if cell.master else {},
        "source": _without_markup(cell) if cell.role == "text" else cell.source,
    }
    if cell.cell_type == "code":
        kept |= {"execution_count": None, "outputs": cell.outputs}
    elif cell.attachments:
        kept["attachments"] = cell.attachments
    return kept
