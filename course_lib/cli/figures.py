"""`course figures`: draw the course's figures into a folder, for slides or a paper."""

from __future__ import annotations

import inspect
import re
from ast import literal_eval
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from course_lib.cli.folder import check_writable, reason

if TYPE_CHECKING:
    from course_lib.figures import FigureEntry, Sheet

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
    help="svg, pdf, png; of animations also apng, webp, gif.",
)
@click.option(
    "--theme", type=click.Choice(THEMES), default="light", show_default=True, help="Colours."
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="A parameter of each figure that has it: stride=3, kernel=1,0,-1; may be given again.",
)
@click.option(
    "--size",
    metavar="WxH",
    help="Pixels to fit each figure into, such as 1920x1080.  [default: its own]",
)
@click.option(
    "--dpi",
    type=click.FloatRange(36, 1200),
    help="Pixels of a PNG for 72 of the size.  [default: 216; 72 with --size]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="figures",
    show_default=True,
    help="Folder to write into.",
)
@click.option("--workers", type=click.IntRange(1), help="Processes.  [default: one for each core]")
@click.option("--force", is_flag=True, help="Draw also what is up to date.")
def figures(
    wanted: tuple[str, ...],
    listing: bool,
    formats: str,
    theme: str,
    settings: tuple[str, ...],
    size: str | None,
    dpi: float | None,
    out: Path,
    workers: int | None,
    force: bool,
) -> None:
    """Draw figures, all of them or those named, into OUT/CHAPTER/FIGURE.FORMAT.

    A NAME is CHAPTER/FIGURE, such as convolution-1d/sliding; a CHAPTER, by its words or its number,
    stands for all its figures.
    Themes other than light are written to FIGURE-THEME.FORMAT. OUT/figures.json tells of each file
    what it shows and what it was made from; what is up to date is not drawn again.

    An animation is written as a moving picture (apng, webp, gif) or as the strip of its frames.
    """
    from course_lib.figures import Job, export, formats_of, load, out_of_date
    from course_lib.figures.rendering import PNG_DPI

    endings, sheet = _split(formats), _sheet(size)
    chosen = _choose(wanted)
    if listing:
        _list(chosen)
        return
    parameters = _parameters(chosen, settings)
    density = dpi or (PNG_DPI if sheet is None else 72)
    jobs = [
        Job(name, ending, theme, sheet, density, parameters[name])  # type: ignore[arg-type]
        for name in chosen
        for ending in endings
        if ending in formats_of(load(name))
    ]
    if not jobs:
        raise click.BadParameter(
            f"{formats} is for animations, and none of these figures moves", param_hint="'--format'"
        )
    check_writable(out)
    source = _source()
    due = jobs if force else out_of_date(jobs, out, source)
    with click.progressbar(length=len(due), label=f"Drawing {_files(len(due))}") as bar:
        try:
            export(due, out, source, workers=workers, drawn=lambda _: bar.update(1))
        except OSError as error:
            raise click.ClickException(f"cannot write into {out}: {reason(error)}") from error
        except ValueError as error:
            raise click.ClickException(str(error)) from error
    rest = len(jobs) - len(due)
    left = f"; {_files(rest)} up to date" if rest else ""
    click.echo(f"Wrote {_files(len(due))} into {out}{left}")


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"


def _list(chosen: list[str]) -> None:
    """Print each figure with its title, the slide whose place it takes, and its parameters."""
    from course_lib.figures import MOVING, formats_of, load

    for name in chosen:
        entry = load(name)
        click.echo(f"{name}\n    {entry.title}")
        if MOVING[0] in formats_of(entry):
            click.echo(f"    moves: {', '.join(MOVING)}")
        if entry.slide:
            click.echo(f"    slide: {entry.slide}")
        for key, value in entry.parameters.items():
            click.echo(f"    --set {_typed(key, value)}{_limits(entry, key)}")


def _typed(key: str, value: Any) -> str:
    """Return a setting, whole, as a shell takes it."""
    from course_lib.figures.command import as_typed

    return f"{key}={quote(as_typed(value))}"


def _limits(entry: FigureEntry, key: str) -> str:
    """Return what a figure's documentation says of a parameter's values, where it says any."""
    documented = inspect.getdoc(entry.function) or ""
    names = r"(?:\w+, )*" + re.escape(key) + r"(?:, \w+)*"
    found = re.search(rf"^{names} : (.*(?:\n    .*)*)", documented, re.MULTILINE)
    said = ": ".join(filter(None, map(_line, found[1].split("\n", 1)))) if found else ""
    return f"    {said}" if said and said not in ("int", "float", "str") else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _parameters(chosen: list[str], settings: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Return the parameters of each figure, checked before anything is drawn.

    Of several figures each takes the settings that it knows; one at least must know each.
    """
    from course_lib.figures import load

    given = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals or not key.strip():
            raise click.BadParameter(
                f"{setting!r}: expected KEY=VALUE, such as stride=3", param_hint="'--set'"
            )
        given[key.strip()] = _value(value.strip())
    known = {key for name in chosen for key in load(name).parameters}
    checked = {}
    for name in chosen:
        entry = load(name)
        mine = {key: value for key, value in given.items() if key in entry.parameters}
        unknown = given if len(chosen) == 1 else given.keys() - known
        try:
            checked[name] = entry.check(mine | {key: given[key] for key in unknown})
            if checked[name]:  # what the defaults say is in order, and may take a network to say
                entry.describe(**checked[name])
        except (TypeError, ValueError) as error:
            raise click.BadParameter(str(error), param_hint="'--set'") from error
    return checked


def _value(text: str) -> Any:
    """Return the number, the tuple or else the word that a text stands for."""
    try:
        return literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _sheet(size: str | None) -> Sheet | None:
    from course_lib.figures import Sheet

    if size is None:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?)[x×](\d+(?:\.\d+)?)", size.strip().lower())
    if match is None:
        raise click.BadParameter(
            f"{size!r}: expected WIDTHxHEIGHT in pixels, such as 1920x1080", param_hint="'--size'"
        )
    try:
        return Sheet(float(match[1]), float(match[2]))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="'--size'") from error


def _source() -> str:
    """Return a digest of all that figures may be made from."""
    from course_lib.publishing.fingerprint import PACKAGE, figure_files, file_digest

    return file_digest(figure_files(), PACKAGE)


def _split(formats: str) -> list[str]:
    """Return the formats in a list separated by commas, each once."""
    from course_lib.figures import FORMATS, MOVING

    wanted = [word.strip() for word in formats.split(",")]
    if odd := [word for word in wanted if word not in FORMATS + MOVING]:
        raise click.BadParameter(
            f"{odd[0]!r} is not one of {', '.join(FORMATS + MOVING)}", param_hint="'--format'"
        )
    return list(dict.fromkeys(wanted))


def _choose(wanted: tuple[str, ...]) -> list[str]:
    """Return the figures that names and chapters stand for, each once, in the order asked."""
    from course_lib.figures import CHAPTERS, UnknownFigureError, load, names

    # As for slides: a chapter's words, its number, or its notebook's name.
    meant = {
        word: chapter
        for number, chapter in enumerate(CHAPTERS, 1)
        for word in (chapter, str(number), f"{number:02}", f"{number:02}-{chapter}")
    }
    try:
        found = [
            figure
            for word in wanted
            for figure in (names(meant[word]) if word in meant else [load(word).name])
        ]
    except UnknownFigureError as error:
        raise click.UsageError(str(error)) from error
    return list(dict.fromkeys(found)) if wanted else names()
