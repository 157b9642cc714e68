"""The formula sheet: each chapter's section "In formulas", gathered on one page for print.

The directive ``course-formulas`` stands for all of them; they are written in the notebooks alone.
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from course_lib.publishing.files import read

HEADING = "### In formulas"
_TITLE = re.compile(r"^# +(.+)$", re.MULTILINE)
_SECTION = re.compile(rf"^{HEADING}\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("course-formulas", Formulas)


def formulas_of(notebook: Path) -> tuple[str, str]:
    """Return a chapter's title and its formulas, both in Markdown.

    Raises
    ------
    ValueError
        If the chapter has no title, or no section of formulas.
    """
    cells = [cell.source for cell in read(notebook).cells if cell.cell_type == "markdown"]
    prose = "\n\n".join(cells)
    title, section = _TITLE.search(prose), _SECTION.search(prose)
    if title is None or section is None:
        missing = "title" if title is None else f'section "{HEADING}"'
        raise ValueError(f"{notebook.name} has no {missing}")
    return title[1].strip(), section[1].strip()


class Formulas(SphinxDirective):
    """The formulas of all chapters, a section for each."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        folder = Path(self.env.srcdir) / "book"
        return [self._section(path) for path in sorted(folder.glob("[0-9][0-9]-*.ipynb"))]

    def _section(self, path: Path) -> nodes.section:
        self.env.note_dependency(str(path))
        title, formulas = formulas_of(path)
        link = addnodes.pending_xref(
            "", refdomain="std", reftype="doc", reftarget=f"/book/{path.stem}", refexplicit=True
        )
        link["refdoc"], link["refwarn"] = self.env.docname, True
        link += nodes.inline("", title)
        heading = nodes.title("", "", nodes.Text(f"{int(path.stem[:2])} "), link)
        section = nodes.section("", heading, names=[f"formulas {path.stem[:2]}"])
        section["classes"].append("course-formulas")
        self.state.document.note_implicit_target(section, section)
        section += self.parse_text_to_nodes(formulas)
        return section
