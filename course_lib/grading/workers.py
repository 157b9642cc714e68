"""Where submissions are examined: threads of this machine, or the workers of a Dask cluster.

Either way a worker holds examiners, one a thread, and returns results; the client alone writes.
"""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from course_lib.grading.examiner import Examiner, ExaminerCrashedError

_own = threading.local()
# A worker that died is replaced this often before its submission counts as crashed.
RETRIES = 2
PATIENCE = 20.0  # seconds for a scheduler to answer


class SchedulerError(ValueError):
    """The cluster cannot be used; says why."""


def examine(task: dict[str, Any]) -> dict[str, Any]:
    """Examine one submission by this thread's examiner; a crash of the grader is a result too."""
    if not hasattr(_own, "examiner"):
        _own.examiner = Examiner()
    try:
        result: dict[str, Any] = _own.examiner.examine(task)
    except ExaminerCrashedError as error:
        return {"status": "crashed", "reason": str(error), "tests": {}, "missing": []}
    return result


@contextmanager
def local(jobs: int) -> Iterator[tuple[Executor, int]]:
    """Offer `jobs` threads, each with an examiner of its own; and their number."""
    examiners: list[Examiner] = []

    def begin() -> None:
        _own.examiner = Examiner()
        examiners.append(_own.examiner)

    pool = ThreadPoolExecutor(jobs, initializer=begin)
    try:
        yield pool, jobs
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for examiner in examiners:
            examiner.close()
        pool.shutdown()


@contextmanager
def cluster(
    address: str, ca: Path | None = None, cert: Path | None = None, key: Path | None = None
) -> Iterator[tuple[Executor, int]]:
    """Offer the threads of a Dask cluster's workers; and their number.

    Parameters
    ----------
    address
        The scheduler's: `tls://HOST:PORT`, or `tcp://127.0.0.1:PORT` on this machine.
    ca, cert, key
        Files of the certificate authority, this client's certificate and its key, for TLS.

    Raises
    ------
    SchedulerError
        If the address is not of this machine and not TLS, or nobody answers.
    """
    from distributed import Client
    from distributed.security import Security

    check_address(address)
    security = None
    if address.startswith("tls://"):
        files = {"tls_ca_file": ca, "tls_client_cert": cert, "tls_client_key": key}
        given = {name: str(path) for name, path in files.items() if path}
        security = Security(require_encryption=True, **given)
    try:
        client = Client(address, security=security, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, TypeError, ValueError) as error:
        raise SchedulerError(f"no scheduler answers at {address}: {error}") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise SchedulerError(f"the scheduler at {address} has no workers")
        yield client.get_executor(retries=RETRIES, pure=False), threads


def check_address(address: str) -> None:
    """Raise `SchedulerError` unless what is sent to an address stays here or is encrypted."""
    parts = urlsplit(address if "//" in address else f"//{address}")
    try:
        here = (
            parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname or "").is_loopback
        )
    except ValueError:
        here = False
    if parts.scheme != "tls" and not here:
        raise SchedulerError(
            f"{address} is on another machine: what travels there must be encrypted, "
            "so its address must begin with tls://"
        )
