"""`course labs feedback`: pages that tell students what became of their work."""

from __future__ import annotations

from pathlib import Path

import click

from course_lib.cli.labs_folder import course_option, opened, students_option


@click.command()
@click.argument("lab")
@course_option
@students_option
@click.option("--hidden", is_flag=True, help="Show the hidden parts of tests too.")
def feedback(lab: str, folder: Path, students: tuple[str, ...], hidden: bool) -> None:
    """Write feedback on LAB into the course's feedback/, a page for each student."""
    with opened(folder) as course:
        from course_lib.grading.feedback import write_feedback

        written = write_feedback(course, lab, list(students) or None, hidden=hidden)
        click.echo(f"Wrote {len(written)} pages, such as {written[0]}")
        if hidden:
            click.echo("They show the hidden tests: whoever reads them knows what is asked.")
