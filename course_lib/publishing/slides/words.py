"""Markdown to HTML, as slides need it: formulas drawn, links within the book only their words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

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
        renderer = self._markdown.renderer
        assert isinstance(renderer, RendererHTML)
        rules = renderer.rules
        rules["math_inline"] = lambda tokens, i, *_: self.formula(tokens[i].content, display=False)
        rules["math_block"] = lambda tokens, i, *_: self.formula(tokens[i].content, display=True)
        rules["link_open"] = rules["link_close"] = lambda *_: ""
        rules["html_inline"] = lambda tokens, i, *_: _LINK.sub("", tokens[i].content)

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
