"""A batch of notebooks: what is due runs, what comes is kept, what passed is not repeated."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from course_lib.files import write_whole
from course_lib.publishing.batch import machine, report, tasks
from course_lib.publishing.batch.pools import Pool
from course_lib.publishing.batch.rows import Row
from course_lib.publishing.execution import book_root
from course_lib.publishing.files import from_text, to_text
from course_lib.publishing.fingerprint import PACKAGE, execution_key, file_digest, library_files
from course_lib.publishing.running import takes_parameters


class NotANotebookError(ValueError):
    """A file cannot be run; says which, and why."""


@dataclass(frozen=True)
class Order:
    """What is asked of all notebooks."""

    out: Path
    profile: str = "fast"
    device: str = "cpu"
    seed: int = 0
    seconds: float = 3600.0
    """The longest that one notebook may run."""
    threads: int | None = None
    """Of each kernel, unless OMP_NUM_THREADS says; without it, as many as torch likes."""
    force: bool = False
    """Whether to run again what passed."""

    def parameters(self) -> dict[str, object]:
        """Return what is given to each notebook."""
        return {"profile": self.profile, "device": self.device, "seed": self.seed}


@dataclass(frozen=True)
class Source:
    """A notebook that has been read."""

    name: str
    path: Path
    text: str

    @property
    def copy(self) -> str:
        """Where its run is kept, below the report."""
        return f"notebooks/{self.name}"


def read_sources(paths: list[Path]) -> list[Source]:
    """Read notebooks, each once, and name them by where they are below the book's root.

    Raises
    ------
    NotANotebookError
        If one is none, or not one of Python.
    """
    found: dict[str, Source] = {}
    for path in dict.fromkeys(p.resolve() for p in paths):
        name = path.relative_to(book_root(path)).as_posix()
        if name in found:
            name = path.relative_to(path.anchor).as_posix()
        found[name] = Source(name, path, _text(path))
    return list(found.values())


def _text(path: Path) -> str:
    try:
        notebook = from_text(path.read_text("utf-8"))
        cells = [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]
        language = notebook.metadata.get("kernelspec", {}).get("language", "python")
    except OSError as error:
        raise NotANotebookError(f"{path} cannot be read: {error.strerror}") from error
    except Exception as error:  # nbformat raises many kinds
        raise NotANotebookError(f"{path} is not a notebook") from error
    if language.lower() != "python" or not cells:
        why = f"is in {language}, not in Python" if cells else "has no cells"
        raise NotANotebookError(f"{path} {why}")
    return to_text(notebook)


def run(
    sources: list[Source],
    order: Order,
    pool: Pool,
    changed: Callable[[Row, int, int], None] = lambda *_: None,
) -> dict[str, Any]:
    """Run notebooks and keep a report of it in the order's folder, up to date at every moment.

    Parameters
    ----------
    sources
        As `read_sources` gives them.
    order, pool
        What is asked, and where it runs.
    changed
        Told of each row that changed, how many are settled, and how many there are.

    Returns
    -------
    report : dict
        As it stands in ``report.json``; its ``state`` is ``finished``, or after a KeyboardInterrupt
        ``interrupted``.

    Raises
    ------
    DeviceError, SchedulerError
        Before any notebook has run.
    OSError
        If the folder takes no file.
    """
    with pool as (executor, slots):
        found = executor.submit(machine.find_machine, order.device).result()
        batch = _Batch(sources, order, found, changed)
        batch.write("running")
        try:
            _run(batch, executor, slots)
        except KeyboardInterrupt:
            for source in sources:
                row = batch.rows[source.name]
                if row.state == "running":
                    batch.change(source, row.with_(state="interrupted"))
            return batch.write("interrupted")
        return batch.write("finished")


def _run(batch: _Batch, executor: Executor, slots: int) -> None:
    running: dict[Future[dict[str, Any]], Source] = {}
    try:
        while batch.due or running:
            # No more than can run: the report then says what does.
            while batch.due and len(running) < slots:
                source = batch.due.popleft()
                batch.change(source, batch.rows[source.name].with_(state="running"))
                running[executor.submit(tasks.execute, batch.task(source))] = source
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                batch.keep(running.pop(future), _result(future))
    finally:
        for future in running:
            future.cancel()


class _Batch:
    """The rows of one run, and the report that shows them."""

    def __init__(
        self,
        sources: list[Source],
        order: Order,
        found: Mapping[str, Any],
        changed: Callable[[Row, int, int], None],
    ) -> None:
        self.order, self.changed = order, changed
        self.library = file_digest(library_files(), PACKAGE)
        self.head: dict[str, Any] = {
            "state": "running",
            "started": datetime.now().astimezone().isoformat(timespec="seconds"),
            "parameters": order.parameters(),
            "time_limit": order.seconds,
            "machine": dict(found),
            "library": self.library,
        }
        before = report.read_rows(order.out)
        names = {source.name for source in sources}
        self.earlier = [
            row for row in before.values() if row.state == "passed" and row.name not in names
        ]
        self.rows: dict[str, Row] = {}
        self.due: deque[Source] = deque()
        for source in sources:
            row = self._row(source, None if order.force else before.get(source.name))
            self.rows[source.name] = row
            if row.kept:
                changed(row, self._settled(), len(sources))
            else:
                self.due.append(source)

    def _row(self, source: Source, before: Row | None) -> Row:
        notebook = from_text(source.text)
        on = {
            **self.order.parameters(),
            "device name": self.head["machine"]["device_name"],
            "versions": self.head["machine"]["versions"],
        }
        key = execution_key(notebook, on, root=book_root(source.path))
        there = (self.order.out / source.copy).is_file()
        if before is not None and before.key == key and before.state == "passed" and there:
            return before.with_(kept=True)
        return Row(source.name, key=key, takes_parameters=takes_parameters(notebook))

    def _settled(self) -> int:
        return sum(row.state not in ("waiting", "running") for row in self.rows.values())

    def task(self, source: Source) -> dict[str, Any]:
        """Return what a worker is told of a notebook."""
        return {
            "name": source.name,
            "notebook": source.text,
            "folder": str(source.path.parent),
            "parameters": self.order.parameters(),
            "seconds": self.order.seconds,
            "threads": self.order.threads,
            "library": self.library,
        }

    def keep(self, source: Source, result: dict[str, Any]) -> None:
        """Keep what a worker gave: the run first, then the row that speaks of it."""
        row = self.rows[source.name].finished(result)
        if executed := result.get("executed"):
            write_whole(self.order.out / source.copy, executed.encode())
            row = row.with_(copy=source.copy)
        self.change(source, row)

    def change(self, source: Source, row: Row) -> None:
        self.rows[source.name] = row
        self.write("running")
        self.changed(row, self._settled(), len(self.rows))

    def write(self, state: str) -> dict[str, Any]:
        """Write the report and return it."""
        made = report.compose({**self.head, "state": state}, self.rows.values(), self.earlier)
        report.write(made, self.order.out)
        return made


def _result(future: Future[dict[str, Any]]) -> dict[str, Any]:
    try:
        return future.result()
    except (Exception, CancelledError) as error:  # a worker was lost, or the cluster
        return {"state": "failed", "error": f"its worker was lost: {type(error).__name__}: {error}"}
