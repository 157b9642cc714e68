"""In Sphinx: each notebook runs before the book is read, and is read with the outputs it had."""

from __future__ import annotations

import time
from pathlib import Path

import nbformat
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from course_lib.publishing.execution import NotebookError, cached, execute
from course_lib.publishing.merging import merge_outputs

logger = logging.getLogger(__name__)
RUN = "course_run"  # under this key of its metadata, the run that a document was read with


def setup(app: Sphinx) -> None:
    """Connect the three moments."""
    app.connect("env-get-outdated", find_outdated)
    app.connect("env-before-read-docs", run_notebooks)
    app.connect("source-read", read_with_outputs)


def find_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name the notebooks whose run on the page is not the one that is due now."""
    unchanged = env.found_docs - added - changed
    return [
        name
        for name in sorted(unchanged)
        if (path := _notebook(env, name)) is not None
        and env.metadata[name].get(RUN) != cached(path, cache=_cache(app)).name
    ]


def run_notebooks(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Run the notebooks about to be read. One that fails is reported, and the others still run."""
    for name in docnames:
        path = _notebook(env, name)
        if path is None or cached(path, cache=_cache(app)).is_file():
            continue
        logger.info("executing %s... ", name, nonl=True)
        start = time.monotonic()
        try:
            execute(path, cache=_cache(app))
        except NotebookError as error:
            logger.info("failed")
            logger.warning("%s", error.reason, location=name, type="course", subtype="execution")
        else:
            logger.info("%.1f s", time.monotonic() - start)


def read_with_outputs(app: Sphinx, docname: str, content: list[str]) -> None:
    """Replace a notebook's text by the same notebook with the outputs of its run."""
    env = app.env
    path = _notebook(env, docname)
    if path is None:
        return
    source = nbformat.reads(content[0], as_version=4)
    run = cached(path, cache=_cache(app))
    if run.is_file():
        source = merge_outputs(source, nbformat.read(run, as_version=4))
        env.metadata[docname][RUN] = run.name
    content[0] = nbformat.writes(source)


def _notebook(env: BuildEnvironment, docname: str) -> Path | None:
    path = Path(env.doc2path(docname))
    return path if path.suffix == ".ipynb" else None


def _cache(app: Sphinx) -> Path:
    return Path(app.srcdir) / "_build" / "executed"
