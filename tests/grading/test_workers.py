"""Workers return results; where they are lost, nothing is lost with them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from course_lib.grading import workers
from course_lib.grading.workers import SchedulerError, check_address
from tests.grading import ordinary_user
from tests.grading.bubblewrap import needs_bubblewrap
from tests.grading.courses import make_course, results, scores, submit, words
from tests.grading.small_lab import RIGHT

HOST = "127.0.0.1"


@pytest.mark.parametrize(
    "address",
    [
        "tcp://127.0.0.1:8786",
        "127.0.0.1:8786",
        "tcp://[::1]:8786",
        "tcp://localhost:1",
        "tls://h:1",
    ],
)
def test_what_stays_here_or_is_encrypted_is_allowed(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    "address", ["tcp://192.0.2.1:8786", "192.0.2.1:8786", "tcp://scheduler:8786", "ws://0.0.0.0:1"]
)
def test_what_would_travel_openly_is_refused(address: str) -> None:
    with pytest.raises(SchedulerError, match="must begin with tls"):
        check_address(address)


def test_a_crash_of_the_grader_is_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    class Crashing:
        def examine(self, task: object) -> None:
            raise workers.ExaminerCrashedError("it fell over")

    monkeypatch.setattr(workers._own, "examiner", Crashing(), raising=False)
    result = workers.examine({})
    assert (result["status"], result["reason"]) == ("crashed", "it fell over")


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Python module as an ordinary user meanwhile."""
    process = subprocess.Popen(
        ordinary_user.command([sys.executable, "-m", *arguments]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.slow
@needs_bubblewrap
def test_a_worker_killed_in_the_middle_loses_nothing_and_repeats_nothing(
    place: Path, free_port: int
) -> None:
    root = make_course(place / "course")
    students = [f"student-{i:02}" for i in range(12)]
    for student in students:
        submit(root, student, RIGHT)
    address = f"tcp://{HOST}:{free_port}"
    worker = ("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard")
    scheduler = ("distributed.cli.dask_scheduler", "--host", HOST, "--port", str(free_port))
    with (
        started(*scheduler, "--no-dashboard"),
        started(*worker, "--no-nanny") as doomed,
        started(*worker, "--no-nanny"),
    ):
        time.sleep(8)

        def kill() -> None:
            while len(results(root)) < 3:
                time.sleep(0.05)
            os.killpg(doomed.pid, signal.SIGKILL)

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        run = subprocess.run(
            words("labs", "grade", "lab", "--course", str(root), "--scheduler", address),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        assert not killer.is_alive()
    assert scores(root) == dict.fromkeys(students, (4.0, False))
    report = json.loads((root / "grading/lab/report.json").read_text(encoding="utf-8"))
    assert report["counts"] == {"graded": 12}


@pytest.fixture
def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_scheduler_that_is_not_there_is_said_to_be_not_there(
    free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 1.0)
    with (
        pytest.raises(SchedulerError, match="no scheduler answers"),
        workers.cluster(f"tcp://{HOST}:{free_port}"),
    ):
        pass


def test_paths_of_certificates_are_for_tls(tmp_path: Path) -> None:
    with pytest.raises(SchedulerError), workers.cluster("tls://127.0.0.1:9", ca=tmp_path / "none"):
        pass
