"""`course figures`: draw the course's figures into a folder, for slides or a paper."""

from __future__ import annotations

from pathlib import Path

import click

from course_lib.cli.folder import check_writable, reason

THEMES = ("light", "dark", "print")


@click.command()
@click.argument("wanted", nargs=-1, metavar="[NAME|CHAPTER]...")
@click.option("--list", "listing", is_flag=True, help="Name the figures and draw nothing.")
@click.option(
    "--format",
    "formats",
    default="svg",
    show_default=True,
    metavar="FORMAT[,FORMAT]",
    help="svg, pdf or png.",
)
@click.option(
    "--theme", type=click.Choice(THEMES), default="light", show_default=True, help="Colours."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="figures",
    show_default=True,
    help="Folder to write into.",
)
def figures(wanted: tuple[str, ...], listing: bool, formats: str, theme: str, out: Path) -> None:
    """Draw figures, all of them or those named, into OUT/CHAPTER/FIGURE.FORMAT.

    A NAME is CHAPTER/FIGURE, such as convolution-1d/sliding; a CHAPTER stands for all its figures.
    Themes other than light are written to FIGURE-THEME.FORMAT.
    """
    from course_lib.figures import load, save

    endings = _split(formats)
    chosen = _choose(wanted)
    if listing:
        width = max(map(len, chosen))
        for name in chosen:
            click.echo(f"{name:{width}}  {load(name).title}")
        return
    check_writable(out)
    suffix = "" if theme == "light" else f"-{theme}"
    jobs = [(name, out / f"{name}{suffix}.{ending}") for name in chosen for ending in endings]
    count = f"{len(jobs)} file{'' if len(jobs) == 1 else 's'}"
    with click.progressbar(jobs, label=f"Drawing {count}") as bar:
        for name, path in bar:
            try:
                save(name, path, theme=theme)  # type: ignore[arg-type]
            except OSError as error:
                raise click.ClickException(f"cannot write {path}: {reason(error)}") from error
    click.echo(f"Wrote {count} into {out}")


def _split(formats: str) -> list[str]:
    """Return the formats in a list separated by commas, each once."""
    from course_lib.figures import FORMATS

    wanted = [word.strip() for word in formats.split(",")]
    if odd := [word for word in wanted if word not in FORMATS]:
        raise click.BadParameter(
            f"{odd[0]!r} is not one of {', '.join(FORMATS)}", param_hint="'--format'"
        )
    return list(dict.fromkeys(wanted))


def _choose(wanted: tuple[str, ...]) -> list[str]:
    """Return the figures that names and chapters stand for, each once, in the order asked."""
    from course_lib.figures import CHAPTERS, UnknownFigureError, load, names

    try:
        found = [
            figure
            for word in wanted
            for figure in (names(word) if word in CHAPTERS else [load(word).name])
        ]
    except UnknownFigureError as error:
        raise click.UsageError(str(error)) from error
    return list(dict.fromkeys(found)) if wanted else names()
