"""The page of what ran: each notebook, when, how long, and with what. Nothing in it is typed.

In a page, the directive ``course-status`` stands for a table of the records that `execution` keeps
in the runs themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.nodes import Node
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from course_lib.publishing.execution import RECORD, cached
from course_lib.publishing.files import read

READ = "course_status"  # under this key of its metadata, what a document was read with
HEADINGS = ("Notebook", "Result", "Ran (UTC)", "Time", "Peak memory")


@dataclass(frozen=True)
class Ran:
    """One notebook's run, or that there is none because it failed.

    Parameters
    ----------
    name
        The notebook's document.
    begun
        When it began; None where it failed.
    seconds
        How long it ran.
    memory
        The most memory that its kernel held, bytes; None where the system does not tell.
    versions
        What it ran with.
    parameters
        What it was given.
    """

    name: str
    begun: datetime | None = None
    seconds: float = 0.0
    memory: int | None = None
    versions: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table says behind the name."""
        if self.begun is None:
            return ("failed", "", "", "")
        memory = "" if self.memory is None else f"{self.memory / 2**20:.0f} MiB"
        return ("passed", f"{self.begun:%Y-%m-%d %H:%M}", f"{self.seconds:.1f} s", memory)


def record(name: str, run: Path) -> Ran:
    """Return what a kept run says of itself; a run that is not there has failed."""
    if not run.is_file():
        return Ran(name)
    metadata = read(run).metadata
    engine, own = metadata.get("papermill", {}), metadata.get(RECORD, {})
    return Ran(
        name,
        datetime.fromisoformat(engine["start_time"]),
        float(engine["duration"]),
        own.get("memory"),
        _pairs(own.get("versions", {})),
        _pairs(engine.get("parameters", {})),
    )


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("course-status", Status)
    app.connect("env-get-outdated", find_outdated)


def find_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name the pages that tell of runs which are not those of now."""
    pages = [name for name in env.found_docs - added - changed if READ in env.metadata[name]]
    if not pages:
        return []
    key = _key(_runs(app))
    # A run that is due and not there will be tried before the pages are read.
    return [name for name in pages if env.metadata[name][READ] != key]


class Status(SphinxDirective):
    """A table of all notebooks' runs, and below it what they ran with."""

    def run(self) -> list[Node]:
        """Return the table and the sentences."""
        runs = _runs(self.env.app)
        self.env.metadata[self.env.docname][READ] = _key(runs)
        found = [record(name, path) for name, path in runs.items()]
        return [self._table(found), *_with_what(found)]

    def _table(self, found: list[Ran]) -> nodes.table:
        group = nodes.tgroup("", *(nodes.colspec("", colwidth=1) for _ in HEADINGS), cols=5)
        head = nodes.row("", *(_entry(nodes.Text(word)) for word in HEADINGS))
        body = nodes.tbody()
        for ran in found:
            link = addnodes.pending_xref(
                "", refdomain="std", reftype="doc", reftarget=f"/{ran.name}", refexplicit=False
            )
            link["refdoc"], link["refwarn"] = self.env.docname, True
            link += nodes.inline("", ran.name)
            body += nodes.row("", _entry(link), *(_entry(nodes.Text(word)) for word in ran.cells))
        group += [nodes.thead("", head), body]
        return nodes.table("", group, classes=["course-status"])


def _with_what(found: list[Ran]) -> list[Node]:
    """Return a sentence for each set of versions and parameters, naming who ran with it."""
    groups: dict[tuple[Any, Any], list[str]] = {}
    for ran in found:
        if ran.begun is not None:
            groups.setdefault((ran.versions, ran.parameters), []).append(ran.name)
    said: list[Node] = []
    for (versions, parameters), names in groups.items():
        who = "All ran" if len(groups) == 1 else ", ".join(Path(n).name for n in names) + " ran"
        given = ", ".join(f"{name} {value}" for name, value in parameters)
        used = ", ".join(f"{name} {value}" for name, value in versions)
        said.append(nodes.paragraph("", f"{who} with the parameters {given}; with {used}."))
    return said


def _runs(app: Sphinx) -> dict[str, Path]:
    """Return where each notebook's run is or would be, in the order of the names."""
    env = app.env
    assert env is not None
    paths = {name: Path(env.doc2path(name)) for name in sorted(env.found_docs)}
    cache = Path(app.srcdir) / "_build" / "executed"
    return {n: cached(p, cache=cache) for n, p in paths.items() if p.suffix == ".ipynb"}


def _key(runs: Mapping[str, Path]) -> str:
    return " ".join(f"{path.name}:{path.is_file()}" for path in runs.values())


def _pairs(values: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in values.items())


def _entry(content: Node) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", "", content))
