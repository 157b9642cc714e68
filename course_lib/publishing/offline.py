"""The book without a connection: the list of its files, and the worker that keeps them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sphinx.application import Sphinx

from course_lib.publishing.assets import BUILT

WORKER = "service-worker.js"  # at the book's root: it answers for what lies below it
LIST = "_static/course/files.json"
BUILD = "__COURSE_BUILD__"  # in the worker, where the version goes

# What no page asks for: maps of minified scripts, and the build's own notes.
_UNASKED_SUFFIXES = (".map", ".inv", ".buildinfo")
_UNASKED = (
    "_static/scripts/fontawesome.js",  # book.css draws the icons
    "_static/webpack-macros.html",
    "_static/sbt-webpack-macros.html",
)


@dataclass(frozen=True)
class BookFile:
    """A file of the built book.

    Attributes
    ----------
    path : str
        From the book's root, with slashes.
    size : int
        Bytes.
    hash : str
        SHA-256, hexadecimal.
    """

    path: str
    size: int
    hash: str


def setup(app: Sphinx) -> None:
    """Write the list and the worker once all else is there."""
    app.connect("build-finished", write_offline, priority=900)


def book_files(folder: Path) -> list[BookFile]:
    """Return the files that readers may ask for, in the order of their paths."""
    return [
        BookFile(name, len(data), hashlib.sha256(data).hexdigest())
        for name, data in ((name, (folder / name).read_bytes()) for name in _names(folder))
    ]


def version_of(files: list[BookFile]) -> str:
    """Return 16 hexadecimal digits that change with any file."""
    lines = "".join(f"{file.path}\0{file.hash}\n" for file in files)
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def write_offline(app: Sphinx, exception: Exception | None) -> None:
    """Write the list of files, and the worker of this build."""
    worker = BUILT / "offline" / WORKER
    if exception is None and app.builder.name == "html" and worker.is_file():
        write_worker(Path(app.outdir), worker)


def write_worker(folder: Path, worker: Path) -> None:
    """Write the list of a folder's files, and a worker that knows their version."""
    files = book_files(folder)
    version = version_of(files)
    listed = {"version": version, "files": [asdict(file) for file in files]}
    (folder / LIST).parent.mkdir(parents=True, exist_ok=True)
    (folder / LIST).write_text(json.dumps(listed, indent=0) + "\n", encoding="utf-8")
    text = worker.read_text(encoding="utf-8")
    if text.count(BUILD) != 1:
        raise ValueError(f"{worker} names {BUILD} {text.count(BUILD)} times; expected once")
    (folder / WORKER).write_text(text.replace(BUILD, version), encoding="utf-8")


def _names(folder: Path) -> list[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(
        path.as_posix()
        for path in paths
        if not path.name.endswith(_UNASKED_SUFFIXES)
        and not any(part.startswith(".") for part in path.parts)
        and path.as_posix() not in (WORKER, LIST, *_UNASKED)
    )
