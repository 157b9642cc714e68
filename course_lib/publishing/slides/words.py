"""Markdown to HTML, as slides need it: formulas drawn, links within the book only their words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from course_lib.publishing.slides.reading import markdown

Draw = Callable[[str, dict[str, Any]], str]  # such as publishing.prerender.Prerenderer

# A slide has no page around it that a link could lead to; a demo's states stand beside the demo.
_LINK = re.compile(r"</?a(?:\s[^>]*)?>", re.IGNORECASE)


class Typesetter:
    """Sets text.

    Parameters
    ----------
    draw : callable
        Draws a formula: ``draw("formula", {"tex": …, "display": …})`` → HTML.
    """

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._markdown = markdown()
        self._plain = MarkdownIt("zero").enable(["backticks", "emphasis"])
        rules: dict[str, Callable[[Token], str]] = {
            "math_inline": lambda token: self.formula(token.content, display=False),
            "math_block": lambda token: self.formula(token.content, display=True),
            "html_inline": lambda token: _LINK.sub("", token.content),
            "link_open": lambda token: "",
            "link_close": lambda token: "",
        }
        for name, rule in rules.items():
            self._markdown.add_render_rule(
                name, lambda _, tokens, i, *rest, rule=rule: rule(tokens[i])
            )

    def blocks(self, text: str) -> str:
        """Return a Markdown text as HTML."""
        return str(self._markdown.render(text))

    def inline(self, text: str) -> str:
        """Return a line of Markdown as HTML, without a paragraph around it."""
        return str(self._markdown.renderInline(text))

    def plain(self, text: str) -> str:
        """Return a demo's words, in which only `code` and *emphasis* are marked, as HTML."""
        return str(self._plain.renderInline(text))

    def formula(self, tex: str, *, display: bool) -> str:
        """Return a formula as HTML and MathML.

        Raises
        ------
        PrerenderError
            If KaTeX does not understand it.
        """
        return self._draw("formula", {"tex": tex.strip(), "display": display})
