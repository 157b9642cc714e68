"""A progress bar where someone looks: in a terminal and in a notebook, never in a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol


class Bar(Protocol):
    """What is done with a progress bar."""

    def update(self, n: int) -> Any:
        """Move the bar by `n` steps."""

    def set_postfix_str(self, s: str) -> Any:
        """Show a short text behind the bar."""


class _NoBar:
    def update(self, n: int) -> None:
        pass

    def set_postfix_str(self, s: str) -> None:
        pass


@contextmanager
def progress_bar(
    total: int, description: str, *, done: int = 0, show: bool | None = None
) -> Iterator[Bar]:
    """Show how far a run is.

    Parameters
    ----------
    total, done : int
        Steps in all, and those behind us already.
    description : str
    show : bool, optional
        Without it there is a bar in a notebook, and in a terminal if the standard error is one.

    Yields
    ------
    bar : Bar
    """
    # A kernel imports IPython's module for it, whoever else may have imported IPython.
    notebook = "ipykernel.zmqshell" in sys.modules
    if not (notebook or sys.stderr.isatty() if show is None else show):
        yield _NoBar()
        return
    from tqdm.auto import tqdm  # type: ignore[import-untyped]

    with tqdm(total=total, desc=description, initial=done, unit=" steps") as bar:
        yield bar
