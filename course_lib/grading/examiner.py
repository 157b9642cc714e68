"""The grader's own process: imports torch once, then examines one submission after another.

Started as `python -m course_lib.grading.examiner`; reads tasks and writes results, a line of JSON
each, on standard input and output. Both ends are the grader's. A process of its own keeps a test
that takes all memory or never ends from taking the run with it: `Examiner` ends it and goes on.
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from course_lib.grading.errors import SandboxError
from course_lib.grading.examination import examine
from course_lib.grading.lab import Lab
from course_lib.grading.limits import Limits
from course_lib.grading.sandbox import check_system

# Seconds that the lab's own tests may take beyond the student's code: some train a network.
TESTS = 900.0
# Bytes of its own: what a student returns may make a test ask for more than the machine has.
MEMORY = 8 * 2**30
COMMAND = (sys.executable, "-m", "course_lib.grading.examiner")


class ExaminerCrashedError(RuntimeError):
    """The grader's process, not the student's, died or did not end; says how."""


class Examiner:
    """An examiner's process; started when it is first needed, and again after a crash.

    Parameters
    ----------
    words
        The command that starts it, to run it as somebody else.
    """

    def __init__(self, words: Sequence[str] = COMMAND) -> None:
        self._words = words
        self._process: subprocess.Popen[bytes] | None = None

    def examine(self, task: dict[str, Any]) -> dict[str, Any]:
        """Examine one submission and return the result of `examination.examine`.

        Parameters
        ----------
        task
            As `task` below makes it.

        Raises
        ------
        ExaminerCrashedError
            If the process died or took too long.
        SandboxError
            If no sandbox can be had on this machine.
        """
        process = self._process = self._process or _start(self._words)
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(task).encode() + b"\n")
            process.stdin.flush()
            result = json.loads(self._line(task["limits"]["submission"] + TESTS))
        except (OSError, ValueError, ExaminerCrashedError) as error:
            self.close()
            raise ExaminerCrashedError(str(error) or "the grader's process died") from error
        if "crash" in result:
            raise ExaminerCrashedError(result["crash"])
        if "no sandbox" in result:
            raise SandboxError(result["no sandbox"])
        assert isinstance(result, dict)
        return result

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            assert process.stdin is not None
            assert process.stdout is not None
            process.kill()  # its sandbox dies with it
            process.wait()
            process.stdin.close()
            process.stdout.close()

    def _line(self, seconds: float) -> bytes:
        """Read one line, or raise where it does not come in time."""
        assert self._process is not None
        assert self._process.stdout is not None
        stream, deadline = self._process.stdout.fileno(), time.monotonic() + seconds
        parts: list[bytes] = []
        while not parts or not parts[-1].endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([stream], [], [], left)[0]:
                raise ExaminerCrashedError(f"the tests did not end within {seconds:.0f} seconds")
            part = os.read(stream, 2**20)
            if not part:
                code = self._process.wait(timeout=10)
                raise ExaminerCrashedError(f"the grader's process ended with status {code}")
            parts.append(part)
        return b"".join(parts)


def task(
    lab: Lab, submission: bytes, seed: bytes, files: dict[str, bytes], limits: Limits
) -> dict[str, Any]:
    """Return all that examining one submission needs, as plain JSON."""
    return {
        "lab": lab.as_json(),
        "submission": _coded(submission),
        "seed": seed.hex(),
        "files": {name: _coded(data) for name, data in files.items()},
        "limits": limits.as_json(),
    }


def _start(words: Sequence[str]) -> subprocess.Popen[bytes]:
    one = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}  # so that every machine sums alike
    return subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **one}, bufsize=0
    )


def _coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _carry_out(task: dict[str, Any]) -> dict[str, Any]:
    try:
        return examine(
            Lab.from_json(task["lab"]),
            base64.b64decode(task["submission"]),
            bytes.fromhex(task["seed"]),
            {name: base64.b64decode(data) for name, data in task["files"].items()},
            Limits(**task["limits"]),
        )
    except SandboxError as error:
        return {"no sandbox": str(error)}
    except Exception as error:
        return {"crash": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Examine submissions until standard input ends."""
    import resource  # which Windows, where nothing is graded, has not

    import torch

    torch.set_num_threads(1)
    # The sandboxes have bounds of their own: theirs may be lower, never higher than the second one.
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    bound = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_DATA, (bound, most))
    # What a test prints on its way must not stand among the results.
    sink = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    refusal = None
    try:
        check_system()
    except SandboxError as error:
        refusal = {"no sandbox": str(error)}
    for line in sys.stdin:
        sink.write(json.dumps(refusal or _carry_out(json.loads(line))) + "\n")
        sink.flush()


if __name__ == "__main__":
    main()
