"""From notebooks to a book that needs no kernel, no server and no network.

A Sphinx extension, ``course_lib.publishing``, in parts that do not know one another:

- `running` runs a notebook with papermill; `fingerprint` and `execution` do so once and keep the
  result; `batch` runs many and reports on them;
  `merging` gives its outputs to the notebook as it is written now; `notebooks` does so in Sphinx;
- `mathematics` has KaTeX draw formulas while the book is built, `typography` keeps them beside
  their punctuation, `assets` brings the demos' scripts and style sheet;
- `prerender` draws each demo's first frame, `accessibility` mends roles, `security` writes the
  Content-Security-Policy, and `pages` does these three to each page;
- `gallery` makes the page of all figures, and `gallery_files` draws what it shows;
- `glossary` explains each term where a chapter first uses it, and `formulas` gathers the chapters'
  formulas on one page;
- `takeaway` makes a notebook that runs anywhere, `released_labs` gets the labs' from the grader,
  `launch` knows where either can be opened, and `downloads` brings all three into the book;
- `status` makes the page of what ran, when and with what;
- `contents` reads what a page holds: `reading` gives it to "Your reading", `finding` to search;
- `offline` lists the book's files for the worker that keeps them, `archive` packs them into one.

Importing this package imports none of them: `execute` is useful without Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the parts to Sphinx, which calls this by name."""
    from course_lib import __version__
    from course_lib.publishing import (
        assets,
        downloads,
        finding,
        formulas,
        gallery,
        glossary,
        launch,
        mathematics,
        notebooks,
        offline,
        pages,
        reading,
        status,
        typography,
    )

    written = (notebooks, mathematics, typography, assets)
    added = (gallery, glossary, formulas, launch, downloads, status, reading, finding)
    for part in (*written, *added, pages, offline):
        part.setup(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": False}
