"""`course execute`: run notebooks as the book does, and keep the runs."""

from __future__ import annotations

import time
from pathlib import Path

import click


@click.command()
@click.argument("notebooks", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--profile",
    type=click.Choice(["fast", "full"]),
    default="fast",
    show_default=True,
    help="How much to compute.",
)
@click.option("--device", default="cpu", show_default=True, help="Where, such as cpu or cuda.")
@click.option("--seed", type=int, default=0, show_default=True, help="For random numbers.")
def execute(notebooks: tuple[Path, ...], profile: str, device: str, seed: int) -> None:
    """Run NOTEBOOKS (every chapter, without any) and print where the executed copies are.

    What has run before and has not changed since does not run again.
    """
    from course_lib.publishing.execution import NotebookError
    from course_lib.publishing.execution import execute as run

    chosen = notebooks or tuple(sorted(Path("book").glob("*.ipynb")))
    if not chosen:
        raise click.ClickException("there is no notebook in book/; name some, or go to the clone")
    failed = []
    for notebook in chosen:
        click.echo(f"{notebook}... ", nl=False)
        start = time.monotonic()
        try:
            path = run(notebook, profile=profile, device=device, seed=seed)
        except NotebookError as error:
            click.echo("failed")
            click.echo(error.reason, err=True)
            failed.append(notebook.name)
        else:
            click.echo(f"{path} ({time.monotonic() - start:.1f} s)")
    if failed:
        raise click.ClickException(f"{len(failed)} of {len(chosen)} failed: {', '.join(failed)}")
