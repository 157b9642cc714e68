"""What the commands on a course folder share: the folder, and refusals in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from course_lib.cli.missing import not_installed

if TYPE_CHECKING:
    from course_lib.grading.course import Course


F = TypeVar("F", bound=Callable[..., Any])


def course_option(command: F) -> F:
    """Let a command be told where the course folder is."""
    return click.option(
        "--course",
        "folder",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=".",
        show_default="here",
        help="The course folder, in nbgrader's layout.",
    )(command)


def students_option(command: F) -> F:
    """Let a command be told whose work to look at."""
    return click.option(
        "--student", "students", multiple=True, metavar="ID", help="Only this one; may be repeated."
    )(command)


@contextmanager
def opened(folder: Path) -> Iterator[Course]:
    """Open a course folder; what the package refuses meanwhile ends the command in words."""
    try:
        from course_lib.grading.course import Course, CourseError
        from course_lib.grading.errors import SandboxError
        from course_lib.grading.workers import SchedulerError
    except ModuleNotFoundError as error:
        raise not_installed(error, "grading") from error
    try:
        yield Course(folder)
    except (CourseError, SandboxError, SchedulerError) as error:
        raise click.ClickException(str(error)) from error
