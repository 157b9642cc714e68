"""`course labs`: a table of what is done with labs, each imported only when it runs."""

from __future__ import annotations

import click

from course_lib.cli.lazy import LazyGroup

# name → (module, attribute, what it does)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "release": ("course_lib.cli.labs_release", "release", "Make the notebooks that students get."),
    "grade": ("course_lib.cli.labs_grade", "grade", "Examine a class's submissions."),
    "feedback": ("course_lib.cli.labs_feedback", "feedback", "Tell students what became of it."),
    "export": ("course_lib.cli.labs_export", "export", "Write the grades as a table."),
    "status": ("course_lib.cli.labs_status", "status", "Say what stands where."),
    "check": ("course_lib.cli.labs_check", "check", "Run the checks of a lab's notebook."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def labs() -> None:
    """Work with the labs' notebooks."""
