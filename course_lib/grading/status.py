"""What stands where in a course folder."""

from __future__ import annotations

from dataclasses import dataclass

from nbgrader.api import MissingEntry

from course_lib.grading.course import Course
from course_lib.grading.report import kind
from course_lib.grading.run import kept_result


@dataclass(frozen=True)
class Row:
    """A lab's counts.

    Parameters
    ----------
    lab
        Its name.
    submitted
        Students who handed it in.
    graded
        Those whose work was examined; not those on whom the grader failed.
    by_hand
        Those with an answer that waits for a person.
    odd
        Those whose result is out of the ordinary; the run's report says how.
    """

    lab: str
    submitted: int
    graded: int
    by_hand: int
    odd: int


def status(course: Course) -> list[Row]:
    """Return a row for each lab that the gradebook knows."""
    with course.gradebook() as book:
        names = [assignment.name for assignment in book.assignments]
    return [_row(course, name) for name in names]


def _row(course: Course, assignment: str) -> Row:
    labs, students = course.labs(assignment), course.students(assignment)
    results = [
        [result for lab in labs if (result := kept_result(course, lab, student)) is not None]
        for student in students
    ]
    by_hand = 0
    with course.gradebook() as book:
        for student in students:
            try:
                by_hand += bool(book.find_submission(assignment, student).needs_manual_grade)
            except MissingEntry:
                continue
    return Row(
        assignment,
        len(students),
        sum(
            len(kept) == len(labs) and all(result["status"] != "crashed" for result in kept)
            for kept in results
        ),
        by_hand,
        sum(any(kind(result) != "graded" for result in kept) for kept in results),
    )
