"""What a notebook holds, piece by piece, in the order of the page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from nbformat import NotebookNode


@dataclass(frozen=True)
class Heading:
    """A heading: its level, 1 for the chapter's, and its text in Markdown."""

    level: int
    text: str


@dataclass(frozen=True)
class Prose:
    """A paragraph, a table or another block of Markdown."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list, in Markdown."""

    text: str


@dataclass(frozen=True)
class Formula:
    """A displayed formula, in TeX."""

    tex: str


@dataclass(frozen=True)
class Exercise:
    """A problem with a folded answer, both in Markdown."""

    problem: str
    answer: str


@dataclass(frozen=True)
class Figure:
    """A figure as the page shows it: its name in the registry, its SVG and its caption."""

    name: str
    svg: str
    caption: str


@dataclass(frozen=True)
class LiveDemo:
    """A demo's container, and what it needs.

    Attributes
    ----------
    name, anchor : str
        The demo's name in the front end, and its id on the page.
    title : str
        The title it was given, or "".
    html : str
        The container, with the mark of a picture to be drawn.
    data : tuple of str
        The front end's data that it computes with.
    """

    name: str
    anchor: str
    title: str
    html: str
    data: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A question with feedback: the traits of its demo."""

    state: dict[str, Any]


@dataclass(frozen=True)
class Printed:
    """What a cell prints."""

    text: str


@dataclass(frozen=True)
class Whole:
    """A cell tagged ``slide``: Markdown, or code and what it prints."""

    text: str
    code: str = ""
    printed: str = ""


Piece = Heading | Prose | Bullets | Formula | Exercise | Figure | LiveDemo | Asked | Printed | Whole

_DETAILS = re.compile(r"\s*<details[^>]*>\s*(?:<summary>.*?</summary>)?\s*", re.DOTALL)
_FIGURE = re.compile(
    r'<figure class="course-figure" data-figure="(?P<name>[^"]+)">'
    r".*?(?P<svg><svg.*?</svg>)\s*</div>"
    r"(?:<figcaption>(?P<caption>.*?)</figcaption>)?</figure>",
    re.DOTALL,
)
_DEMO = re.compile(
    r'<div class="course-demo" data-demo="(?P<name>[^"]+)" id="(?P<anchor>[^"]+)">'
    r'<script type="application/json" class="course-demo-state"(?P<needs>[^>]*)>'
    r"(?P<state>.*?)</script>",
    re.DOTALL,
)
_NEEDS = re.compile(r'data-(?:needs|heavy)="([^"]*)"')


def markdown() -> MarkdownIt:
    """Return a reader of the chapters' Markdown."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    return reader.use(dollarmath_plugin, allow_labels=False)


def pieces(notebook: NotebookNode) -> list[Piece]:
    """Return what an executed notebook holds.

    Parameters
    ----------
    notebook : NotebookNode
        A chapter with its outputs (:func:`course_lib.publishing.execution.merged`).
    """
    found: list[Piece] = []
    for cell in notebook.cells:
        tags = set(cell.metadata.get("tags", []))
        if tags & {"skip-slide", "remove-cell"}:
            continue
        if cell.cell_type == "markdown":
            found += _whole_text(cell.source, tags) or _blocks(cell.source)
        elif cell.cell_type == "code":
            shown = list(_outputs(cell))
            if "slide" in tags:
                printed = "\n".join(p.text for p in shown if isinstance(p, Printed))
                shown = [p for p in shown if not isinstance(p, Printed)]
                shown.insert(0, Whole("", cell.source, printed))
            found += _noted(shown) if "notes" in tags else shown
    return found


def state_links(notebook: NotebookNode) -> dict[str, list[tuple[str, str]]]:
    """Return the links to states of demos: for each anchor the address and the words of each."""
    found: dict[str, list[tuple[str, str]]] = {}
    pattern = re.compile(
        r'<a href="(#demo=([\w-]+)&[^"]*)">(.*?)</a>|\[([^\]]*)\]\((#demo=([\w-]+)&[^)]*)\)',
        re.DOTALL,
    )
    for cell in notebook.cells:
        if cell.cell_type != "markdown" or "skip-slide" in cell.metadata.get("tags", []):
            continue
        for match in pattern.finditer(cell.source):
            address, anchor, words = (
                match[1] or match[5],
                match[2] or match[6],
                match[3] or match[4],
            )
            link = (html.unescape(address), " ".join(words.split()))
            if link not in found.setdefault(anchor, []):
                found[anchor].append(link)
    return found


def _whole_text(source: str, tags: set[str]) -> list[Piece]:
    if "slide" in tags:
        return [Whole(source)]
    return [Prose(source)] if "notes" in tags else []


def _noted(shown: list[Piece]) -> list[Piece]:
    """Return as prose what a cell shows: a caption, a question, what is printed."""
    said: list[Piece] = []
    for piece in shown:
        if isinstance(piece, Figure):
            said.append(Prose(piece.caption))
        elif isinstance(piece, Asked):
            said.append(Prose(str(piece.state["prompt"])))
        elif isinstance(piece, Printed):
            said.append(piece)
    return said


def _outputs(cell: NotebookNode) -> Iterator[Piece]:
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            yield Printed(output.text.rstrip())
        elif "data" in output:
            shown = output.data.get("text/html", "")
            if figure := _FIGURE.search(shown):
                caption = html.unescape(figure["caption"] or "")
                yield Figure(html.unescape(figure["name"]), figure["svg"], caption)
            elif demo := _DEMO.search(shown):
                yield _demo(demo, shown)
            elif "text/plain" in output.data:
                yield Printed(output.data["text/plain"].rstrip())


def _demo(match: re.Match[str], shown: str) -> Piece:
    state = json.loads(match["state"])
    if match["name"] == "question":
        return Asked(state)
    data = tuple(name for names in _NEEDS.findall(match["needs"]) for name in names.split())
    title = str(state.get("title") or "")
    return LiveDemo(match["name"], match["anchor"], title, shown, data)


def _blocks(source: str) -> Iterator[Piece]:
    """Yield the blocks of a Markdown text; an exercise and its answer are one."""
    lines = source.splitlines()
    open_: list[str] = []  # of a folded answer
    folded = False
    before: list[Piece] = []
    for kind, text, token in _top_level(source, lines):
        if kind == "html_block" and text.lstrip().startswith("<details"):
            folded = True
            text = _DETAILS.sub("", text, count=1)
        if folded:
            open_.append(text.replace("</details>", ""))
            if "</details>" in text:
                yield from _exercise(before, "\n\n".join(open_).strip())
                open_, folded, before = [], False, []
            continue
        before.append(_block(kind, text, token))
    yield from before


def _exercise(before: list[Piece], answer: str) -> Iterator[Piece]:
    """Yield what stands before an exercise, and the exercise, which begins in bold."""
    starts = [i for i, p in enumerate(before) if isinstance(p, Prose) and p.text.startswith("**")]
    start = starts[0] if starts else max(0, len(before) - 1)
    yield from before[:start]
    yield Exercise("\n\n".join(_source(piece) for piece in before[start:]), answer)


def _source(piece: Piece) -> str:
    return f"$$\n{piece.tex}\n$$" if isinstance(piece, Formula) else getattr(piece, "text", "")


def _top_level(source: str, lines: list[str]) -> Iterator[tuple[str, str, Token]]:
    for token in markdown().parse(source):
        if token.level == 0 and token.nesting >= 0 and token.map is not None:
            yield token.type, "\n".join(lines[slice(*token.map)]).strip(), token


def _block(kind: str, text: str, token: Token) -> Piece:
    if kind == "heading_open":
        return Heading(int(token.tag[1:]), text.lstrip("# "))
    if kind == "math_block":
        return Formula(token.content.strip())
    if kind in ("bullet_list_open", "ordered_list_open"):
        return Bullets(text)
    return Prose(text)
