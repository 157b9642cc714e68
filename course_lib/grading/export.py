"""Exports grades: nbgrader's own table, or the columns that Canvas and Moodle take back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import CsvExportPlugin

from course_lib.grading.course import Course, CourseError

Layout = Literal["nbgrader", "canvas", "moodle"]


def export(course: Course, target: Path, layout: Layout, assignments: list[str]) -> Path:
    """Write the grades into a CSV file and return its path.

    Parameters
    ----------
    course
        The course folder.
    target
        The file to write.
    layout
        `nbgrader`: as its own export. `canvas`: a column for each lab, for *Import Grades*.
        `moodle`: identifier and grade of one lab, for the offline grading worksheet.
    assignments
        The labs; without any, all of them.

    Raises
    ------
    CourseError
        If a lab is unknown, or Moodle's layout is asked for more than one.
    """
    with course.gradebook() as book:
        known = [assignment.name for assignment in book.assignments]
        for name in assignments:
            if name not in known:
                raise CourseError(f"the gradebook knows no lab {name!r}; it has {known}")
        labs = assignments or known
        if layout == "nbgrader":
            plugin = CsvExportPlugin(to=str(target), assignment=labs, config=course.config)
            plugin.export(book)
            with target.open(newline="", encoding="utf-8") as file:
                table = list(csv.reader(file))
            _write(target, table)
            return target
        if layout == "moodle" and len(labs) != 1:
            raise CourseError("Moodle takes the grades of one lab at a time: name it")
        rows = _canvas(book, labs) if layout == "canvas" else _moodle(book, labs[0])
        _write(target, rows)
    return target


def _write(target: Path, rows: Iterable[list[Any]]) -> None:
    with target.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([_harmless(cell) for cell in row] for row in rows)


def _canvas(book: Gradebook, labs: list[str]) -> Iterator[list[Any]]:
    """Yield the rows of Canvas's gradebook import: names, ids, and a column a lab."""
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *labs]
    points = [book.find_assignment(lab).max_score for lab in labs]
    yield ["    Points Possible", "", "", "", "", *points]
    for student in book.students:
        scores = [_score(book, lab, student.id) for lab in labs]
        yield [_name(student), student.id, "", student.lms_user_id or "", "", *scores]


def _moodle(book: Gradebook, lab: str) -> Iterable[list[Any]]:
    """Yield the rows of Moodle's grading worksheet."""
    yield ["Identifier", "Full name", "Email address", "Grade", "Maximum grade"]
    most = book.find_assignment(lab).max_score
    for student in book.students:
        score = _score(book, lab, student.id)
        yield [f"Participant {student.id}", _name(student), student.email or "", score, most]


def _score(book: Gradebook, lab: str, student: str) -> float | str:
    """Return a student's score, less the penalty for lateness.

    Empty where nothing came, and where nothing of a notebook has a mark: the grader failed on it,
    and a zero would be nobody's judgement.
    """
    try:
        submission = book.find_submission(lab, student)
    except MissingEntry:
        return ""
    for notebook in submission.notebooks:
        if all(
            grade.auto_score is None and grade.manual_score is None for grade in notebook.grades
        ):
            return ""
    return max(0.0, float(submission.score - submission.late_submission_penalty))


def _name(student: Any) -> str:
    names = [name for name in (student.last_name, student.first_name) if name]
    return ", ".join(names) or student.id


def _harmless(cell: Any) -> Any:
    """Keep a spreadsheet from taking a name for a formula."""
    if not isinstance(cell, str) or cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n"):
        return cell
    try:
        float(cell)  # a score below zero
    except ValueError:
        return "'" + cell
    return cell
