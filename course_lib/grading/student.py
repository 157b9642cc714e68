"""The student's side: runs in the sandbox, executes cells, answers calls.

Started as `python -I -m course_lib.grading.student MEMORY PROCESSES FILES SECONDS`. Requests come
on standard input, answers go to standard output, both as frames of `wire`. Nothing here is trusted
by the other side: a student's code shares this process and may forge every answer, which gains it
no more than returning a value does.

Requests: `["run", source]` · `["call", callee, arguments, named arguments]` · `["get", name]`; a
callee is `["name", name]` or `["handle", number]`. Answers: `["ran", outputs, error]` ·
`["value", value]` · `["error", type, message]`.
"""

from __future__ import annotations

import os
import resource
import sys
from typing import Any

from course_lib.grading.shell import Shell, run_cell
from course_lib.grading.wire import Decoder, Encoder, WireError, frame, read_frame

MAX_HANDLES = 10_000
MAX_MESSAGE = 5_000


class Student:
    """A shell with the student's names, and the objects that the other side holds handles of."""

    def __init__(self) -> None:
        self.shell = Shell()
        self._objects: list[Any] = []

    def answer(self, request: Any, buffers: list[bytes]) -> bytes:
        """Carry one request out and return the answer's frame."""
        encoder = Encoder(self._keep)
        try:
            message = self._carry_out(request, buffers, encoder)
            return frame(message, encoder.buffers)
        except WireError as error:
            return frame(["error", "ValueError", f"what came back cannot travel: {error}"])
        except BaseException as error:
            return frame(["error", type(error).__name__[:100], _message(error)])

    def _carry_out(self, request: Any, buffers: list[bytes], encoder: Encoder) -> list[Any]:
        kind, *rest = request
        if kind == "run":
            run = run_cell(self.shell, rest[0])
            return ["ran", run.outputs, run.error]
        decoder = Decoder(buffers, lambda number, _: self._objects[number])
        if kind == "get":
            return ["value", encoder.encode(self._named(rest[0]))]
        callee, arguments, named = rest
        function = self._named(callee[1]) if callee[0] == "name" else self._objects[callee[1]]
        result = function(*decoder.decode(arguments), **decoder.decode(named))
        return ["value", encoder.encode(result)]

    def _named(self, name: str) -> Any:
        if name not in self.shell.user_ns:
            raise NameError(f"name {name!r} is not defined")
        return self.shell.user_ns[name]

    def _keep(self, value: Any) -> int:
        if len(self._objects) >= MAX_HANDLES:
            raise WireError("too many objects")
        self._objects.append(value)
        return len(self._objects) - 1


def _message(error: BaseException) -> str:
    try:
        return str(error)[:MAX_MESSAGE]
    except BaseException:
        return "an error that cannot be written"


def limit(memory: int, processes: int, files: int, seconds: int) -> None:
    """Bound this process and its children; hard, so that they cannot be raised again."""
    for kind, bound in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_NPROC, processes),
        (resource.RLIMIT_FSIZE, files),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        resource.setrlimit(kind, (bound, bound))


def main() -> None:
    """Answer requests until the other side closes the pipe."""
    limit(*(int(word) for word in sys.argv[1:5]))
    sys.argv[1:] = []
    # The wire moves away from where `print` and `input` look for the world.
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    student = Student()
    sink.write(frame(["ready"]))
    sink.flush()

    def read(size: int) -> bytes:
        data = source.read(size)
        if len(data) < size:
            raise EOFError
        return data

    while True:
        try:
            request, buffers = read_frame(read)
        except EOFError:
            return
        sink.write(student.answer(request, buffers))
        sink.flush()


if __name__ == "__main__":
    main()
