"""`course book`: what can be done with the built book."""

from __future__ import annotations

from pathlib import Path

import click

from course_lib.cli.folder import check_writable, reason


@click.group()
def book() -> None:
    """Work with the built book."""


@book.command()
@click.argument("words", nargs=-1, metavar="[PAGE]...")
@click.option(
    "--html",
    type=click.Path(file_okay=False, path_type=Path),
    default="_build/html",
    show_default=True,
    help="The folder of the built book.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default="book.pdf",
    show_default=True,
    help="The file to write.",
)
@click.option(
    "--browser",
    envvar="CHROMIUM",
    show_envvar=True,
    help="Chromium or Chrome; the first on the path without it.",
)
def pdf(words: tuple[str, ...], html: Path, out: Path, browser: str | None) -> None:
    """Print the built book, or some PAGEs of it, as one PDF.

    A PAGE is a document's name or its last part: book/03-convolution-1d or 03-convolution-1d. Demos
    are the pictures of their first state, and answers stay folded. Run it in the clone, after
    `make book`.
    """
    import yaml

    from course_lib.publishing.pdf import PrintingError, chapters, find_browser, print_book

    toc, configuration = Path("_toc.yml"), Path("_config.yml")
    if not (toc.is_file() and configuration.is_file()):
        raise click.ClickException("there is no _toc.yml here; go to the clone")
    if not html.is_dir():
        raise click.ClickException(f"there is no built book in {html}: run `make book` first")
    known = chapters(toc)
    names = {one.name for one in known} | {one.name.rpartition("/")[2] for one in known}
    if unknown := [word for word in words if word not in names]:
        raise click.UsageError(f"no page is called {unknown[0]!r}; there are: {sorted(names)}")
    chosen = [
        one for one in known if not words or {one.name, one.name.rpartition("/")[2]} & set(words)
    ]
    check_writable(out.parent)
    settings = yaml.safe_load(configuration.read_text(encoding="utf-8"))
    try:
        count = print_book(
            html,
            chosen,
            out,
            browser=find_browser(browser),
            title=settings["title"],
            author=settings["author"],
            report=click.echo,
        )
    except PrintingError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"cannot write {out}: {reason(error)}") from error
    click.echo(f"{out} ({count} pages)")
