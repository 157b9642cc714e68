"""`course labs status`: what is released, handed in, graded, and waits for a person."""

from __future__ import annotations

from pathlib import Path

import click

from course_lib.cli.labs_folder import course_option, opened


@click.command()
@course_option
def status(folder: Path) -> None:
    """Print a line for each lab of the course folder."""
    with opened(folder) as course:
        from course_lib.grading.status import status

        rows = status(course)
        if not rows:
            click.echo("No lab is released: `course labs release LAB --from labs`")
        width = max((len(row.lab) for row in rows), default=0)
        for row in rows:
            click.echo(
                f"{row.lab:{width}}  {row.submitted} handed in, {row.graded} graded, "
                f"{row.by_hand} to be marked by hand, {row.odd} to be looked at"
            )
