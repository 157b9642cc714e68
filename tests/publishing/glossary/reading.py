"""Chapters as documents, read without Sphinx."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from docutils import nodes
from docutils.core import publish_doctree
from myst_parser.parsers.docutils_ import Parser

ROOT = Path(__file__).parents[3]
CHAPTERS = sorted((ROOT / "book").glob("[0-9][0-9]-*.ipynb"))
EXTENSIONS = ["attrs_inline", "colon_fence", "deflist", "dollarmath", "html_image"]


def document(markdown: str) -> nodes.document:
    """A text in the book's Markdown."""
    settings = {"myst_enable_extensions": EXTENSIONS, "report_level": 5}
    return publish_doctree(markdown, parser=Parser(), settings_overrides=settings)


@cache
def prose(chapter: Path) -> str:
    """What a chapter's Markdown cells say."""
    cells = json.loads(chapter.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    return "\n\n".join(texts)


def number(chapter: Path) -> int:
    return int(chapter.stem[:2])
