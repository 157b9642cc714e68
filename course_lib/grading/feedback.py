"""Feedback for students: a page with their own work, which checks failed, and marks and comments.

What a student wrote is sanitised (nh3) or escaped: whoever opens the page runs nothing of it. The
hidden parts of tests are left out unless they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nh3
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup
from nbgrader.api import Gradebook
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from course_lib.files import write_whole
from course_lib.grading.course import Course, CourseError
from course_lib.grading.lab import Lab, MasterCell, without_hidden
from course_lib.grading.markdown import as_html
from course_lib.grading.run import kept_result

FORMATTER = HtmlFormatter(style="default", nowrap=False)
DARK = HtmlFormatter(style="github-dark")  # as in the book


@dataclass(frozen=True)
class Shown:
    """One cell of the page."""

    kind: str  # text, code, test
    body: Markup
    outputs: tuple[Markup, ...] = ()
    points: float | None = None
    score: float | None = None
    passed: bool | None = None
    message: str = ""
    comment: str = ""


def write_feedback(
    course: Course, assignment: str, students: list[str] | None = None, *, hidden: bool = False
) -> list[Path]:
    """Write `feedback/STUDENT/LAB/NOTEBOOK.html` for each graded submission; return the paths.

    There is none for a submission on which the grader itself failed: it has no mark yet.

    Parameters
    ----------
    course, assignment
        The course folder and the lab's name.
    students
        Whose; without it, everybody's.
    hidden
        Whether to show the hidden parts of tests too.

    Raises
    ------
    CourseError
        If nothing was graded.
    """
    written = []
    for lab in course.labs(assignment):
        for student in students or course.students(assignment):
            result = kept_result(course, lab, student)
            if result is None or result["status"] == "crashed":
                continue
            with course.gradebook() as book:
                page = _page(book, lab, student, result, hidden)
            path = course.folder("feedback", assignment, student) / f"{lab.notebook}.html"
            write_whole(path, page.encode())
            written.append(path)
    if not written:
        raise CourseError(f"nothing of {assignment!r} is graded yet")
    return written


def _page(book: Gradebook, lab: Lab, student: str, result: dict[str, Any], hidden: bool) -> str:
    environment = Environment(
        loader=PackageLoader("course_lib.grading", "templates"), autoescape=select_autoescape()
    )
    submission = book.find_submission_notebook(lab.notebook, lab.assignment, student)
    return environment.get_template("feedback.html").render(
        title=lab.notebook,
        student=student,
        score=submission.score,
        max_score=submission.max_score,
        penalty=submission.late_submission_penalty or 0,
        waits=submission.needs_manual_grade,
        result=result,
        cells=_cells(book, lab, student, result, hidden),
        style=_style(),
    )


def _style() -> Markup:
    """Return the colours of code, on light and on dark paper."""
    light, dark = (one.get_style_defs(".highlight") for one in (FORMATTER, DARK))
    return Markup(f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}")


def _cells(
    book: Gradebook, lab: Lab, student: str, result: dict[str, Any], hidden: bool
) -> list[Shown]:
    masters = {cell.grade_id: cell for cell in lab.cells}
    shown = []
    for cell in result.get("notebook", {}).get("cells", []):
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        master = masters.get(name)
        marks = _marks(book, lab, student, master) if master else {}
        if master and master.is_test:
            source = cell["source"] if hidden else without_hidden(cell["source"])
            verdict = result["tests"][master.grade_id]
            shown.append(
                Shown(
                    "test",
                    _code(source),
                    passed=verdict["outcome"] == "passed",
                    message=("A hidden check: " if verdict["hidden"] else "") + verdict["message"],
                    **marks,
                )
            )
        elif cell["cell_type"] == "code":
            outputs = tuple(_output(output) for output in cell["outputs"])
            shown.append(Shown("code", _code(cell["source"]), outputs, **marks))
        else:
            shown.append(Shown("text", _text(cell), **marks))
    return shown


def _marks(book: Gradebook, lab: Lab, student: str, master: MasterCell) -> dict[str, Any]:
    """Return points, score and comment of a cell, as the gradebook has them."""
    names = master.grade_id, lab.notebook, lab.assignment, student
    marks: dict[str, Any] = {}
    if master.points is not None:
        grade = book.find_grade(*names)
        waits = grade.needs_manual_grade and grade.manual_score is None
        marks = {"points": grade.max_score, "score": None if waits else grade.score}
    if master.solution or master.task:
        marks["comment"] = book.find_comment(*names).comment or ""
    return marks


def _code(source: str) -> Markup:
    return Markup(highlight(source, PythonLexer(), FORMATTER))


def _text(cell: dict[str, Any]) -> Markup:
    """Return markdown as HTML in which nothing runs; pictures only those pasted into the cell."""
    html = as_html(cell["source"])
    for name, data in cell.get("attachments", {}).items():
        for kind, picture in data.items():
            figure = nh3.clean(f'<img alt="{nh3.clean_text(name)}">')
            source = f'src="data:{kind};base64,{picture}"'
            html += figure.replace("<img", f"<img {source}", 1)
    return Markup(html)


def _output(output: dict[str, Any]) -> Markup:
    if output["output_type"] == "stream":
        return Markup("<pre>{}</pre>").format(output["text"])
    if output["output_type"] == "error":
        return Markup('<pre class="error">{}</pre>').format("\n".join(output["traceback"]))
    picture = output["data"].get("image/png")
    if picture:
        source = picture.replace("\n", "")
        return Markup(
            '<img alt="A picture that the cell drew" src="data:image/png;base64,{}">'
        ).format(source)
    return Markup("<pre>{}</pre>").format(output["data"].get("text/plain", ""))
