"""In Sphinx: notebooks to take away, from a chapter's download button and on the page of labs.

They stand in ``_build/notebooks`` too, in the layout of the branch that launch buttons open.
"""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path

from docutils import nodes
from docutils.nodes import Node
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from course_lib.publishing import launch
from course_lib.publishing.files import read, write_at_once
from course_lib.publishing.fingerprint import PACKAGE, file_digest
from course_lib.publishing.launch import Repository
from course_lib.publishing.released_labs import (
    LabPage,
    describe,
    files_of,
    lab_folders,
    released,
)
from course_lib.publishing.takeaway import requirement, takeaway

logger = logging.getLogger(__name__)
READ = "course_labs"  # under this key of its metadata, what a document was read with


def setup(app: Sphinx) -> None:
    """Add the directive, and write the files when a build ends."""
    app.add_directive("course-labs", Labs)
    app.connect("env-get-outdated", find_outdated)
    app.connect("build-finished", write_notebooks)


def find_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name the pages that tell of labs as they are no more."""
    pages = [name for name in env.found_docs - added - changed if READ in env.metadata[name]]
    return [name for name in pages if env.metadata[name][READ] != _key(app)]


class Labs(SphinxDirective):
    """Every lab: what it asks, what it takes, and its notebook."""

    def run(self) -> list[Node]:
        """Return a section for each lab, or a sentence where there is none."""
        self.env.metadata[self.env.docname][READ] = _key(self.env.app)
        folders = lab_folders(_labs(self.env.app))
        if not folders:
            return [nodes.paragraph("", "The labs are not part of this copy of the course.")]
        return [self._section(describe(folder)) for folder in folders]

    def _section(self, lab: LabPage) -> nodes.section:
        section = nodes.section(
            "", nodes.title("", lab.title), names=[nodes.fully_normalize_name(lab.title)]
        )
        section["classes"] = ["course-lab"]
        self.state.document.note_implicit_target(section, section)
        chapters = ", ".join(f"{{doc}}`/book/{chapter}`" for chapter in lab.chapters)
        least, most = lab.minutes
        time = f"{most} minutes" if least == most else f"{least} to {most} minutes"
        points = f"{lab.points}, {lab.by_hand} of them marked by hand"
        text = f"{lab.about}\n\nTime\n: {time}\n\nPoints\n: {points}\n\nNeeds\n: {chapters}\n"
        self.state.nested_parse(StringList(text.splitlines()), 0, section)
        section += nodes.raw("", self._buttons(lab), format="html")
        return section

    def _buttons(self, lab: LabPage) -> str:
        app = self.env.app
        path = f"labs/{lab.name}/{lab.name}.ipynb"
        here = app.builder.get_target_uri(self.env.docname)
        file = escape(relative_uri(here, path))
        said = f'<a href="{file}" download>Download the notebook</a>'
        opened = [
            f'<a href="{escape(address)}">Open in {service}</a>'
            for service, address in launch.links(app.config.course_repository, path).items()
        ]
        return f'<p class="course-notebook-links">{" ".join([said, *opened])}</p>'


def write_notebooks(app: Sphinx, exception: Exception | None) -> None:
    """Write what chapters and labs give to take away, into the book and for the launch branch."""
    if exception is not None or app.builder.format != "html":
        return
    repository: Repository = app.config.course_repository
    branch = Path(app.outdir).parent / "notebooks"
    shutil.rmtree(branch, ignore_errors=True)
    options = {"repository": repository.url, "branch": repository.branch}
    options["book"] = app.config.html_baseurl or ""
    for name in sorted(app.env.found_docs):
        path = Path(app.env.doc2path(name))
        if path.suffix == ".ipynb":
            made = takeaway(read(path), name, **options)
            for folder in (Path(app.outdir) / "_sources", branch):
                target = folder / f"{name}.ipynb"
                target.parent.mkdir(parents=True, exist_ok=True)
                write_at_once(made, target)
                target.chmod(0o644)
    shutil.rmtree(Path(app.outdir) / "labs", ignore_errors=True)
    for lab in _asked_for(app):
        try:
            files = files_of(released(lab, Path(app.outdir).parent / "released"))
        except (ImportError, OSError, ValueError) as error:
            logger.warning("%s is not released: %s", lab.name, error, type="course", subtype="labs")
            continue
        for root in (Path(app.outdir), branch):
            folder = root / "labs" / lab.name
            folder.mkdir(parents=True)
            for file in files:
                if file.suffix == ".ipynb":
                    made = takeaway(read(file), f"labs/{lab.name}/{file.stem}", **options)
                    write_at_once(made, folder / file.name)
                    (folder / file.name).chmod(0o644)
                else:
                    shutil.copyfile(file, folder / file.name)
    if repository.url:
        wanted = requirement(repository.url, repository.branch, "lab")
        (branch / "requirements.txt").write_text(f"{wanted}\n", encoding="utf-8")


def _asked_for(app: Sphinx) -> list[Path]:
    """Return the labs' folders, if a page tells of labs."""
    told = any(READ in app.env.metadata[name] for name in app.env.found_docs)
    return lab_folders(_labs(app)) if told else []


def _labs(app: Sphinx) -> Path:
    return Path(app.srcdir) / "labs"


def _key(app: Sphinx) -> str:
    """Return what tells a page of labs from one that would read otherwise."""
    labs = [f / f"{f.name}.ipynb" for f in lab_folders(_labs(app))]
    own = [PACKAGE / "publishing" / f"{name}.py" for name in ("downloads", "released_labs")]
    told = file_digest(labs, _labs(app)) + file_digest(own, PACKAGE)
    return f"{told} {app.config.course_repository}"
