"""What a page holds, read from its document: its sections, demos and figures, in their order."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from docutils import nodes

_DEMO = re.compile(
    r'<div class="course-demo" data-demo="(?P<name>[^"]+)" id="(?P<anchor>[^"]+)">\s*'
    # "<" is escaped in the JSON, so the first </script> ends it.
    r'<script type="application/json"[^>]*>(?P<state>.*?)</script>',
    re.DOTALL,
)
_FIGURE = re.compile(
    r'<figure class="course-figure" data-figure="(?P<name>[^"]+)">(?P<inside>.*?)</figure>',
    re.DOTALL,
)
_ABBREVIATION = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Za-z]\w+\b")
_CAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A section of a page, or the page itself where `id` is empty.

    `terms` are what it sets in bold or italics, and the abbreviations in its prose.
    """

    id: str
    title: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlacedDemo:
    """A demo: its module's name, its id on the page and its author's state."""

    name: str
    anchor: str
    state: dict[str, Any]
    section: Section


@dataclass(frozen=True)
class PlacedFigure:
    """A figure: its name in the registry, and its caption on this page."""

    name: str
    caption: str
    section: Section


@dataclass(frozen=True)
class Contents:
    """What a page holds.

    Attributes
    ----------
    title : str
    sections : list of Section
        Those below the title, without their own subsections.
    demos : list of PlacedDemo
    figures : list of PlacedFigure
    """

    title: str
    sections: list[Section] = field(default_factory=list)
    demos: list[PlacedDemo] = field(default_factory=list)
    figures: list[PlacedFigure] = field(default_factory=list)


def contents_of(document: nodes.document) -> Contents:
    """Return what a document holds."""
    top = next((node for node in document.children if isinstance(node, nodes.section)), None)
    if top is None:
        return Contents("")
    below = [node for node in top.children if isinstance(node, nodes.section)]
    contents = Contents(_section(top).title, [_section(node) for node in below])
    for raw in document.findall(nodes.raw):
        if raw.get("format") != "html":
            continue
        text, section = raw.astext(), _around(raw, below)
        for demo in _DEMO.finditer(text):
            state = json.loads(demo["state"])
            anchor = unescape(demo["anchor"])
            contents.demos.append(PlacedDemo(unescape(demo["name"]), anchor, state, section))
        for figure in _FIGURE.finditer(text):
            caption = _CAPTION.search(figure["inside"])
            said = unescape(caption[1]) if caption else ""
            contents.figures.append(PlacedFigure(unescape(figure["name"]), said, section))
    return contents


def _section(node: nodes.section) -> Section:
    title = node.next_node(nodes.title)
    marked = (term for kind in (nodes.strong, nodes.emphasis) for term in node.findall(kind))
    prose = " ".join(paragraph.astext() for paragraph in node.findall(nodes.paragraph))
    terms = dict.fromkeys([*(term.astext() for term in marked), *_ABBREVIATION.findall(prose)])
    return Section(node["ids"][0], _plain(title) if title is not None else "", tuple(terms))


def _plain(title: nodes.Element) -> str:
    """Return a title's words; of a formula, its source without what only TeX reads."""
    return re.sub(r"\\[,;! ]|\\\w+|[{}]", "", title.astext()).strip()


def _around(node: nodes.Node, sections: list[nodes.section]) -> Section:
    at: nodes.Node | None = node
    while at is not None:
        if at in sections:
            assert isinstance(at, nodes.section)
            return _section(at)
        at = at.parent
    return Section("", "")
