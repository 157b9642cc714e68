"""What is known of one notebook of a batch."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Self

STATES = ("passed", "failed", "timed out", "interrupted", "running", "waiting")


@dataclass(frozen=True)
class Row:
    """A notebook, how far it is, and what it took."""

    name: str
    state: str = "waiting"
    """One of ``STATES``."""
    kept: bool = False
    """Whether it passed in an earlier run and was not run again."""
    key: str = ""
    """Of what a run depends on; equal keys need no second run."""
    takes_parameters: bool = False
    seconds: float | None = None
    host_bytes: int | None = None
    device_bytes: int | None = None
    device_names: list[str] = field(default_factory=list)
    cell: int | None = None
    """The failing cell, counted from 1 over all cells."""
    line: str = ""
    error: str = ""
    trace: str = ""
    copy: str = ""
    """The executed notebook, relative to the report."""
    host: str = ""

    def with_(self, **changes: Any) -> Self:
        """Return the row with some of it changed."""
        return replace(self, **changes)

    def finished(self, result: dict[str, Any]) -> Self:
        """Return the row with what a task gave; what it gave too much is left out."""
        known = {f.name for f in fields(self)} - {"name", "key", "kept", "copy"}
        return replace(self, **{k: v for k, v in result.items() if k in known})

    def to_plain(self) -> dict[str, Any]:
        """Return the row as plain values, for JSON."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Self:
        """Return the row that `to_plain` gave, of this or another version of the report."""
        known = {f.name for f in fields(cls)}
        return cls(**{k: v for k, v in plain.items() if k in known})
