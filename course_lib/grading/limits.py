"""What a student's code may take: the same numbers for the sandbox and for what runs inside."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Limits:
    """Bounds on one submission's run.

    Parameters
    ----------
    memory
        Bytes that the process tree may hold at once.
    scratch
        Bytes of files, which live in memory too.
    processes
        Processes and threads.
    start
        Seconds to come up, which takes in importing torch on a busy machine.
    cell
        Seconds for one cell of the notebook.
    call
        Seconds for one call of a student's function by a test.
    submission
        Seconds for everything.
    restarts
        How often the sandbox starts again after a death or a time-out.
    """

    memory: int = 3 * 2**30
    scratch: int = 256 * 2**20
    processes: int = 64
    start: float = 120.0
    cell: float = 120.0
    call: float = 30.0
    submission: float = 900.0
    restarts: int = 20

    def as_json(self) -> dict[str, Any]:
        """Return the numbers by their names."""
        return asdict(self)


DEFAULT = Limits()
