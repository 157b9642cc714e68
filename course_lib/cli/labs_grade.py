"""`course labs grade`: examine a class's submissions, each in a sandbox."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from course_lib.cli.labs_folder import course_option, opened, students_option
from course_lib.cli.scheduler import jobs_options

if TYPE_CHECKING:
    from course_lib.grading.course import Course
    from course_lib.grading.run import Pool


@click.command()
@click.argument("lab")
@click.argument("submissions", required=False, type=click.Path(exists=True, path_type=Path))
@course_option
@students_option
@jobs_options
@click.option("--force", is_flag=True, help="Examine also what has not changed since.")
def grade(
    lab: str,
    submissions: Path | None,
    folder: Path,
    students: tuple[str, ...],
    jobs: int,
    scheduler: str | None,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    force: bool,
) -> None:
    """Grade the submissions of LAB that are in the course folder.

    SUBMISSIONS is a folder STUDENT/LAB/NOTEBOOK.ipynb, or a zip as Canvas and Moodle export it; its
    notebooks are copied into the course's submitted/ first.

    Each result is kept as it comes: a run that was stopped goes on where it was. Marks given by
    hand stay. Needs Linux with bubblewrap, and an ordinary user: students' code runs shut in.

    Ends with an error if the grader itself failed on a submission, which then has no mark.
    """
    with opened(folder) as course:
        from course_lib.grading import workers

        if scheduler:
            workers.check_address(scheduler)
        if submissions is not None:
            _take_in(course, lab, submissions)
        pool = (
            workers.cluster(scheduler, tls_ca, tls_cert, tls_key)
            if scheduler
            else workers.local(jobs)
        )
        _grade(course, lab, list(students), pool, force)


def _take_in(course: Course, lab: str, submissions: Path) -> None:
    from course_lib.grading.intake import take_in

    taken = take_in(course, lab, submissions)
    click.echo(f"Took in {len(taken.students)} submissions")
    for name, why in taken.refused.items():
        click.echo(f"  left out {name!r}: {why}", err=True)


def _grade(course: Course, lab: str, students: list[str], pool: Pool, force: bool) -> None:
    from course_lib.files import write_whole
    from course_lib.grading.report import lines, report
    from course_lib.grading.run import grade

    progress: Any = click.progressbar(length=0, label=f"Grading {lab}", show_pos=True)

    def counted(due: int, settled: int) -> None:
        progress.length = due
        if settled:
            click.echo(f"{settled} graded before and unchanged")

    with progress as bar:
        results = grade(
            course,
            lab,
            students=students or None,
            pool=pool,
            force=force,
            counted=counted,
            finished=lambda *_: bar.update(1),
        )
    made = report(lab, results)
    path = course.own / lab / "report.json"
    write_whole(path, json.dumps(made, indent=1).encode(), mode=0o600)
    for line in lines(made):
        click.echo(line)
    click.echo(f"The report: {path}")
    if crashed := made["counts"].get("crashed", 0):
        raise click.ClickException(
            f"{crashed} of {len(results)} have no mark, since the grader failed on them; "
            "once its reason is mended, the same command grades them"
        )
