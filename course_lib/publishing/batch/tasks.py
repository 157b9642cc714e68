"""One notebook in a process of its own: its time is kept, its memory watched, its end certain."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from course_lib.publishing.fingerprint import PACKAGE, file_digest, library_files

LOOK = 0.25  # seconds between two looks at the memory
# A notebook that is over its time is ended by its own process; this long after, from outside.
GRACE = 90.0

_lock = threading.Lock()
_live: set[subprocess.Popen[bytes]] = set()
_stopped = threading.Event()


def execute(task: dict[str, Any]) -> dict[str, Any]:
    """Run one notebook; never raises on account of the notebook.

    Parameters
    ----------
    task : dict
        ``name``; ``notebook``, its text; ``folder`` to work in, if it is there; ``parameters``;
        ``seconds``, the longest it may run; ``threads`` of each kernel, or None; ``library``, the
        digest of the `course_lib` that is meant.

    Returns
    -------
    result : dict
        ``state`` (``passed``, ``failed``, ``timed out``), ``seconds``; ``host_bytes``, the largest
        sum of the resident sets of kernel and children; ``device_bytes`` and ``device_names``;
        ``cell``, ``line``, ``error``, ``trace`` of a failure; ``executed``, the run as text;
        ``host``, where it ran.
    """
    if file_digest(library_files(), PACKAGE) != task["library"]:
        return _failure(f"the course_lib on {platform.node()} is another than the one that asks")
    with tempfile.TemporaryDirectory(prefix="course-execute-") as place:
        folder = Path(place)
        work = task["folder"] if os.path.isdir(task["folder"]) else place
        (folder / "task.json").write_text(json.dumps({**task, "folder": work}), "utf-8")
        result = _run(folder, task["seconds"], task["threads"])
        run = folder / "run.ipynb"
        result["executed"] = run.read_text("utf-8") if run.is_file() else None
        result["host"] = platform.node()
        return result


def stop_all() -> None:
    """End what runs in this process's threads, and let nothing begin any more."""
    _stopped.set()
    with _lock:
        for process in _live:
            kill_children(process.pid)
            process.kill()


def allow() -> None:
    """Let notebooks begin again."""
    _stopped.clear()


def kill_children(pid: int) -> None:
    """End all processes that a process has begun, and those that these have."""
    try:
        children = psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return
    _kill(children)


def _kill(processes: Iterable[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.Error):  # psutil never ends another process of the same number
            process.kill()


def _run(folder: Path, seconds: float, threads: int | None) -> dict[str, Any]:
    began, peak = time.monotonic(), 0
    seen: set[psutil.Process] = set()
    with (folder / "log").open("wb") as log:
        process = _start(folder, log, threads)
        if process is None:
            return _failure("stopped before it began")
        try:
            while process.poll() is None:
                peak = max(peak, resident_bytes(process.pid, seen))
                if time.monotonic() - began > seconds + GRACE:
                    break
                try:
                    process.wait(LOOK)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            kill_children(process.pid)
            process.kill()
            process.wait()
            _kill(seen)  # what a kernel leaves behind has no parent by which to find it
            assert process.stdin is not None
            process.stdin.close()
            with _lock:
                _live.discard(process)
    passed = round(time.monotonic() - began, 3)
    try:
        result: dict[str, Any] = json.loads((folder / "result.json").read_text("utf-8"))
    except (OSError, ValueError):
        result = _failure(*_last_words(folder / "log", process.returncode, passed > seconds))
        result |= {"seconds": passed} | ({"state": "timed out"} if passed > seconds else {})
    # What was seen from outside counts children too; what the kernel knows misses no moment.
    result["host_bytes"] = max(peak, result.get("host_bytes") or 0) or None
    return result


def _start(folder: Path, log: Any, threads: int | None) -> subprocess.Popen[bytes] | None:
    path = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path}
    if threads is not None:
        environment.setdefault("OMP_NUM_THREADS", str(threads))
    with _lock:
        if _stopped.is_set():
            return None
        process = subprocess.Popen(
            [sys.executable, "-m", "course_lib.publishing.batch.process", str(folder)],
            stdin=subprocess.PIPE,  # closes with this process, see `process`
            stdout=log,
            stderr=log,
            env=environment,
            start_new_session=True,  # Ctrl-C in a terminal is for us, who end it in good order
        )
        _live.add(process)
        return process


def resident_bytes(pid: int, seen: set[psutil.Process]) -> int:
    """Return the sum of the resident sets of what a process has begun, without its own, in bytes.

    Pages that several of them share count for each. The processes are added to `seen`.
    """
    total = 0
    try:
        children = psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return 0
    seen.update(children)
    for child in children:
        with suppress(psutil.Error):
            total += child.memory_info().rss
    return total


def _failure(error: str, trace: str = "") -> dict[str, Any]:
    return {"state": "failed", "seconds": 0.0, "error": error, "trace": trace}


def _last_words(log: Path, code: int | None, late: bool) -> tuple[str, str]:
    words = log.read_bytes()[-4000:].decode("utf-8", "replace").strip()
    if late:
        return "it ran too long and had to be ended from outside", words
    return f"the process that ran it ended with code {code}, perhaps for want of memory", words
