"""Writes results into nbgrader's gradebook and folders: the one place that does.

nbgrader's own preprocessors decide what an outcome is worth, keep marks given by hand and take
penalties for lateness, so that its formgrader and its other commands find what they expect.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.preprocessors import AssignLatePenalties, SaveAutoGrades
from nbgrader.utils import parse_utc

from course_lib.grading.course import Course
from course_lib.grading.files import read_strange
from course_lib.grading.lab import Lab

STAMP = "timestamp.txt"
UNFINISHED = ".grading-"


def record(course: Course, lab: Lab, student: str, result: dict[str, Any]) -> None:
    """Write one result into the gradebook and into `autograded/`; doing it twice changes nothing.

    Parameters
    ----------
    course
        The course.
    lab
        The notebook that was examined.
    student
        Whose it is.
    result
        As `examination.examine` returns it, or with the status `crashed` or `absent`.
    """
    with course.gradebook() as book:
        book.update_or_create_student(student)
        when = _submitted_at(course, lab.assignment, student)
        given = {"timestamp": when} if when else {}
        book.update_or_create_submission(lab.assignment, student, **given)
        if result["status"] != "graded":
            _without_notebook(book, lab, student, crashed=result["status"] == "crashed")
            return
    notebook = nbformat.from_dict(result["notebook"])  # type: ignore[no-untyped-call]
    resources = {
        "nbgrader": {
            "assignment": lab.assignment,
            "notebook": lab.notebook,
            "student": student,
            "db_url": course.directory.db_url,
        }
    }
    for preprocessor in (SaveAutoGrades, AssignLatePenalties):
        notebook, resources = preprocessor(config=course.config).preprocess(notebook, resources)
    text = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    _write_autograded(course, lab, student, text)


def _submitted_at(course: Course, assignment: str, student: str) -> datetime | None:
    """Return the time in `timestamp.txt`, or None where there is none that can be read."""
    path = course.folder("submitted", assignment, student) / STAMP
    try:
        when: datetime = parse_utc(read_strange(path, 200).decode().strip())
    except (OSError, ValueError, OverflowError):
        return None
    return when


def _without_notebook(book: Any, lab: Lab, student: str, *, crashed: bool) -> None:
    """Give nothing where there is nothing; where the grader failed, leave the mark to a person."""
    notebook = book.find_submission_notebook(lab.notebook, lab.assignment, student)
    for grade in notebook.grades:
        grade.auto_score = None if crashed else 0
        grade.needs_manual_grade = crashed
    book.db.commit()


def _write_autograded(course: Course, lab: Lab, student: str, text: str) -> None:
    """Put the notebook that ran, the lab's data and the time stamp where formgrader looks."""
    folder = course.folder("autograded", lab.assignment, student)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=course.own / lab.assignment, prefix=UNFINISHED))
    for path in folder.glob("*.ipynb"):  # the assignment's other notebooks
        shutil.copy2(path, fresh / path.name)
    notebook = fresh / f"{lab.notebook}.ipynb"
    notebook.unlink(missing_ok=True)
    notebook.write_text(text, encoding="utf-8")
    for name, data in course.data(lab.assignment).items():
        (fresh / name).write_bytes(data)
    when = _submitted_at(course, lab.assignment, student)
    if when:
        (fresh / STAMP).write_text(f"{when.isoformat(sep=' ')} UTC", encoding="utf-8")
    fresh.chmod(0o755)
    if folder.exists():
        _make_removable(folder)
        shutil.rmtree(folder)
    os.replace(fresh, folder)


def _make_removable(folder: Path) -> None:
    """Let a folder go that nbgrader made read-only."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(path.stat().st_mode | stat.S_IRWXU)
