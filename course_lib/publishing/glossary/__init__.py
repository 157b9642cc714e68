"""The course's terms: a page of them all, and an explanation where a chapter first uses one.

`terms` reads ``book/glossary.yml`` and finds spellings in a text, `marking` makes links of the
first uses in a chapter, `definitions` gives the chapter what its links show, and `page` lists all
terms. What shows a definition on hover, focus and tap is ``static/page.js``; without it a marked
term is an ordinary link to the glossary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Connect the parts."""
    from course_lib.publishing.glossary import definitions, marking, page

    for part in (page, marking, definitions):
        part.setup(app)
