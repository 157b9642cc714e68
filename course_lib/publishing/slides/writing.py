"""Decks as files: a page a chapter, and beside them one folder with what they load."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from nbformat import NotebookNode

from course_lib.publishing.assets import BUILT
from course_lib.publishing.mathematics import copy_style
from course_lib.publishing.node import node
from course_lib.publishing.prerender import Prerenderer, draw_first_frames
from course_lib.publishing.security import secure
from course_lib.publishing.slides.drawing import Drawer
from course_lib.publishing.slides.outline import Stack, outline
from course_lib.publishing.slides.page import STATIC, deck_page, index_page
from course_lib.publishing.slides.reading import Heading, LiveDemo, pieces, state_links
from course_lib.publishing.slides.words import Typesetter

LICENCE = "Text and figures: CC BY 4.0"


@dataclass(frozen=True)
class Deck:
    """A written deck.

    Attributes
    ----------
    path : Path
        The page.
    title : str
        The chapter's, as plain text.
    slides : int
        How many there are.
    demos : tuple of str
        The names of those that it has, each once.
    files : tuple of Path
        All that it loads, the page itself among them.
    """

    path: Path
    title: str
    slides: int
    demos: tuple[str, ...]
    files: tuple[Path, ...]

    @property
    def weight(self) -> int:
        """The bytes of the page and of all that it loads."""
        return sum(path.stat().st_size for path in self.files)


class DeckWriter:
    """Writes decks into a folder; :func:`deck_writer` makes one.

    Parameters
    ----------
    out : Path
        The folder.
    root : Path
        The folder of ``_config.yml``.
    course : str
        The course's title.
    theme : {"light", "dark"}
        The colours that the decks open in.
    draw_formula, draw_frame : Prerenderer
        What draws formulas, and demos' first frames.
    report : callable
        Is told of each demo whose first frame could not be drawn.
    """

    def __init__(
        self,
        out: Path,
        root: Path,
        course: str,
        theme: str,
        draw_formula: Prerenderer,
        draw_frame: Prerenderer,
        report: Callable[[str], None],
    ) -> None:
        self._out, self._root, self._course, self._theme = out, root, course, theme
        self._words = Typesetter(draw_formula)
        self._draw_frame = draw_frame
        self._report = report
        self._common: list[Path] | None = None

    def write(self, notebook: NotebookNode, name: str) -> Deck:
        """Write the deck of an executed chapter as ``NAME.html``, and what it loads.

        Raises
        ------
        ValueError
            If the chapter does not begin with its heading.
        PrerenderError
            If a formula is not understood.
        """
        from course_lib.figures import load

        stacks = outline(pieces(notebook))
        number = re.match(r"\d+", name)
        draw = Drawer(
            self._words,
            lambda figure: load(figure).title,
            state_links(notebook),
            f"Chapter {int(number[0])}" if number else self._course,
            f"{self._course}. {LICENCE}",
        )
        title = self._plain(stacks)
        page = deck_page(
            [[draw(s) for s in stack] for stack in stacks], title=title, theme=self._theme
        )
        page = draw_first_frames(page, self._draw_frame, self._report)
        speaker = json.loads((BUILT / "slides" / "speaker.json").read_text(encoding="utf-8"))
        path = self._out / f"{name}.html"
        path.write_text(secure(page, also=speaker, frames=True), encoding="utf-8")
        live = [s.shown for stack in stacks for s in stack if isinstance(s.shown, LiveDemo)]
        files = (path, *self._shared(), *self._scripts(live))
        demos = tuple(dict.fromkeys(demo.name for demo in live))
        return Deck(path, title, sum(map(len, stacks)), demos, files)

    def index(self, decks: Iterable[Deck]) -> Path:
        """Write ``index.html``, which lists decks."""
        rows = [
            (
                deck.path.name,
                f"{deck.path.name.split('-')[0].lstrip('0')}. {deck.title}",
                _inside(deck),
            )
            for deck in decks
        ]
        path = self._out / "index.html"
        page = index_page(rows, title=self._course, theme=self._theme)
        path.write_text(secure(page), encoding="utf-8")
        return path

    def _plain(self, stacks: list[Stack]) -> str:
        first = stacks[0][0].shown
        assert isinstance(first, Heading)
        return unescape(re.sub(r"<[^>]+>", "", self._words.inline(first.text)))

    def _shared(self) -> list[Path]:
        """Copy, once, what every deck loads."""
        if self._common is None:
            target = self._out / STATIC
            target.mkdir(parents=True, exist_ok=True)
            self._common = [
                _copy(BUILT / "slides" / "deck.js", target),
                _copy(BUILT / "slides" / "deck.css", target),
                _copy(BUILT / "demos.css", target, "course.css"),
                _copy(self._root / "book" / "_static" / "icon.svg", target),
            ]
            copy_style(self._root, target / "katex")
            self._common += [p for p in (target / "katex").rglob("*") if p.is_file()]
        return self._common

    def _scripts(self, demos: list[LiveDemo]) -> list[Path]:
        """Copy the scripts and the data of some demos; the host asks for each as it comes near."""
        if not demos:
            return [_copy(BUILT / "book" / "host.js", self._out / STATIC)]
        names = ["host.js", *(f"{demo.name}.js" for demo in demos)]
        names += [f"{data}.data.js" for demo in demos for data in demo.data]
        return [_copy(BUILT / "book" / n, self._out / STATIC) for n in dict.fromkeys(names)]


@contextmanager
def deck_writer(
    out: Path, root: Path, *, theme: str = "light", report: Callable[[str], None]
) -> Iterator[DeckWriter]:
    """Give what writes decks into a folder that exists.

    Parameters
    ----------
    out : Path
        The folder.
    root : Path
        The folder of ``_config.yml``.
    theme : {"light", "dark"}
        The colours that the decks open in.
    report : callable
        Is told of each demo whose first frame could not be drawn.

    Raises
    ------
    FileNotFoundError
        If the front end is not built, or Node is missing.
    """
    import yaml

    for need in ("slides/deck.js", "formulas.mjs", "prerender.mjs"):
        if not (BUILT / need).is_file():
            raise FileNotFoundError(
                f"the front end is not built ({need} is missing): run `make frontend`"
            )
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    formulas = Prerenderer([str(node()), str(BUILT / "formulas.mjs")])
    frames = Prerenderer([str(node()), str(BUILT / "prerender.mjs")])
    try:
        yield DeckWriter(out, root, str(config["title"]), theme, formulas, frames, report)
    finally:
        formulas.close()
        frames.close()


def _copy(source: Path, folder: Path, name: str | None = None) -> Path:
    target = folder / (name or source.name)
    shutil.copyfile(source, target)
    return target


def _inside(deck: Deck) -> str:
    demos = f"; live: {', '.join(deck.demos)}" if deck.demos else ""
    return f"{deck.slides} slides{demos}"
