"""`course labs release`: make the notebooks that students get."""

from __future__ import annotations

from pathlib import Path

import click

from course_lib.cli.folder import check_writable
from course_lib.cli.labs_folder import opened


@click.command()
@click.argument("labs", nargs=-1, required=True)
@click.option(
    "--course",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    show_default="here",
    help="The course folder, in nbgrader's layout; made with --from where there is none.",
)
@click.option(
    "--from",
    "origin",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of labs, copied into the course's source/ where they are not there yet.",
)
def release(labs: tuple[str, ...], folder: Path, origin: Path | None) -> None:
    """Make the released notebooks of LABS, without solutions and hidden tests.

    nbgrader makes them and notes their cells in the gradebook, from which grading takes the tests.
    """
    if origin is not None:
        check_writable(folder)
    elif not folder.is_dir():
        raise click.BadParameter(
            f"there is no folder {folder}; with --from it is made", param_hint="'--course'"
        )
    with opened(folder) as course:
        from course_lib.grading.release import release

        for lab in labs:
            click.echo(f"Released {release(course, lab, origin)}")
