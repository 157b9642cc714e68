"""`course labs`: a table of what is done with labs, each imported only when it runs."""

from __future__ import annotations

import click

from course_lib.cli.lazy import LazyGroup

# name → (module, attribute, what it does)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "check": ("course_lib.cli.labs_check", "check", "Run the checks of a lab's notebook."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def labs() -> None:
    """Work with the labs' notebooks."""
