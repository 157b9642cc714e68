"""One run of a notebook, with papermill, and what its kernel says of itself at the end."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from course_lib.publishing.kernel import ThisPython
from course_lib.publishing.merging import INJECTED

Ended = Callable[[dict[str, Any]], None]


class NotebookError(RuntimeError):
    """A notebook did not run to its end.

    Parameters
    ----------
    notebook : Path
        The notebook.
    reason : str
        Which cell stopped it, and why.
    cell : int, optional
        The number of that cell, counted from 1 as the notebook stands; None where no cell is to
        blame or it is not known which.
    line : str
        The first line of its code.
    error : str
        What it raised, in one line.
    trace : str
        Where, in several.
    timed_out : bool
        Whether it ran too long.
    """

    def __init__(
        self,
        notebook: Path,
        reason: str,
        *,
        cell: int | None = None,
        line: str = "",
        error: str = "",
        trace: str = "",
        timed_out: bool = False,
    ) -> None:
        super().__init__(f"{notebook.name} did not run: {reason}")
        self.notebook, self.reason = notebook, reason
        self.cell, self.line, self.timed_out = cell, line, timed_out
        self.error, self.trace = error or reason, trace


def run(
    notebook: Path,
    source: NotebookNode,
    parameters: Mapping[str, object],
    *,
    folder: Path | None = None,
    output: Path | None = None,
    cell_seconds: float | None = None,
    seconds: float | None = None,
    ended: Ended | None = None,
) -> NotebookNode:
    """Run a notebook's code in a kernel of its own, and return it with its outputs.

    Parameters
    ----------
    notebook : Path
        What it is called in errors.
    source : NotebookNode
        The notebook, which is not changed.
    parameters : mapping of str to object
        Given to the cell tagged ``parameters``, where there is one.
    folder : Path, optional
        Where the kernel works; the notebook's own folder without it.
    output : Path, optional
        Where the run is written, cell by cell, a failed one too; nowhere without it.
    cell_seconds, seconds : float, optional
        The longest that one cell, and that all of them, may run.
    ended : callable, optional
        Told, after the last cell that ran, what
        :func:`~course_lib.publishing.kernel_memory.peaks` found in the kernel: not if a cell ran
        too long or ended the kernel.

    Raises
    ------
    NotebookError
        If a cell raises, runs too long or ends the kernel.
    """
    from papermill import execute_notebook  # takes most of a second to import
    from papermill.exceptions import PapermillExecutionError

    deadline = None if seconds is None else time.monotonic() + seconds
    begun = [""]  # the code of the cells that were begun

    try:
        executed: NotebookNode = execute_notebook(
            source,
            None if output is None else str(output),
            parameters if takes_parameters(source) else None,
            engine_name=_engine(),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            cwd=folder or notebook.resolve().parent,
            timeout_func=lambda _: _remaining(cell_seconds, deadline),
            kernel_manager_class=ThisPython,
            store_widget_state=False,
            shutdown_kernel="immediate",  # it has answered; asked politely, it may complain
            on_cell_start=lambda cell, cell_index: begun.append(cell.source),
            ended=ended,
        )
        return executed
    except PapermillExecutionError as error:
        # papermill counts its own cells too; the reader knows those of the source.
        number, line = _cell(source, error.source)
        trace = _plain("\n".join(error.traceback)).strip()
        what = f"{error.ename}: {error.evalue}"
        raise NotebookError(
            notebook,
            f"cell {number or '?'} ({line!r}) raised {what}\n{trace}",
            cell=number,
            line=line,
            error=what,
            trace=trace,
        ) from error
    except TimeoutError as error:
        late = deadline is not None and time.monotonic() >= deadline
        what = f"it ran for more than {seconds:g} s" if late else _too_long(cell_seconds)
        number, line = _cell(source, begun[-1])
        raise NotebookError(
            notebook,
            f"{what}\n{error}",
            cell=number,
            line=line,
            error=what,
            trace=_plain(str(error)),
            timed_out=True,
        ) from error
    except RuntimeError as error:  # nbclient's DeadKernelError among them
        what = f"{type(error).__name__}: {error}"
        number, line = _cell(source, begun[-1])
        raise NotebookError(notebook, what, cell=number, line=line) from error


def takes_parameters(source: NotebookNode) -> bool:
    """Tell whether a notebook has a cell for parameters."""
    return any("parameters" in cell.metadata.get("tags", []) for cell in source.cells)


def _too_long(cell_seconds: float | None) -> str:
    return (
        "a cell ran too long"
        if cell_seconds is None
        else f"a cell ran for more than {cell_seconds:g} s"
    )


def _remaining(cell_seconds: float | None, deadline: float | None) -> float | None:
    """Return how long the next cell may run; None, for ever."""
    limits = [] if cell_seconds is None else [float(cell_seconds)]
    if deadline is not None:
        limits.append(max(deadline - time.monotonic(), 0.001))  # nbclient takes 0 for "for ever"
    return min(limits, default=None)


@cache
def _engine() -> str:
    """Make papermill's client ask the kernel at the end; return the engine's name for papermill."""
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import Engine, papermill_engines
    from papermill.log import logger
    from traitlets import Any as Anything

    from course_lib.publishing.kernel_memory import ask

    class Client(PapermillNotebookClient):  # type: ignore[misc]
        ended = Anything(None, allow_none=True)

        def papermill_execute_cells(self) -> None:
            super().papermill_execute_cells()
            if self.ended is not None:
                self.ended(ask(self))

    class CourseEngine(Engine):  # type: ignore[misc]
        @classmethod
        def execute_managed_notebook(
            cls, nb_man: Any, kernel_name: str, start_timeout: int = 60, **options: Any
        ) -> None:
            options.pop("input_path", None)
            Client(
                nb_man,
                kernel_name=kernel_name,
                startup_timeout=start_timeout,
                log=logger,
                **options,
            ).execute()

    papermill_engines.register("course", CourseEngine)
    return "course"


def _cell(notebook: NotebookNode, source: str) -> tuple[int | None, str]:
    cells = [cell for cell in notebook.cells if INJECTED not in cell.metadata.get("tags", [])]
    number = next((i for i, cell in enumerate(cells, 1) if source and cell.source == source), None)
    return number, next((line for line in source.splitlines() if line.strip()), "").strip()


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
