"""Run a notebook once and keep the run until what it depends on changes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from course_lib.publishing.files import read, write_at_once
from course_lib.publishing.fingerprint import execution_key
from course_lib.publishing.merging import merge_outputs
from course_lib.publishing.running import NotebookError, run

__all__ = ["RECORD", "NotebookError", "book_root", "cached", "execute", "merged"]

RECORD = "course"  # under this key of a run's metadata, what it ran with and what it took

CELL_SECONDS = 600  # the longest that one cell may run
KEPT = 3  # runs kept of each notebook, so that going back to an earlier version is quick


def book_root(notebook: Path) -> Path:
    """Return the nearest folder above a notebook that holds ``_config.yml``, or its own folder."""
    folder = notebook.resolve().parent
    return next((p for p in (folder, *folder.parents) if (p / "_config.yml").is_file()), folder)


def cached(notebook: Path, *, cache: Path | None = None, **parameters: object) -> Path:
    """Return where the run of a notebook, as all stands now, is or would be kept.

    Parameters
    ----------
    notebook : Path
        The notebook.
    cache : Path, optional
        The folder; ``_build/executed`` beside ``_config.yml`` without it.
    **parameters
        As in :func:`execute`.
    """
    root = book_root(notebook)
    key = execution_key(read(notebook), _with_defaults(parameters), root=root)
    return (cache or root / "_build" / "executed") / f"{notebook.stem}.{key}.ipynb"


def execute(
    notebook: Path,
    *,
    profile: str = "fast",
    device: str = "cpu",
    seed: int = 0,
    cache: Path | None = None,
    cell_seconds: int = CELL_SECONDS,
) -> Path:
    """Run a notebook unless its run is kept already, and return the path of the executed copy.

    Parameters
    ----------
    notebook : Path
        The notebook, which is not changed.
    profile, device, seed
        The parameters given to the cell tagged ``parameters``, where there is one.
    cache : Path, optional
        The folder of kept runs; ``_build/executed`` beside ``_config.yml`` without it.
    cell_seconds : int
        The longest that one cell may run, in seconds.

    Raises
    ------
    NotebookError
        If a cell raises, runs too long or ends the kernel. Nothing is kept then.
    """
    parameters = {"profile": profile, "device": device, "seed": seed}
    path = cached(notebook, cache=cache, **parameters)
    if path.is_file():
        with suppress(OSError):
            path.touch()
        return path
    peak: dict[str, Any] = {}
    executed = run(
        notebook, read(notebook), parameters, cell_seconds=cell_seconds, ended=peak.update
    )
    executed.metadata[RECORD] = _record(peak)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_at_once(executed, path)
    _forget_old_runs(notebook, path.parent)
    return path


def merged(notebook: Path, **options: Any) -> NotebookNode:
    """Return the notebook with the outputs of its run, running it where needed.

    Takes the options of :func:`execute` and raises what it raises.
    """
    return merge_outputs(read(notebook), read(execute(notebook, **options)))


def _record(peak: dict[str, Any]) -> dict[str, Any]:
    """Return what a run is to say of itself beside its times, which papermill notes."""
    from course_lib.publishing.batch.machine import find_machine

    return {"versions": find_machine("cpu")["versions"], "memory": peak.get("host_bytes")}


def _with_defaults(parameters: dict[str, object]) -> dict[str, object]:
    return {"profile": "fast", "device": "cpu", "seed": 0} | parameters


def _forget_old_runs(notebook: Path, cache: Path) -> None:
    runs = []
    for path in cache.glob(f"{notebook.stem}.*.ipynb"):
        with suppress(FileNotFoundError):  # another process may be forgetting too
            runs.append((path.stat().st_mtime, path))
    for _, path in sorted(runs, reverse=True)[KEPT:]:
        path.unlink(missing_ok=True)
