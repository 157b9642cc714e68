"""What belongs together stays on one line: a formula and its punctuation, a number and its unit.

A drawn formula is a box, and a browser may break a line between a box and the full stop after it.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

_VERBATIM = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)
TOGETHER = "course-together"  # book.css: no line breaks between a formula and what touches it
_BEFORE = re.compile(r"[(\[“‘]+$")
_AFTER = re.compile(r"^[.,;:!?)\]”’%-]+")
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=%|(?:[kKMG]i?B|ms|px)\b)")


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_post_transform(KeepTogether)


class KeepTogether(SphinxPostTransform):
    """Wraps each inline formula and its punctuation, and ties numbers to their units."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Go through the formulas and the text of one document."""
        for formula in list(self.document.findall(nodes.math)):
            keep_together(formula)
        for text in list(self.document.findall(nodes.Text)):
            if not isinstance(text.parent, _VERBATIM):
                tie_units(text)


def tie_units(text: nodes.Text) -> None:
    """Put a space that does not break between a number and the unit after it."""
    tied = _NUMBER_AND_UNIT.sub("\N{NO-BREAK SPACE}", text)
    if tied != text:
        text.parent.replace(text, nodes.Text(tied))


def keep_together(formula: nodes.Node) -> None:
    """Wrap a formula and the punctuation on either side, where there is any."""
    parent = formula.parent
    if parent is None:
        return
    index = parent.index(formula)
    before = _take(parent, index - 1, _BEFORE) if index > 0 else ""
    after = _take(parent, index + 1, _AFTER) if index + 1 < len(parent) else ""
    if before or after:
        parts = [nodes.Text(before), formula.deepcopy(), nodes.Text(after)]
        wrapper = nodes.inline("", "", *[p for p in parts if p.astext()], classes=[TOGETHER])
        parent.replace(formula, wrapper)


def _take(parent: nodes.Element, index: int, pattern: re.Pattern[str]) -> str:
    sibling = parent[index]
    if not isinstance(sibling, nodes.Text) or (match := pattern.search(sibling)) is None:
        return ""
    rest = str(sibling)[: match.start()] + str(sibling)[match.end() :]
    parent.replace(sibling, nodes.Text(rest))
    return match[0]
