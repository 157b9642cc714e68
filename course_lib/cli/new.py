"""`course new`: a table of what one can begin, each imported only when it runs."""

from __future__ import annotations

import click

from course_lib.cli.lazy import LazyGroup

# name → (module, attribute, what it does)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "demo": ("course_lib.cli.new_demo", "demo", "Write a small demo that works, to begin from."),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def new() -> None:
    """Begin something new, in the clone."""
