"""Grades a lab's submissions: each result is kept as it comes, and a killed run goes on.

For every submission `grading/LAB/results/STUDENT.json` is written first, then the gradebook, then
`STUDENT.done`, which holds the fingerprint of all that went in. A run that finds the fingerprint
does nothing; one that finds the result alone writes the gradebook again, which changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from course_lib import __version__
from course_lib.files import write_whole
from course_lib.grading import files, grades, workers
from course_lib.grading.course import Course, CourseError
from course_lib.grading.errors import SandboxError
from course_lib.grading.examiner import task
from course_lib.grading.lab import Lab
from course_lib.grading.limits import DEFAULT, Limits
from course_lib.grading.submission import MAX_NOTEBOOK

Pool = AbstractContextManager[tuple[Executor, int]]

SEED_BYTES = 32
# Submissions that wait with the workers beyond those being examined: enough to keep them busy, few
# enough that a class of large notebooks does not fill the memory.
AHEAD = 2


@dataclass(frozen=True)
class Unit:
    """One student's notebook, to be examined."""

    student: str
    lab: Lab
    path: Path


def grade(
    course: Course,
    assignment: str,
    *,
    students: list[str] | None = None,
    pool: Pool | None = None,
    limits: Limits = DEFAULT,
    force: bool = False,
    finished: Callable[[Unit, dict[str, Any]], None] = lambda *_: None,
    counted: Callable[[int, int], None] = lambda *_: None,
) -> dict[str, Any]:
    """Grade a lab's submissions, those that are not graded already.

    Parameters
    ----------
    course, assignment
        The course folder and the lab's name in it.
    students
        Whose to grade; without it, everybody's.
    pool
        Who examines: `workers.local(jobs)` (with one thread, by default) or `workers.cluster(...)`.
    limits
        What a submission may take.
    force
        Examine anew also what has not changed.
    finished
        Called after each, once the gradebook has it.
    counted
        Called once with the number of notebooks to examine and of those that were up to date.

    Returns
    -------
    dict
        What is known of all submissions, also of those not asked for, by `STUDENT/NOTEBOOK`.

    Raises
    ------
    CourseError
        If the lab or its submissions are not there, or another run is at it.
    SandboxError
        If no sandbox can be had; nothing was graded then.
    """
    labs, folder = course.labs(assignment), course.own / assignment
    data = course.data(assignment)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "lock", timeout=0):
            for rest in folder.glob(f"{grades.UNFINISHED}*"):  # of a run that was killed
                shutil.rmtree(rest)
            seed = run_seed(folder)
            units = list(_units(course, assignment, labs, students))
            if not units:
                raise CourseError(f"nobody has submitted {assignment!r} in {course.root}")
            book = Book(course)
            marked = [(unit, _mark(unit, data, seed)) for unit in units]
            due = [(unit, mark) for unit, mark in marked if not book.settle(unit, mark, force)]
            counted(len(due), len(units) - len(due))
            if due:
                with pool or workers.local(1) as (executor, threads):
                    for unit, mark, result in _examined(
                        executor, threads * AHEAD, due, data, seed, limits
                    ):
                        book.keep(unit, mark, result)
                        finished(unit, result)
            return book.results(_units(course, assignment, labs, None))
    except Timeout:
        raise CourseError(f"another run is grading {assignment!r} in {course.root}") from None


class Book:
    """What is known of a lab's submissions, on disk."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def settle(self, unit: Unit, mark: str, force: bool) -> bool:
        """Tell whether a unit needs no examination, bringing the gradebook up where it lags."""
        kept = self._read(unit)
        if force or kept is None or kept["mark"] != mark or kept["status"] == "crashed":
            return False
        done = self._done(unit)
        if not done.exists() or done.read_text(encoding="utf-8") != mark:
            self.keep(unit, mark, kept)
        return True

    def keep(self, unit: Unit, mark: str, result: dict[str, Any]) -> None:
        """Keep a result, write it into the gradebook, and note that both was done."""
        text = json.dumps({**result, "mark": mark}).encode()
        write_whole(self._path(unit), text, mode=0o600)
        grades.record(self._course, unit.lab, unit.student, result)
        write_whole(self._done(unit), mark.encode())

    def results(self, units: Iterable[Unit]) -> dict[str, Any]:
        """Return what is kept of the units, without their notebooks."""
        found = {}
        for unit in units:
            kept = self._read(unit)
            if kept is not None:
                kept.pop("notebook", None)
                found[f"{unit.student}/{unit.lab.notebook}"] = kept
        return found

    def _read(self, unit: Unit) -> dict[str, Any] | None:
        return kept_result(self._course, unit.lab, unit.student)

    def _path(self, unit: Unit) -> Path:
        return _kept_at(self._course, unit.lab, unit.student)

    def _done(self, unit: Unit) -> Path:
        return self._path(unit).with_suffix(".done")


def kept_result(course: Course, lab: Lab, student: str) -> dict[str, Any] | None:
    """Return what the last run found of a submission, or None where none looked at it."""
    try:
        kept = json.loads(_kept_at(course, lab, student).read_bytes())
    except FileNotFoundError:
        return None
    assert isinstance(kept, dict)
    return kept


def _kept_at(course: Course, lab: Lab, student: str) -> Path:
    return course.own / lab.assignment / "results" / student / f"{lab.notebook}.json"


def run_seed(folder: Path) -> bytes:
    """Return the run's secret, made once and readable by its owner only."""
    path = folder / "seed"
    if not path.exists():
        write_whole(path, secrets.token_hex(SEED_BYTES).encode(), mode=0o600)
    if os.stat(path).st_mode & 0o077:
        raise CourseError(f"{path} can be read by others than its owner: `chmod 600` it")
    return bytes.fromhex(path.read_text(encoding="ascii"))


def _units(
    course: Course, assignment: str, labs: list[Lab], students: list[str] | None
) -> Iterator[Unit]:
    there = course.students(assignment)
    for student in students or ():
        if student not in there:
            raise CourseError(f"{student!r} has not submitted {assignment!r}")
    for student in students or there:
        for lab in labs:
            folder = course.folder("submitted", assignment, student)
            yield Unit(student, lab, folder / f"{lab.notebook}.ipynb")


def _examined(
    executor: Executor,
    ahead: int,
    due: list[tuple[Unit, str]],
    data: dict[str, bytes],
    seed: bytes,
    limits: Limits,
) -> Iterator[tuple[Unit, str, dict[str, Any]]]:
    """Yield each unit with its fingerprint and result, as they come."""
    waiting: dict[Future[dict[str, Any]], tuple[Unit, str]] = {}
    units = iter(due)
    while True:
        while len(waiting) < ahead and (pair := next(units, None)) is not None:
            unit, mark = pair
            try:
                submission = files.read_strange(unit.path, MAX_NOTEBOOK)
            except OSError as error:
                yield unit, mark, _absent(error)
                continue
            future = executor.submit(
                workers.examine, task(unit.lab, submission, seed, data, limits)
            )
            waiting[future] = unit, mark
        if not waiting:
            return
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            unit, mark = waiting.pop(future)
            yield unit, mark, _result(future)


def _result(future: Future[dict[str, Any]]) -> dict[str, Any]:
    """Return a worker's result; where the worker itself is lost for good, say so."""
    try:
        return future.result()
    except SandboxError:
        raise
    except Exception as error:
        reason = f"its worker was lost: {type(error).__name__}: {error}"
        return {"status": "crashed", "reason": reason, "tests": {}, "missing": []}


def _absent(error: OSError) -> dict[str, Any]:
    missing = isinstance(error, FileNotFoundError)
    return {
        "status": "absent" if missing else "unreadable",
        "reason": "there is no notebook of that name" if missing else str(error.strerror or error),
        "tests": {},
        "missing": [],
    }


def _mark(unit: Unit, data: dict[str, bytes], seed: bytes) -> str:
    """Return a fingerprint of all that a result depends on."""
    try:
        submission = files.read_strange(unit.path, MAX_NOTEBOOK)
    except OSError as error:
        submission = str(type(error)).encode()
    digest = hashlib.sha256()
    lab = json.dumps(unit.lab.as_json(), sort_keys=True).encode()
    for part in (
        __version__.encode(),
        lab,
        submission,
        seed,
        *(n.encode() + data[n] for n in data),
    ):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()
