"""`course labs export`: grades as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from course_lib.cli.labs_folder import course_option, opened


@click.command()
@click.argument("labs", nargs=-1)
@course_option
@click.option(
    "--layout",
    type=click.Choice(["nbgrader", "canvas", "moodle"]),
    default="nbgrader",
    show_default=True,
    help="Whose columns.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default="grades.csv",
    show_default=True,
)
def export(labs: tuple[str, ...], folder: Path, layout: Any, out: Path) -> None:
    """Write the grades of LABS (of all, without any) as CSV."""
    with opened(folder) as course:
        from course_lib.grading.export import export

        try:
            click.echo(f"Wrote {export(course, out, layout, list(labs))}")
        except OSError as error:
            raise click.ClickException(f"cannot write {out}: {error.strerror}") from error
