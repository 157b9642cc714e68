"""Takes submissions in: a folder in nbgrader's layout, or a zip as Canvas and Moodle export it.

An archive comes from strangers: nothing in it is unpacked by its own name. Its notebooks are found,
read within bounds, and written where this module says.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course_lib.files import write_whole
from course_lib.grading import files
from course_lib.grading.course import STUDENT, Course, CourseError
from course_lib.grading.submission import MAX_NOTEBOOK

MAX_FILES = 20_000
MAX_TOTAL = 4 * 2**30

# Canvas: `doejane_12345_67890_lab-1.ipynb`, with LATE after the name; a second upload ends in `-1`.
CANVAS = re.compile(r"[^_/]+_(?:LATE_)?(?P<student>\d+)_\d+_(?P<notebook>.+)\.ipynb")
# Moodle: `Jane Doe_12345_assignsubmission_file_/lab-1.ipynb`, without the last `_` lately.
MOODLE = re.compile(r".+_(?P<student>\d+)_assignsubmission_file_?")
# What `zipfile` and what it unpacks with raise, each in its own way.
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError),
    *(RuntimeError, ValueError, struct.error),
)
COPY = re.compile(r"(?:[-_ ]?\(?\d{1,2}\)?)?")


@dataclass(frozen=True)
class Taken:
    """What came of taking submissions in.

    Parameters
    ----------
    students
        Whose notebooks are in the course folder now.
    refused
        Why a file was left out, by its name; nothing of those that are another lab's.
    """

    students: tuple[str, ...]
    refused: dict[str, str]


def take_in(course: Course, assignment: str, origin: Path) -> Taken:
    """Copy submissions into the course's `submitted/`.

    Parameters
    ----------
    course, assignment
        The course folder and the lab's name.
    origin
        A folder `STUDENT/LAB/NOTEBOOK.ipynb`, or a zip of it, of Canvas or of Moodle.

    Raises
    ------
    CourseError
        If it is neither, or the archive is damaged or too large.
    """
    wanted = [lab.notebook for lab in course.labs(assignment)]
    others = course.others(assignment)
    found = _in_zip if origin.is_file() else _in_folder
    if not origin.exists():
        raise CourseError(f"there is no {origin}")
    latest: dict[tuple[str, str], str] = {}
    refused: dict[str, str] = {}
    for name, data in found(origin):
        place = _place(name, assignment, wanted)
        if place is None and _is_anothers(name, others):
            continue
        if place is None:
            refused[name] = "it is not named as nbgrader, Canvas or Moodle name a submission"
        elif isinstance(data, str):
            refused[name] = data
        elif place not in latest or _upload(name) > _upload(latest[place]):
            latest[place] = name
            _put(course, assignment, *place, data)
    return Taken(tuple(sorted({student for student, _ in latest})), refused)


def _in_folder(origin: Path) -> Iterator[tuple[str, bytes | str]]:
    """Yield each notebook's path below a folder, with its bytes or why they are left out."""
    for count, path in enumerate(sorted(origin.rglob("*.ipynb"))):
        if count >= MAX_FILES:
            raise CourseError(f"{origin} holds more than {MAX_FILES:,} notebooks")
        name = path.relative_to(origin).as_posix()
        linked = any(p.is_symlink() for p in path.parents if origin in p.parents)
        if ".ipynb_checkpoints" in path.parts:
            continue
        try:
            yield (
                name,
                "it lies behind a link" if linked else files.read_strange(path, MAX_NOTEBOOK),
            )
        except OSError as error:
            yield name, str(error.strerror or error)


def _in_zip(origin: Path) -> Iterator[tuple[str, bytes | str]]:
    """Yield each notebook in an archive; it is unpacked no further than a notebook may be long."""
    try:
        archive = zipfile.ZipFile(origin)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise CourseError(f"{origin} is no zip that can be read: {error}") from error
    with archive:
        entries = archive.infolist()
        if len(entries) > MAX_FILES:
            raise CourseError(f"{origin} holds {len(entries):,} files; at most {MAX_FILES:,}")
        total = 0
        for entry in entries:
            if entry.is_dir() or not entry.filename.endswith(".ipynb"):
                continue
            if "__MACOSX" in entry.filename or ".ipynb_checkpoints" in entry.filename:
                continue
            try:
                with archive.open(entry) as file:
                    data = file.read(MAX_NOTEBOOK + 1)
            except DAMAGED as error:
                yield entry.filename, f"it cannot be unpacked: {error}"
                continue
            total += len(data)
            if total > MAX_TOTAL:
                raise CourseError(f"{origin} unpacks to more than {MAX_TOTAL >> 30} GB")
            yield entry.filename, data


def _place(name: str, assignment: str, wanted: list[str]) -> tuple[str, str] | None:
    """Return whose notebook a file is and which, or None where its name does not say."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        return None
    student, notebook = _owner(path, assignment), path.stem
    if student is None and (match := CANVAS.fullmatch(path.name)):
        student, notebook = match["student"], match["notebook"]
    if student is None or not STUDENT.fullmatch(student):
        return None
    for known in wanted:
        if notebook.startswith(known) and COPY.fullmatch(notebook[len(known) :]):
            return student, known
    # A lab of one notebook: whatever the student called it.
    return (student, wanted[0]) if len(wanted) == 1 else None


def _is_anothers(name: str, others: dict[str, list[str]]) -> bool:
    """Return whether a file lies in another lab's folder or is called as one of its notebooks."""
    path = PurePosixPath(name)
    match = CANVAS.fullmatch(path.name)
    notebook = match["notebook"] if match else path.stem
    return any(
        other in path.parts[1:-1]
        or any(notebook.startswith(k) and COPY.fullmatch(notebook[len(k) :]) for k in known)
        for other, known in others.items()
    )


def _owner(path: PurePosixPath, assignment: str) -> str | None:
    """Return whose folder a file lies in, "" in nobody's that may be told, None outside of any.

    The outermost folder counts. What lies deeper has a name of the student's own making, who may
    have called a folder as another student's is called.
    """
    for place, folder in enumerate(path.parts[:-1]):
        if match := MOODLE.fullmatch(folder):
            return match["student"] if place == len(path.parts) - 2 else ""
        if folder == assignment and place > 0:
            return path.parts[place - 1] if place == len(path.parts) - 2 else ""
    return None


def _put(course: Course, assignment: str, student: str, notebook: str, data: bytes) -> None:
    folder = course.folder("submitted", assignment, student)
    if folder.is_symlink() or folder.parent.is_symlink():
        raise CourseError(f"{folder} is a link")
    write_whole(folder / f"{notebook}.ipynb", data)


def _upload(name: str) -> tuple[int, str]:
    """Return what orders a student's uploads: `-2` comes after `-1` and after none."""
    number = re.search(r"[-_ (](\d{1,2})\)?\.ipynb$", name)
    return (int(number[1]) if number else 0), name
