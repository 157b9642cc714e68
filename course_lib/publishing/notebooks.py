"""In Sphinx: each notebook runs before the book is read, and is read with the outputs it had."""

from __future__ import annotations

import time
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from course_lib.publishing.execution import NotebookError, cached, execute
from course_lib.publishing.files import from_text, read, to_text
from course_lib.publishing.merging import merge_outputs

logger = logging.getLogger(__name__)
RUN = "course_run"  # under this key of its metadata, the run that a document was read with


def setup(app: Sphinx) -> None:
    """Connect the three moments."""
    runs = Runs()
    app.connect("env-get-outdated", runs.find_outdated)
    app.connect("env-before-read-docs", runs.run_notebooks)
    app.connect("source-read", runs.read_with_outputs)


class Runs:
    """The runs of one build, by document: what is read is what was run, whatever changes since."""

    def __init__(self) -> None:
        self._runs: dict[str, Path] = {}

    def find_outdated(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> list[str]:
        """Name the notebooks whose run on the page is not the one that is due now."""
        return [
            name
            for name in sorted(env.found_docs - added - changed)
            if (path := _notebook(env, name)) is not None
            and env.metadata[name].get(RUN) != cached(path, cache=_cache(app)).name
        ]

    def run_notebooks(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Run the notebooks about to be read. One that fails is reported; the others still run."""
        for name in docnames:
            path = _notebook(env, name)
            if path is None:
                continue
            waits = not cached(path, cache=_cache(app)).is_file()
            if waits:
                logger.info("executing %s... ", name, nonl=True)
            start = time.monotonic()
            try:
                self._runs[name] = execute(path, cache=_cache(app))
            except NotebookError as error:
                logger.info("failed")
                _warn(name, error.reason)
            else:
                if waits:
                    logger.info("%.1f s", time.monotonic() - start)

    def read_with_outputs(self, app: Sphinx, docname: str, content: list[str]) -> None:
        """Replace a notebook's text by the same notebook with the outputs of its run."""
        run = self._runs.get(docname)
        if run is None:
            return
        source = from_text(content[0])
        try:
            merged = merge_outputs(source, read(run))
        except ValueError as error:
            _warn(docname, f"it changed while the book was built ({error}); build again")
            return
        app.env.metadata[docname][RUN] = run.name
        content[0] = to_text(merged)


def _warn(docname: str, message: str) -> None:
    logger.warning("%s", message, location=docname, type="course", subtype="execution")


def _notebook(env: BuildEnvironment, docname: str) -> Path | None:
    path = Path(env.doc2path(docname))
    return path if path.suffix == ".ipynb" else None


def _cache(app: Sphinx) -> Path:
    return Path(app.srcdir) / "_build" / "executed"
