"""Makes course folders of the small lab, and runs the grader on them as an ordinary user."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.grading import ordinary_user
from tests.grading.small_lab import LAB, RIGHT, cell

HAND = "Why does the output become shorter?"
SOLVED = "### BEGIN SOLUTION\n{}\n### END SOLUTION"


def source() -> dict[str, Any]:
    """Return the instructor's notebook of the small lab, with a question marked by hand."""
    cells = []
    for master in LAB.cells:
        text = SOLVED.format(RIGHT[master.grade_id]) if master.solution else master.source
        marks: dict[str, Any] = {"locked": master.locked, "solution": master.solution}
        if master.points is not None:
            marks |= {"points": master.points}
        cells.append(
            cell(master.grade_id, text, grade=master.points is not None, task=False, **marks)
        )
    hand = {"locked": False, "solution": True, "grade": True, "points": 3, "task": False}
    cells.append(cell("why", HAND, "markdown", **hand))
    for place, made in enumerate(cells):
        made["id"] = f"cell-{place}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}


def write_source(root: Path) -> None:
    """Write the instructor's notebook of the small lab into a course folder."""
    lab = root / "source" / LAB.assignment
    lab.mkdir(parents=True)
    (lab / f"{LAB.notebook}.ipynb").write_text(json.dumps(source()), encoding="utf-8")


def make_course(root: Path) -> Path:
    """Make a course folder with the small lab released, that an ordinary user may write."""
    write_source(root)
    give(root)
    done = course("labs", "release", LAB.assignment, "--course", str(root))
    assert done.returncode == 0, done.stderr
    return root


def answered(root: Path, answers: dict[str, str]) -> dict[str, Any]:
    """Return the released notebook with answers put in."""
    path = root / "release" / LAB.assignment / f"{LAB.notebook}.ipynb"
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for released in notebook["cells"]:
        name = released["metadata"].get("nbgrader", {}).get("grade_id")
        released["source"] = answers.get(name, released["source"])
    return notebook


def submit(root: Path, student: str, answers: dict[str, str] | None = None) -> Path:
    """Put a student's answers (the right ones, without any) where submissions lie."""
    folder = root / "submitted" / student / LAB.assignment
    folder.mkdir(parents=True)
    path = folder / f"{LAB.notebook}.ipynb"
    given = RIGHT if answers is None else answers
    path.write_text(json.dumps(answered(root, given)), encoding="utf-8")
    give(root)
    return path


def give(root: Path) -> None:
    """Give a folder to the ordinary user, where the tests run as root."""
    if os.geteuid() != 0:
        return
    for path in (root, *root.rglob("*")):
        os.chown(path, ordinary_user.NOBODY, ordinary_user.NOBODY, follow_symlinks=False)


def words(*arguments: str) -> list[str]:
    """Return the command `course` with arguments, as an ordinary user runs it."""
    return ordinary_user.command([sys.executable, "-m", "course_lib.cli", *arguments])


def course(
    *arguments: str, timeout: float = 600, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run the command `course` as an ordinary user, for `timeout` seconds at most."""
    return subprocess.run(
        words(*arguments),
        text=True,
        capture_output=True,
        check=False,
        timeout=timeout,
        **options,
    )


def results(root: Path, assignment: str = LAB.assignment) -> dict[str, Any]:
    """Return what a course folder knows of each student, without what differs from run to run."""
    found: dict[str, Any] = {}
    folder = root / "grading" / assignment / "results"
    for path in sorted(folder.glob("*/*.json")):
        result = json.loads(path.read_text(encoding="utf-8"))
        for test in result["tests"].values():
            del test["seconds"]
        result.pop("seconds", None)
        found[path.parent.name] = result
    return found


def scores(root: Path, assignment: str = LAB.assignment) -> dict[str, tuple[float, bool]]:
    """Return each student's score and whether a person must look, from nbgrader's gradebook."""
    from course_lib.grading.course import Course

    opened = Course(root)
    with opened.gradebook() as book:
        return {
            submission.student.id: (submission.score, bool(submission.needs_manual_grade))
            for submission in book.assignment_submissions(assignment)
        }
