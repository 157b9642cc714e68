"""The page around the slides, and the page that lists the decks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

STATIC = "static"  # beside the pages: what they load


def deck_page(stacks: Iterable[Sequence[str]], *, title: str, theme: str) -> str:
    """Return the page of a deck.

    Parameters
    ----------
    stacks : iterable of sequence of str
        The slides' HTML; those of a stack lie below one another.
    title : str
        The chapter's, as plain text.
    theme : {"light", "dark"}
        The colours that it opens in.
    """
    body = "\n".join(
        slides[0] if len(slides) == 1 else "<section>\n" + "\n".join(slides) + "\n</section>"
        for slides in stacks
    )
    return (
        _head(f"{title}: slides", theme, scripts=["deck.js"])
        + f'<main><h1 class="deck-name">{escape(title)}</h1>\n'
        f'<div class="reveal"><div class="slides">\n{body}\n</div></div></main>\n</body>\n</html>\n'
    )


def index_page(decks: Iterable[tuple[str, str, str]], *, title: str, theme: str) -> str:
    """Return the page that lists decks, given as (file, chapter, what is in it)."""
    rows = "\n".join(
        f'<li><a href="{escape(file)}">{escape(chapter)}</a><span>{escape(inside)}</span></li>'
        for file, chapter, inside in decks
    )
    return (
        _head(f"{title}: slides", theme)
        + f'<main class="decks"><h1>{escape(title)}: slides</h1>\n<ol>\n{rows}\n</ol>\n'
        "<p>In a deck Space goes on, S opens the speaker’s notes, T changes between light and"
        " dark, O shows all slides, ? lists the keys. A demo keeps the keys while it has the focus;"
        " Escape gives them back. To print, add ?print-pdf to a deck’s address.</p></main>\n"
        "</body>\n</html>\n"
    )


def _head(title: str, theme: str, scripts: Sequence[str] = ()) -> str:
    sheets = ["katex/katex.min.css", "course.css", "deck.css"]
    return (
        f'<!DOCTYPE html>\n<html lang="en" data-theme="{theme}">\n'
        '<head>\n<meta charset="utf-8" />\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />\n'
        f"<title>{escape(title)}</title>\n"
        f'<link rel="icon" href="{STATIC}/icon.svg" type="image/svg+xml" />\n'
        + "".join(f'<link rel="stylesheet" href="{STATIC}/{sheet}" />\n' for sheet in sheets)
        + "".join(f'<script defer src="{STATIC}/{script}"></script>\n' for script in scripts)
        + "</head>\n<body>\n"
    )
