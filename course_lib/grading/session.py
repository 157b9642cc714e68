"""One submission's conversation with its sandbox: cells run, calls answered, lives replayed.

A death or a time-out ends the sandbox. The next request starts a new one and runs again the cells
that had ended before, so that one bad cell or call costs no more than itself.
"""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from course_lib.grading.errors import NotStartedError, OutOfTime, Stopped, StudentError
from course_lib.grading.limits import DEFAULT, Limits
from course_lib.grading.sandbox import Sandbox
from course_lib.grading.stand_ins import Handle, number_of
from course_lib.grading.text import clean_text
from course_lib.grading.wire import Decoder, Encoder, WireError, frame, read_frame

MAX_NAME = 200


class Session:
    """Runs cells and makes calls, in one sandbox after another where need be.

    Parameters
    ----------
    files
        A folder whose files the cells find beside them, or None.
    limits
        What the submission may take.
    """

    def __init__(self, files: Path | None = None, limits: Limits = DEFAULT) -> None:
        self._files, self._limits = files, limits
        self._end = time.monotonic() + limits.submission
        self._sandbox: Sandbox | None = None
        self._starts = self._deaths = 0
        self._ended: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    @property
    def restarts(self) -> int:
        """How often the sandbox had to start again."""
        return max(0, self._starts - 1)

    @property
    def life(self) -> int:
        """Counts the sandboxes that are gone, and with them the objects that they held."""
        return self._deaths

    def run(self, source: str) -> tuple[list[Any], tuple[str, str] | None]:
        """Run a cell; return its outputs and the error that ended it, both as the sandbox says.

        Raises
        ------
        Stopped
            If the process died of it or was ended; it is not run again then.
        """
        ran = self._ran(self._ask(["run", source], [], self._limits.cell))
        self._ended.append(source)
        return ran

    def call(self, callee: list[Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Call a student's object and return the plain value that comes back.

        Raises
        ------
        StudentError
            If it raised.
        Stopped
            If the process died of it or was ended.
        WireError
            If an argument cannot travel.
        """
        encoder = Encoder(number_of)
        coded = [encoder.encode(arguments), encoder.encode(named)]
        return self._value(["call", callee, *coded], encoder.buffers)

    def get(self, name: str) -> Any:
        """Return the plain value of one of the student's names, as `call` does."""
        return self._value(["get", name], [])

    def _value(self, request: list[Any], buffers: list[bytes]) -> Any:
        message, parts = self._ask(request, buffers, self._limits.call)
        life = self._deaths
        match message:
            case ["value", coded]:
                try:
                    return Decoder(parts, lambda n, kind: Handle(self, n, kind, life)).decode(coded)
                except WireError as error:
                    raise StudentError(
                        "ValueError", f"what came back is no value: {error}"
                    ) from error
            case ["error", str(kind), str(text)]:
                raise StudentError(clean_text(kind, MAX_NAME), clean_text(text, 5_000))
        self._close()
        raise Stopped("it answered what was not asked")

    def _ran(self, answer: tuple[Any, list[bytes]]) -> tuple[list[Any], tuple[str, str] | None]:
        match answer[0]:
            case ["ran", list(outputs), None]:
                return outputs, None
            case ["ran", list(outputs), [str(kind), str(text)]]:
                return outputs, (clean_text(kind, MAX_NAME), clean_text(text, 5_000))
        self._close()
        raise Stopped("it answered what was not asked")

    def _ask(
        self, request: list[Any], buffers: list[bytes], seconds: float
    ) -> tuple[Any, list[bytes]]:
        sandbox = self._sandbox or self._start()
        return self._exchange(sandbox, frame(request, buffers), seconds)

    def _exchange(self, sandbox: Sandbox, data: bytes, seconds: float) -> tuple[Any, list[bytes]]:
        deadline = min(time.monotonic() + seconds, self._end)
        try:
            sandbox.send(data, deadline)
            return read_frame(lambda size: sandbox.read(size, deadline))
        except OutOfTime:
            self._close()
            raise OutOfTime(f"it took longer than {seconds:.0f} seconds") from None
        except WireError as error:
            self._close()
            raise Stopped(f"its connection broke: {error}") from error
        except Stopped:
            self._close()
            raise

    def _start(self) -> Sandbox:
        """Start a sandbox and run again what had ended in the one before.

        Raises
        ------
        NotStartedError
            If it does not come up, which is no fault of the student's.
        """
        if time.monotonic() >= self._end:
            raise OutOfTime("the submission's time is used up")
        if self.restarts >= self._limits.restarts:
            raise Stopped("it was started again too often")
        self._starts += 1
        sandbox = self._sandbox = Sandbox(self._files, self._limits)
        try:
            self._exchange(sandbox, b"", self._limits.start)
        except Stopped as error:
            raise NotStartedError(f"the sandbox did not start: {error}") from error
        for source in self._ended:
            self._exchange(sandbox, frame(["run", source]), self._limits.cell)
        return sandbox

    def _close(self) -> None:
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None
            self._deaths += 1
