"""Where notebooks run: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from course_lib.publishing.batch import tasks

Pool = AbstractContextManager[tuple[Executor, int]]


@contextmanager
def local(jobs: int) -> Iterator[tuple[Executor, int]]:
    """Offer `jobs` threads, each of which may watch one notebook; and their number.

    Whatever still runs at the end is ended.
    """
    tasks.allow()
    pool = ThreadPoolExecutor(jobs)
    try:
        yield pool, jobs
    finally:
        tasks.stop_all()
        pool.shutdown(cancel_futures=True)


class SchedulerError(ValueError):
    """The cluster cannot be used; says why."""


def cluster(
    address: str, ca: Path | None = None, cert: Path | None = None, key: Path | None = None
) -> Pool:
    """Offer the workers of a Dask cluster, as the grader does, and their number.

    Raises
    ------
    SchedulerError
        If the address is not of this machine and not TLS, or on entering, if nobody answers.
    """
    from course_lib.grading import workers

    try:
        workers.check_address(address)
    except workers.SchedulerError as error:
        raise SchedulerError(str(error)) from error
    return _entered(address, ca, cert, key)


@contextmanager
def _entered(*words: Any) -> Iterator[tuple[Executor, int]]:
    from course_lib.grading import workers

    try:
        with workers.cluster(*words) as offered:
            yield offered
    except workers.SchedulerError as error:
        raise SchedulerError(str(error)) from error
