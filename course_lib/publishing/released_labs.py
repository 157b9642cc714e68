"""The labs as students get them, for the book: what `course labs release` makes, kept until due."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.publishing.fingerprint import PACKAGE, file_digest

ABOUT = "course_lab"  # under this key of a lab's metadata, what its page in the book tells
KEY = ".key"  # the file that says what a release was made from


@dataclass(frozen=True)
class LabPage:
    """What the book tells of a lab.

    Parameters
    ----------
    name
        Its folder in ``labs/``.
    title
        Its first heading.
    about
        Its first paragraph, Markdown.
    minutes
        The least and the most that it takes.
    chapters
        The chapters that it stands on, by the names of their notebooks.
    points
        What its questions are worth.
    by_hand
        How many of the points a person gives.
    """

    name: str
    title: str
    about: str
    minutes: tuple[int, int]
    chapters: tuple[str, ...]
    points: int
    by_hand: int


def lab_folders(labs: Path) -> list[Path]:
    """Return the folders of labs, in order; none where there is no folder of them."""
    return sorted(path.parent for path in labs.glob("*/*.ipynb") if path.stem == path.parent.name)


def describe(folder: Path) -> LabPage:
    """Return what a lab's own notebook says of it.

    Raises
    ------
    ValueError
        If its metadata lack the time or the chapters.
    """
    path = folder / f"{folder.name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    about = notebook["metadata"].get(ABOUT, {})
    if not {"minutes", "chapters"} <= about.keys():
        raise ValueError(f"{path.name}: its metadata {ABOUT!r} lack 'minutes' or 'chapters'")
    heading, first, *_ = "".join(notebook["cells"][0]["source"]).split("\n\n")
    graded = [cell["metadata"].get("nbgrader", {}) for cell in notebook["cells"]]
    points = [(marks["points"], marks["solution"]) for marks in graded if "points" in marks]
    least, most = about["minutes"]
    return LabPage(
        name=folder.name,
        title=re.sub(r"^# +", "", heading).strip(),
        about=" ".join(first.split()),
        minutes=(least, most),
        chapters=tuple(about["chapters"]),
        points=round(sum(worth for worth, _ in points)),
        by_hand=round(sum(worth for worth, manual in points if manual)),
    )


def released(folder: Path, kept: Path) -> Path:
    """Return the folder with a lab's released files, releasing it where that is due.

    Parameters
    ----------
    folder : Path
        The lab's folder, with solution and hidden tests.
    kept : Path
        Where releases are kept, by the labs' names.

    Raises
    ------
    ValueError
        If the lab cannot be released, or the release would give a solution away.
    """
    files = [p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    how = file_digest((PACKAGE / "grading").glob("*.py"), PACKAGE)
    key = f"{file_digest(files, folder)} {how}"
    target = kept / folder.name
    if (target / KEY).is_file() and (target / KEY).read_text(encoding="utf-8") == key:
        return target
    shutil.rmtree(target, ignore_errors=True)
    with tempfile.TemporaryDirectory() as course, _quiet():
        # nbgrader and its database take seconds to import, and most builds need neither.
        from course_lib.grading.course import Course
        from course_lib.grading.release import release

        made = release(Course(Path(course)), folder.name, folder.parent)
        shutil.copytree(made, target)
    (target / KEY).write_text(key, encoding="utf-8")
    return target


def files_of(release: Path) -> list[Path]:
    """Return the files of a release, its notebook first."""
    files = [path for path in sorted(release.iterdir()) if path.name != KEY]
    return sorted(files, key=lambda path: path.suffix != ".ipynb")


@contextmanager
def _quiet() -> Iterator[None]:
    """Let nbgrader, alembic among it, change neither the log nor the environment for good."""
    path = os.environ.get("PATH")
    root: Any = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    try:
        yield
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers
        if path is not None:
            os.environ["PATH"] = path
