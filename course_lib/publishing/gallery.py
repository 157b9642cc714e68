"""The gallery: a page with every registered figure, made anew from the registry.

In a page, the directive ``course-gallery`` stands for all figures, chapter by chapter; in any page
the role ``course-figure`` names one and links to its place there. Files that are missing or out of
date are drawn, side by side, before the pages are read.
"""

from __future__ import annotations

import json
import time
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from course_lib.publishing import gallery_files
from course_lib.publishing.fingerprint import PACKAGE, figure_files, file_digest
from course_lib.publishing.gallery_files import files_of

logger = logging.getLogger(__name__)

FOLDER = "_static/figures"  # in the book
READ = "course_gallery"  # under this key of its metadata, what a document was read with
ROOT = 'class="course-gallery-filter'  # the mark of a gallery in a page


def setup(app: Sphinx) -> None:
    """Add the directive and the role."""
    app.add_directive("course-gallery", Gallery)
    app.add_role("course-figure", figure_role)
    app.connect("env-get-outdated", find_outdated)
    app.connect("html-page-context", link_script)


def find_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name the pages with a gallery that is not of the figures as they are now."""
    pages = [name for name in env.found_docs - added - changed if READ in env.metadata[name]]
    if not pages:
        return []
    source = _source()
    missing = bool(gallery_files.due(_folder(app), source))
    return sorted(name for name in pages if missing or env.metadata[name][READ] != _key(source))


def link_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Link the filter's script from a page with a gallery."""
    if ROOT in context.get("body", ""):
        app.add_js_file("course/gallery.js")


def target(name: str) -> str:
    """Return the id of a figure's place in the gallery."""
    return f"figure-{name.replace('/', '-')}"


def figure_role(
    role: str, rawtext: str, text: str, lineno: int, inliner: Inliner, *_: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Return a figure's name as a link to its place in the gallery."""
    from course_lib.figures import UnknownFigureError, load

    try:
        load(text)
    except UnknownFigureError as error:
        message = inliner.reporter.error(str(error), line=lineno)
        return [inliner.problematic(rawtext, rawtext, message)], [message]
    options = {"refdomain": "std", "reftype": "ref", "refexplicit": True, "refwarn": True}
    link = addnodes.pending_xref(rawtext, reftarget=target(text), **options)
    link["refdoc"] = inliner.document.settings.env.docname
    link += nodes.literal(text, text)
    return [link], []


class Gallery(SphinxDirective):
    """Every figure, in a section for each chapter."""

    def run(self) -> list[nodes.Node]:
        """Draw what is out of date, and return the sections."""
        from course_lib.figures import CHAPTERS, names

        source = _source()
        if self.env.app.builder.format != "html" or not self._drawn(source):
            return []
        self.env.metadata[self.env.docname][READ] = _key(source)
        count = len(names())
        search = (
            f'<div {ROOT} pst-js-only"><label for="course-gallery-words">Filter by name, title,'
            ' slide or parameter</label><input type="search" id="course-gallery-words"'
            f' autocomplete="off" spellcheck="false"><p role="status">{count} figures</p></div>'
        )
        return [
            _html(search),
            *(self._section(n, chapter) for n, chapter in enumerate(CHAPTERS, start=1)),
        ]

    def _drawn(self, source: str) -> bool:
        folder = _folder(self.env.app)
        due = gallery_files.due(folder, source)
        logger.info("drawing %d files of figures... ", len(due), nonl=True)
        start = time.monotonic()
        try:
            gallery_files.draw(due, folder, source)
        except (OSError, ValueError) as error:
            logger.info("failed")
            logger.warning(
                "the figures are not drawn: %s",
                error,
                location=self.env.docname,
                type="course",
                subtype="gallery",
            )
            return False
        logger.info("%.1f s", time.monotonic() - start)
        return True

    def _section(self, number: int, chapter: str) -> nodes.section:
        from course_lib.figures import names

        page = f"{number:02d}-{chapter}"
        title = title_of(Path(self.env.app.srcdir) / "book" / f"{page}.ipynb", chapter)
        section = nodes.section(
            "", nodes.title("", title), names=[nodes.fully_normalize_name(title)]
        )
        self.state.document.note_implicit_target(section, section)
        link = addnodes.pending_xref(
            "", refdomain="std", reftype="doc", reftarget=f"/book/{page}", refexplicit=True
        )
        link["refdoc"], link["refwarn"] = self.env.docname, True
        link += nodes.inline("", f"Open chapter {number}")
        figures = nodes.bullet_list("", classes=["course-gallery"], bullet="-")
        figures.extend(self._figure(name) for name in names(chapter))
        section += [nodes.paragraph("", "", link), figures]
        return section

    def _figure(self, name: str) -> nodes.list_item:
        from course_lib.figures import command, load

        entry, files = load(name), files_of(name)
        folder = _folder(self.env.app)
        here = self.env.app.builder.get_target_uri(self.env.docname)
        root = relative_uri(here, FOLDER)
        width, height = gallery_files.size(folder / files.light.file)
        alt = escape(entry.describe())
        pictures = "".join(
            f'<img class="only-{theme}" src="{root}/{escape(job.file)}" width="{width}"'
            f' height="{height}" loading="lazy" decoding="async" alt="{alt}">'
            for theme, job in (("light", files.light), ("dark", files.dark))
        )
        downloads = " ".join(
            f'<a href="{root}/{escape(job.file)}" download'
            f' aria-label="{escape(f"{says}: {entry.title}")}">{escape(says)}</a>'
            for says, job in files.downloads
        )
        item = nodes.list_item("", names=[target(name)], classes=["course-gallery-figure"])
        self.state.document.note_explicit_target(item, item)
        item += [
            _html(f'<div class="course-gallery-picture">{pictures}</div>'),
            _html(
                f"<h3>{escape(entry.title)}</h3><p><code>{escape(name)}</code></p>"
                f"<p>Slide: {escape(entry.slide)}</p>"
            ),
            nodes.literal_block("", command(entry), language="text"),
            _html(f'<p class="course-gallery-downloads">{downloads}</p>'),
        ]
        return item


def _folder(app: Sphinx) -> Path:
    return Path(app.outdir) / FOLDER


def _source() -> str:
    """Return a digest of what the figures are made from."""
    return file_digest(figure_files(), PACKAGE)


def _key(source: str) -> str:
    """Return what tells a gallery from one that would read otherwise."""
    own = file_digest((PACKAGE / "publishing").glob("gallery*.py"), PACKAGE)
    return f"{source} {own}"


def _html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def title_of(notebook: Path, chapter: str) -> str:
    """Return a chapter's title, the first heading of its notebook."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    prose = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    lines = (line for text in prose for line in text.splitlines())
    return next((line[2:].strip() for line in lines if line.startswith("# ")), chapter)
