"""`course labs check`: the checks that a student sees, from the shell."""

from __future__ import annotations

import io
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from course_lib.grading.self_check import Question

MARKS = {"passed": "✓", "failed": "✗", "by hand": "–"}
COLOURS = {"passed": "green", "failed": "red"}


@click.command()
@click.argument(
    "notebook", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)
def check(notebook: Path) -> None:
    """Run a lab's NOTEBOOK from top to bottom and say which of its questions are answered.

    These are the checks that stand in the notebook. When it is graded, more follow, with other
    inputs. Ends with 1 where a check fails and with 2 where the file is no lab's notebook.
    """
    from course_lib.grading.self_check import check_notebook
    from course_lib.grading.submission import UnreadableError

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console that knows no tick
    try:
        data = notebook.read_bytes()
    except OSError as error:
        raise click.BadParameter(f"cannot read {notebook}: {error}") from error
    try:
        questions = list(_told(check_notebook(data, notebook.resolve().parent)))
    except UnreadableError as error:
        raise click.BadParameter(f"{notebook} cannot be checked: {error}.") from error
    _sum_up(questions)
    if any(question.outcome == "failed" for question in questions):
        sys.exit(1)


def _told(questions: Iterator[Question]) -> Iterator[Question]:
    """Print each question as it comes, and hand it on."""
    for question in questions:
        worth = _points(question.points)
        if question.outcome == "failed":
            worth = f"0 of {worth}"
        if question.outcome == "by hand":
            worth += ", marked by hand"
        mark = click.style(MARKS[question.outcome], fg=COLOURS.get(question.outcome))
        name = f"{question.heading} ({question.name})" if question.heading else question.name
        click.echo(f"{mark} {name}: {worth}")
        if question.message:
            click.echo(textwrap.indent(question.message, "    "))
        yield question


def _sum_up(questions: list[Question]) -> None:
    checked = [question for question in questions if question.outcome != "by hand"]
    passed = sum(question.points for question in checked if question.outcome == "passed")
    by_hand = sum(question.points for question in questions) - sum(q.points for q in checked)
    said = f"{passed:g} of {_points(sum(question.points for question in checked))}"
    if by_hand:
        said += f"; {by_hand:g} more marked by hand"
    click.echo(f"\n{said}. When it is graded, further checks follow, with other inputs.")


def _points(number: float) -> str:
    return f"{number:g} point" + ("" if number == 1 else "s")
