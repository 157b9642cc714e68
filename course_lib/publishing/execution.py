"""Run a notebook once, with papermill, and keep the run until what it depends on changes."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from course_lib.publishing.files import read, write_at_once
from course_lib.publishing.fingerprint import execution_key
from course_lib.publishing.kernel import ThisPython
from course_lib.publishing.merging import INJECTED, merge_outputs

CELL_SECONDS = 600  # the longest that one cell may run
KEPT = 3  # runs kept of each notebook, so that going back to an earlier version is quick


class NotebookError(RuntimeError):
    """A notebook did not run to its end.

    Parameters
    ----------
    notebook : Path
        The notebook.
    reason : str
        Which cell stopped it, and why.
    """

    def __init__(self, notebook: Path, reason: str) -> None:
        super().__init__(f"{notebook.name} did not run: {reason}")
        self.notebook = notebook
        self.reason = reason


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
    executed = _run(notebook, parameters, cell_seconds)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_at_once(executed, path)
    _forget_old_runs(notebook, path.parent)
    return path


def merged(notebook: Path, **options: Any) -> NotebookNode:
    """Return the notebook with the outputs of its run, running it where needed.

    Takes the options of :func:`execute` and raises what it raises.
    """
    return merge_outputs(read(notebook), read(execute(notebook, **options)))


def _with_defaults(parameters: dict[str, object]) -> dict[str, object]:
    return {"profile": "fast", "device": "cpu", "seed": 0} | parameters


def _run(notebook: Path, parameters: dict[str, object], cell_seconds: int) -> NotebookNode:
    from papermill import execute_notebook  # takes most of a second to import
    from papermill.exceptions import PapermillExecutionError

    source = read(notebook)
    takes = any("parameters" in cell.metadata.get("tags", []) for cell in source.cells)
    try:
        executed: NotebookNode = execute_notebook(
            source,
            None,
            parameters if takes else None,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            cwd=notebook.resolve().parent,
            execution_timeout=cell_seconds,
            kernel_manager_class=ThisPython,
            store_widget_state=False,
            shutdown_kernel="immediate",  # it has answered; asked politely, it may complain
        )
        return executed
    except PapermillExecutionError as error:
        # papermill counts its own cells too; the reader knows those of the source.
        where = _cell_number(source, error.source)
        last = _plain("\n".join(error.traceback)).strip()
        reason = f"cell {where} raised {error.ename}: {error.evalue}\n{last}"
        raise NotebookError(notebook, reason) from error
    except TimeoutError as error:
        reason = f"a cell ran for more than {cell_seconds} s\n{error}"
        raise NotebookError(notebook, reason) from error
    except RuntimeError as error:  # nbclient's DeadKernelError among them
        raise NotebookError(notebook, f"{type(error).__name__}: {error}") from error


def _cell_number(notebook: NotebookNode, source: str) -> str:
    code = [cell for cell in notebook.cells if INJECTED not in cell.metadata.get("tags", [])]
    number = next((i for i, cell in enumerate(code, 1) if cell.source == source), None)
    first = next((line for line in source.splitlines() if line.strip()), "")
    return f"{number if number else '?'} ({first.strip()!r})"


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def _forget_old_runs(notebook: Path, cache: Path) -> None:
    runs = []
    for path in cache.glob(f"{notebook.stem}.*.ipynb"):
        with suppress(FileNotFoundError):  # another process may be forgetting too
            runs.append((path.stat().st_mtime, path))
    for _, path in sorted(runs, reverse=True)[KEPT:]:
        path.unlink(missing_ok=True)
