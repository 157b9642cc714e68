"""Real processes and kernels; a run of each kind of end."""

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from nbformat import NotebookNode

from course_lib.publishing.batch import tasks
from course_lib.publishing.files import from_text, to_text
from course_lib.publishing.fingerprint import PACKAGE, file_digest, library_files
from tests.publishing.notebooks import notebook, texts

LIBRARY = file_digest(library_files(), PACKAGE)


def task(node: NotebookNode, folder: Path, seconds: float = 120.0) -> dict[str, Any]:
    return {
        "name": "a.ipynb",
        "notebook": to_text(node),
        "folder": str(folder),
        "parameters": {"profile": "full", "device": "cpu", "seed": 7},
        "seconds": seconds,
        "threads": 1,
        "library": LIBRARY,
    }


@pytest.fixture(autouse=True)
def allowed() -> None:
    tasks.allow()


def alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet buried does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_run_that_fails_tells_its_cell_its_memory_and_what_ran_before(tmp_path: Path) -> None:
    child = "bytearray(300 * 2**20); import time; time.sleep(2)"
    node = notebook(
        "import os\nprint(profile, device, seed, os.getcwd())",
        "block = bytearray(200 * 2**20)\ndel block",
        f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}]);",
        "total = 0\n1 / total",
    )
    result = tasks.execute(task(node, tmp_path))
    assert (result["state"], result["cell"], result["line"]) == ("failed", 6, "total = 0")
    assert result["error"] == "ZeroDivisionError: division by zero"
    assert "\x1b" not in result["trace"]
    assert texts(from_text(result["executed"]))[2] == f"full cpu 7 {tmp_path}\n"
    assert result["device_bytes"] == 0
    assert result["host_bytes"] > 200 * 2**20  # gone before the end, but known to the kernel


def test_the_memory_of_children_counts(tmp_path: Path) -> None:
    code = (
        "import time; block = bytearray(400 * 2**20); print(len(block), flush=True); time.sleep(60)"
    )
    outer = (
        "import subprocess, sys\n"
        f"inner = subprocess.Popen([sys.executable, '-c', {code!r}], stdout=subprocess.PIPE)\n"
        "inner.stdout.readline(); print('ready', flush=True); inner.wait()"
    )
    with subprocess.Popen([sys.executable, "-c", outer], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seen = tasks.resident_bytes(process.pid, set())
        children = psutil.Process(process.pid).children(recursive=True)
        tasks.kill_children(process.pid)
        process.wait(30)
    assert 400 * 2**20 < seen < 600 * 2**20
    assert not any(child.is_running() for child in children)


def test_a_notebook_over_its_time_is_ended_with_all_it_began(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    node = notebook(
        "import subprocess, sys, time",
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(pid)!r}, 'w').write(str(child.pid))\ntime.sleep(600)",
    )
    result = tasks.execute(task(node, tmp_path, seconds=20.0))
    assert (result["state"], result["cell"]) == ("timed out", 4)
    assert result["error"] == "it ran for more than 20 s"
    assert not alive(int(pid.read_text()))


def test_a_process_that_is_gone_without_a_word_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = notebook("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")
    result = tasks.execute(task(node, tmp_path))
    assert result["state"] == "failed"
    assert "ended with code -9" in result["error"]


def test_stopping_ends_what_runs_and_lets_nothing_begin(tmp_path: Path) -> None:
    found: list[dict[str, Any]] = []
    order = task(notebook("import time\ntime.sleep(600)"), tmp_path)
    thread = threading.Thread(target=lambda: found.append(tasks.execute(order)))
    thread.start()
    while not tasks._live:
        time.sleep(0.05)
    tasks.stop_all()
    thread.join(30)
    assert [result["state"] for result in found] == ["failed"]
    assert tasks.execute(order)["error"] == "stopped before it began"


def test_a_worker_with_another_package_says_so(tmp_path: Path) -> None:
    result = tasks.execute({**task(notebook("1"), tmp_path), "library": "another"})
    assert result["state"] == "failed"
    assert "is another than the one that asks" in result["error"]
