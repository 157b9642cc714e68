"""What the templates cannot mend, because docutils writes it: roles that no element may have.

All else is mended where it arises, in ``book/_templates`` and ``book/_static/book.css``.
"""

from __future__ import annotations


def mend_roles(html: str) -> str:
    """Return a page whose bibliography is a list of list items.

    docutils marks the entries ``doc-biblioentry``, which ARIA has withdrawn, in a list whose
    children must be ``listitem``.
    """
    return html.replace('role="doc-biblioentry"', 'role="listitem"')
