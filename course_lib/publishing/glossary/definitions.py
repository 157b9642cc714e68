"""A chapter's page carries the definitions of the terms that it marks, and of no others."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from course_lib.publishing.glossary.marking import MARK, PAGE, definition_id


def setup(app: Sphinx) -> None:
    """Connect the moment at which a page is put together."""
    definitions = Definitions()
    app.connect("builder-inited", definitions.forget)
    app.connect("html-page-context", definitions.add)


class Definitions:
    """The definitions as HTML, each drawn once a build."""

    def __init__(self) -> None:
        self._drawn: dict[str, str] = {}

    def forget(self, app: Sphinx) -> None:
        """Begin a build."""
        self._drawn = {}

    def add(
        self,
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Put the definitions behind the text of a chapter."""
        if doctree is None:
            return
        anchors = [node[MARK] for node in doctree.findall(nodes.raw) if MARK in node]
        if anchors:
            self._draw(app)
            context["body"] += "".join(self._drawn[anchor] for anchor in anchors)

    def _draw(self, app: Sphinx) -> None:
        if self._drawn:
            return
        for item in app.env.get_doctree(PAGE).findall(nodes.definition_list_item):
            name, definition = item[0], item[-1]
            [anchor] = name["ids"]
            text = definition[0]
            text.insert(0, [nodes.strong("", f"{name.astext()}."), nodes.Text(" ")])
            html = app.builder.render_partial(text)["fragment"]  # type: ignore[attr-defined]
            self._drawn[anchor] = (
                f'<div class="course-definition" id="{definition_id(anchor)}" role="tooltip"'
                f' popover="manual">{html}</div>\n'
            )
