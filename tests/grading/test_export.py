"""What an export says of work on which the grader failed; nothing of a student's runs here."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from course_lib.grading.course import Course
from course_lib.grading.export import Layout, export
from course_lib.grading.grades import record
from course_lib.grading.release import release
from tests.grading.courses import write_source
from tests.grading.small_lab import LAB


@pytest.mark.parametrize("layout", ["canvas", "moodle"])
def test_only_a_notebook_that_was_judged_has_a_grade(layout: Layout, tmp_path: Path) -> None:
    root = tmp_path / "course"
    write_source(root)
    course = Course(root)
    release(course, LAB.assignment, None)
    (lab,) = course.labs(LAB.assignment)
    for student, status in (("ada", "crashed"), ("bob", "unreadable")):
        record(course, lab, student, {"status": status})
    target = export(course, tmp_path / "grades.csv", layout, [LAB.assignment])
    with target.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    column = rows[0].index("Grade" if layout == "moodle" else LAB.assignment)
    said = {row[0].removeprefix("Participant "): row[column] for row in rows[1:]}
    assert said["ada"] == ""
    assert float(said["bob"]) == 0
