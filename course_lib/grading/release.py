"""Releases labs: nbgrader makes the students' notebook, and what it made is looked through."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from nbgrader.apps.api import NbGraderAPI

from course_lib.files import write_whole
from course_lib.grading.course import Course, CourseError
from course_lib.grading.self_check import with_questions

MARKS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN", "END HIDDEN", "BEGIN MARK", "END MARK")


def release(course: Course, assignment: str, origin: Path | None = None) -> Path:
    """Make a lab's released notebook and its entry in the gradebook; return its folder.

    Parameters
    ----------
    course
        The course folder.
    assignment
        The lab's name.
    origin
        A folder of labs, from which the lab is copied into the course's `source/` where that has
        it not yet; what an instructor changed there stays.

    Raises
    ------
    CourseError
        If there is no such lab, nbgrader refuses it, or the release would give a solution away.
    """
    source = course.folder("source", assignment)
    if not source.exists():
        if origin is None or not (origin / assignment).is_dir():
            raise CourseError(f"there is no lab {assignment!r} in {source.parent}")
        shutil.copytree(
            origin / assignment, source, ignore=shutil.ignore_patterns(".*", "__pycache__")
        )
    api = NbGraderAPI(course.directory, config=course.config)
    made: dict[str, Any] = api.generate_assignment(assignment, force=True, create=True)
    if not made["success"]:
        raise CourseError(f"nbgrader cannot release {assignment!r}: {_last_lines(made)}")
    folder = course.folder("release", assignment)
    for path in folder.glob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        text = "".join("".join(cell["source"]) + "\n" for cell in notebook["cells"])
        left = [mark for mark in MARKS if mark in text]
        if left:
            shutil.rmtree(folder)
            raise CourseError(f"{path.name} would give away what stands at {left}")
        told = json.dumps(with_questions(notebook), indent=1, ensure_ascii=False) + "\n"
        write_whole(path, told.encode())
    return folder


def _last_lines(made: dict[str, Any]) -> str:
    errors = [line for line in str(made.get("log", "")).splitlines() if line.strip()]
    return "\n".join(errors[-20:]) or str(made.get("error", ""))
