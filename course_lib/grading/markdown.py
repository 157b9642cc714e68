"""Markdown as HTML in which nothing runs, its formulas as MathML.

The text may be a student's: what comes out is sanitised (nh3), and a formula that is long, or that
latex2mathml does not understand, stays as it was written.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import nh3
from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

MAX_FORMULA = 500  # characters; the longest of the labs has a third of that
MATHML = {
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom"),
    *("mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"),
    *("mtable", "mtr", "mtd"),
}
LOOKS = {"display", "displaystyle", "mathvariant", "stretchy", "fence", "form", "accent", "width"}


def as_html(source: str) -> str:
    """Return a text as HTML without scripts, styles and links that run."""
    rendered = MarkdownWithMath(renderer=Renderer(escape=False)).render(source)
    tags, attributes = _allowed()
    return nh3.clean(
        rendered, tags=tags, attributes=attributes, url_schemes={"http", "https", "mailto"}
    )


class Renderer(IPythonRenderer):
    """nbconvert's, but for formulas, and headings without a link to themselves."""

    def __init__(self, **options: Any) -> None:
        super().__init__(anchor_link_text="", **options)

    def block_math(self, body: str) -> str:
        """Return a formula on lines of its own."""
        return _formula(body, "block") or super().block_math(body)

    def inline_math(self, body: str) -> str:
        """Return a formula within a line."""
        return _formula(body, "inline") or super().inline_math(body)


def _formula(latex: str, display: str) -> str:
    if len(latex) > MAX_FORMULA:
        return ""
    try:
        return str(convert(latex.strip(), display=display))
    except Exception:  # latex2mathml has exceptions of many kinds, and RecursionError is one more
        return ""


@cache
def _allowed() -> tuple[set[str], dict[str, set[str]]]:
    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    for tag in MATHML:
        attributes.setdefault(tag, set()).update(LOOKS)
    return set(nh3.ALLOWED_TAGS) | MATHML, attributes
