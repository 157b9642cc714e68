"""Examines one submission: runs its cells and the lab's tests, and returns what became of them."""

from __future__ import annotations

import re
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from course_lib.grading import hidden
from course_lib.grading.errors import OutOfTime, Stopped
from course_lib.grading.lab import Lab
from course_lib.grading.limits import DEFAULT, Limits
from course_lib.grading.outputs import clean, error_output, number_output, stream_output
from course_lib.grading.session import Session
from course_lib.grading.submission import Cell, UnreadableError, assemble, read_notebook
from course_lib.grading.trial import Trial, Verdict

# Where a tag or a character by its number begins, and what makes a link a program.
MARKUP = re.compile(
    "(?<=<)(?=[A-Za-z/!?])|(?<=&)(?=[#A-Za-z])|(?<=script)(?=:)|(?<=data)(?=:)", re.I
)


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
            tests = _run(cells, session)
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


def _run(cells: list[Cell], session: Session) -> dict[str, Any]:
    trial, tests = Trial(session), {}
    for cell in cells:
        if cell.role == "shared":
            trial.share(cell.source)
        if cell.role in ("student", "shared"):
            cell.outputs = _outputs(cell, session)
        if cell.role == "test":
            assert cell.master is not None
            start = time.monotonic()
            verdict = trial.judge(cell.source)
            cell.outputs = _shown(verdict)
            taken = {"seconds": time.monotonic() - start, "missing": cell.missing}
            tests[cell.master.grade_id] = {**asdict(verdict), **taken}
    return tests


def _outputs(cell: Cell, session: Session) -> list[dict[str, Any]]:
    """Run a cell in the sandbox and return what it showed, cleaned."""
    try:
        outputs, _ = session.run(cell.source)
    except OutOfTime as error:
        return [error_output("OutOfTime", f"This cell was stopped: {error}.")]
    except Stopped as error:
        return [error_output("Stopped", f"This cell was stopped: {error}.")]
    return clean(outputs)


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
    return MARKUP.sub("\N{ZERO WIDTH SPACE}", cell.source)


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
