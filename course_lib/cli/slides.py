"""`course slides`: a deck of slides of a chapter, its demos live."""

from __future__ import annotations

import time
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from course_lib.cli.folder import check_writable, reason

if TYPE_CHECKING:
    from nbformat import NotebookNode

BOOK = Path("book")


@click.command()
@click.argument("wanted", nargs=-1, metavar="[CHAPTER]...")
@click.option(
    "--theme",
    type=click.Choice(["light", "dark"]),
    default="light",
    show_default=True,
    help="The colours that a deck opens in; the key T changes them.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="slides",
    show_default=True,
    help="Folder to write into.",
)
def slides(wanted: tuple[str, ...], theme: str, out: Path) -> None:
    """Write OUT/CHAPTER.html: slides of a chapter's figures, formulas, questions and live demos.

    A CHAPTER is a notebook's name, its words or its number: 03-convolution-1d, convolution-1d or 3.
    "all", or none, makes every deck, and OUT/index.html that lists them. Decks open from disk; S
    opens the speaker's notes, and ?print-pdf behind a deck's address makes pages to print.

    Run it in the clone: decks are made from the notebooks in book/, and each notebook is run first.
    All fourteen take some minutes.

    Cells tagged "slide", "notes" or "skip-slide" depart from the rule of what becomes a slide.
    """
    from course_lib.publishing.execution import NotebookError, book_root
    from course_lib.publishing.prerender import PrerenderError
    from course_lib.publishing.slides.writing import deck_writer

    chapters = sorted(BOOK.glob("[0-9][0-9]-*.ipynb"))
    if not chapters:
        raise click.ClickException("there is no chapter in book/; go to the clone")
    everything = not wanted or "all" in wanted
    chosen = chapters if everything else [_find(word, chapters) for word in wanted]
    check_writable(out)
    decks, failed = [], []
    try:
        with deck_writer(
            out, book_root(chapters[0]), theme=theme, report=lambda said: click.echo(said, err=True)
        ) as writer:
            for notebook in dict.fromkeys(chosen):
                try:
                    deck = writer.write(_executed(notebook), notebook.stem)
                except (NotebookError, PrerenderError, ValueError) as error:
                    click.echo(f"{notebook.name}: {error}", err=True)
                    failed.append(notebook.name)
                    continue
                decks.append(deck)
                click.echo(f"{deck.path} ({deck.slides} slides, {deck.weight / 1e6:.1f} MB in all)")
            if everything and decks:
                click.echo(writer.index(decks))
    except FileNotFoundError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"cannot write into {out}: {reason(error)}") from error
    if failed:
        raise click.ClickException(f"{len(failed)} of {len(chosen)} failed: {', '.join(failed)}")


def _find(word: str, chapters: list[Path]) -> Path:
    """Return the chapter that a name, its words or its number stand for."""
    known = {path.stem: path for path in chapters}
    for path in chapters:
        number, _, words = path.stem.partition("-")
        known |= {words: path, number: path, str(int(number)): path}
    word = word.removesuffix(".ipynb").removeprefix(f"{BOOK}/")
    if word in known:
        return known[word]
    close = get_close_matches(word, known, n=1)
    stems = ", ".join(path.stem for path in chapters)
    hint = f"did you mean {close[0]!r}?" if close else f"there are: {stems}"
    raise click.UsageError(f"no chapter is called {word!r}; {hint}")


def _executed(notebook: Path) -> NotebookNode:
    """Return a notebook with the outputs of its run, running it, and saying so, where needed."""
    from course_lib.publishing.execution import cached, merged

    if cached(notebook).is_file():
        return merged(notebook)
    click.echo(f"Running {notebook}... ", nl=False)
    start = time.monotonic()
    try:
        done = merged(notebook)
    except Exception:
        click.echo("failed")
        raise
    click.echo(f"{time.monotonic() - start:.1f} s")
    return done
