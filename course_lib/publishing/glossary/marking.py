"""A chapter's first use of each term, in its running text, becomes a link to the glossary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from course_lib.publishing.glossary.terms import Spellings, Term, terms_of

PAGE = "book/glossary"
MARK = "course_term"  # a link has the term's anchor under this key

# What is no running text: headings, code, links, formulas, captions, tables, what a cell shows.
_ELSEWHERE = (
    nodes.title,
    nodes.literal,
    nodes.literal_block,
    nodes.reference,
    addnodes.pending_xref,
    addnodes.download_reference,
    nodes.math,
    nodes.math_block,
    nodes.raw,
    nodes.caption,
    nodes.legend,
    nodes.table,
    nodes.citation,
    nodes.footnote,
    nodes.comment,
    nodes.system_message,
)
_CHAPTER = re.compile(r"book/(\d+)-")
_LINK = re.compile(r"<(/?)(?:a|button|summary|label)\b")

Wrap = Callable[[Term, str], nodes.Node]


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_post_transform(MarkTerms)


def chapter_of(docname: str) -> int | None:
    """Return the number of a chapter's page, None for another page."""
    match = _CHAPTER.match(docname)
    return int(match[1]) if match else None


class MarkTerms(SphinxPostTransform):
    """Marks the terms of one chapter."""

    default_priority = 910  # after typography, which looks at what stands beside a formula
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Go through the chapter's text, where it is one of a book with a glossary."""
        docname = self.env.docname
        chapter = chapter_of(docname)
        terms = terms_of(Path(self.app.srcdir))
        if chapter is None or not terms or PAGE not in self.env.found_docs:
            return
        address = self.app.builder.get_relative_uri(docname, PAGE)

        def link(term: Term, text: str) -> nodes.Node:
            html = (
                f'<a class="course-term" href="{escape(address)}#{term.anchor}"'
                f' aria-describedby="{definition_id(term.anchor)}">{escape(text)}</a>'
            )
            return nodes.raw("", html, format="html", **{MARK: term.anchor})

        mark(self.document, [t for t in terms if t.explained_in(chapter)], link)


def definition_id(anchor: str) -> str:
    """Return the id of a term's definition in a chapter's page."""
    return f"definition-of-{anchor}"


def mark(document: nodes.document, terms: Iterable[Term], wrap: Wrap) -> list[Term]:
    """Wrap the first use of each term, and return the terms found, in the order of the text.

    Parameters
    ----------
    document : docutils.nodes.document
        The text, which is changed.
    terms : iterable of Term
        The terms to look for.
    wrap : callable
        Makes a node of a term and the words that stand for it.
    """
    spellings = Spellings(terms)
    found: list[Term] = []
    for text in list(running_text(document)):
        parts: list[nodes.Node] = []
        end = 0
        for start, stop, term in spellings.find(text):
            if term not in found:
                found.append(term)
                parts += [nodes.Text(text[end:start]), wrap(term, text[start:stop])]
                end = stop
        if parts:
            parts.append(nodes.Text(text[end:]))
            text.parent.replace(text, [part for part in parts if part != nodes.Text("")])
    return found


def running_text(document: nodes.document) -> Iterator[nodes.Text]:
    """Yield the pieces of a document that a reader reads as prose."""
    depth = 0  # of links written as HTML, which are pieces on either side of their text
    for node in document.findall():
        if isinstance(node, nodes.paragraph):
            depth = 0
        elif isinstance(node, nodes.raw) and not isinstance(node.parent, nodes.container):
            depth += sum(-1 if slash else 1 for slash in _LINK.findall(node.astext()))
        elif isinstance(node, nodes.Text) and depth <= 0 and _is_prose(node):
            yield node


def _is_prose(text: nodes.Text) -> bool:
    node = text.parent
    while node is not None:
        if isinstance(node, _ELSEWHERE) or "cell_output" in node.get("classes", ()):
            return False
        node = node.parent
    return True
