"""How a student's code can fail to answer."""

from __future__ import annotations


class Stopped(Exception):  # noqa: N818
    """The student's process is no more: it died, or was ended because of a limit."""


class OutOfTime(Stopped):
    """It was ended because it took too long."""


class StudentError(Exception):
    """What a student's code raised: the type's name and the message, both mere text."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}" if message else kind)
        self.kind = kind
        self.message = message


class SandboxError(RuntimeError):
    """No sandbox can be had on this machine; says what to do."""


class NotStartedError(RuntimeError):
    """A sandbox did not come up, before any of a student's code ran in it."""
