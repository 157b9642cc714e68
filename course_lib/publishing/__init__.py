"""From notebooks to a book that needs no kernel, no server and no network.

A Sphinx extension, ``course_lib.publishing``, in parts that do not know one another:

- `fingerprint` and `execution` run each notebook once, with papermill, and keep the result;
  `merging` gives its outputs to the notebook as it is written now; `notebooks` does so in Sphinx;
- `mathematics` has KaTeX draw formulas while the book is built, `assets` brings the demos' scripts
  and style sheet, `prerender` draws each demo's first frame;
- `security` writes the page's Content-Security-Policy, and `pages` puts all this into each page.

Importing this package imports none of them: `execute` is useful without Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the parts to Sphinx, which calls this by name."""
    from course_lib import __version__
    from course_lib.publishing import assets, mathematics, notebooks, pages

    for part in (notebooks, mathematics, assets, pages):
        part.setup(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": False}
