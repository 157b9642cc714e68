"""The directive ``course-glossary`` stands for all terms, a section for each letter."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from course_lib.publishing.glossary.terms import SOURCE, Term, terms_of

DIGITS = "0–9"


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("course-glossary", Glossary)


def letter(term: Term) -> str:
    """Return the heading that a term stands under."""
    return term.title[0] if term.title[0].isalpha() else DIGITS


class Glossary(SphinxDirective):
    """All terms, in alphabetical order."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        self.env.note_dependency(SOURCE)
        terms = sorted(terms_of(Path(self.env.srcdir)), key=lambda term: term.name.lower())
        return [self._section(first, list(group)) for first, group in groupby(terms, letter)]

    def _section(self, first: str, terms: list[Term]) -> nodes.section:
        section = nodes.section("", nodes.title("", first), names=[f"letter {first.lower()}"])
        self.state.document.note_implicit_target(section, section)
        section += nodes.definition_list("", *map(self._item, terms), classes=["course-glossary"])
        return section

    def _item(self, term: Term) -> nodes.definition_list_item:
        name = nodes.term("", term.title, ids=[term.anchor])
        return nodes.definition_list_item(
            "", name, nodes.definition("", *self.parse_text_to_nodes(term.says), self._link(term))
        )

    def _link(self, term: Term) -> nodes.paragraph:
        page = next(Path(self.env.srcdir).glob(f"book/{term.chapter:02d}-*.ipynb")).stem
        link = addnodes.pending_xref(
            "", refdomain="std", reftype="doc", reftarget=f"/book/{page}", refexplicit=True
        )
        link["refdoc"], link["refwarn"] = self.env.docname, True
        link += nodes.inline("", f"Chapter {term.chapter}")
        return nodes.paragraph("", "", link, classes=["course-glossary-chapter"])
