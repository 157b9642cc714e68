"""Many figures into a folder: side by side, only what is out of date, and a manifest of all.

The manifest, ``figures.json``, has an entry for each file: the figure's name, title and slide, its
alternative text, theme and parameters, the file and its SHA-256; of an animation how many seconds
each frame stays; and a key of all that the file
depends on. A file whose key and bytes are as the manifest says is not drawn again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from course_lib.figures.animation import AnimationEntry
from course_lib.figures.moving import MOVING
from course_lib.figures.palette import Theme
from course_lib.figures.registry import load
from course_lib.figures.rendering import PNG_DPI, Format, save
from course_lib.figures.sheet import Sheet

MANIFEST = "figures.json"
FEW = 4  # figures that are drawn sooner than a second process has started


@dataclass(frozen=True)
class Job:
    """One file to be drawn.

    Attributes
    ----------
    name : str
        Of the figure.
    format, theme, sheet, dpi
        As `render` takes them.
    parameters : mapping of str to Any
        Those that are not the figure's defaults.
    """

    name: str
    format: Format = "svg"
    theme: Theme = "light"
    sheet: Sheet | None = None
    dpi: float = PNG_DPI
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file's path in the folder; themes other than light are named in it."""
        theme = "" if self.theme == "light" else f"-{self.theme}"
        return f"{self.name}{theme}.{self.format}"

    def key(self, source: str) -> str:
        """Return what tells this file from one that would look otherwise."""
        sheet = None if self.sheet is None else [self.sheet.width, self.sheet.height]
        said = [self.file, sheet, self.dpi, sorted(self.parameters.items()), source]
        return hashlib.sha256(json.dumps(said, default=repr).encode()).hexdigest()[:16]

    def draw(self, folder: Path) -> str:
        """Write the file, and return its SHA-256."""
        path = save(
            self.name,
            folder / self.file,
            format=self.format,
            theme=self.theme,
            sheet=self.sheet,
            dpi=self.dpi,
            **self.parameters,
        )
        return _digest(path)

    def entry(self, source: str, digest: str) -> dict[str, Any]:
        """Return what the manifest says of the file."""
        figure = load(self.name)
        times = {}
        if isinstance(figure, AnimationEntry) and self.format in MOVING:
            times["seconds"] = figure.film(**self.parameters).durations
        return {
            "name": self.name,
            "title": figure.title,
            "slide": figure.slide,
            "alt": figure.describe(**self.parameters),
            **times,
            "theme": self.theme,
            "parameters": {**figure.parameters, **self.parameters},
            "file": self.file,
            "sha256": digest,
            "key": self.key(source),
        }


def read_manifest(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the manifest's entries by file; none where there is no manifest that can be read."""
    try:
        entries = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["figures"]
        return {entry["file"]: entry for entry in entries}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_manifest(folder: Path, entries: Iterable[Mapping[str, Any]]) -> None:
    """Write the manifest whole or not at all, its entries in the order of their files."""
    ordered = sorted(entries, key=lambda entry: str(entry["file"]))
    text = json.dumps({"figures": ordered}, indent=1, ensure_ascii=False) + "\n"
    part = folder / f".{MANIFEST}.part"
    part.write_text(text, encoding="utf-8")
    os.replace(part, folder / MANIFEST)


def out_of_date(jobs: Sequence[Job], folder: Path, source: str) -> list[Job]:
    """Return the jobs whose files are missing, changed, or made from something else."""
    known = read_manifest(folder)

    def current(job: Job) -> bool:
        entry = known.get(job.file)
        path = folder / job.file
        return (
            entry is not None
            and entry.get("key") == job.key(source)
            and path.is_file()
            and entry.get("sha256") == _digest(path)
        )

    return [job for job in jobs if not current(job)]


def export(
    jobs: Sequence[Job],
    folder: Path,
    source: str,
    *,
    workers: int | None = None,
    drawn: Callable[[Job], None] = lambda job: None,
) -> None:
    """Draw files and note each in the manifest, beside what it has of others.

    Parameters
    ----------
    jobs : sequence of Job
    folder : Path
    source : str
        A digest of what the figures are made from.
    workers : int, optional
        Processes; by default one for each core, and one alone for a few figures.
    drawn : callable
        Told of each file that is written.

    Raises
    ------
    OSError
        If a file cannot be written. Those before it are there, and in the manifest.
    """
    entries = read_manifest(folder)
    try:
        for job, digest in _digests(jobs, folder, workers):
            entries[job.file] = job.entry(source, digest)
            drawn(job)
    finally:
        kept = [entry for file, entry in entries.items() if (folder / file).is_file()]
        if kept:
            write_manifest(folder, kept)


def _digests(jobs: Sequence[Job], folder: Path, workers: int | None) -> Iterator[tuple[Job, str]]:
    count = min(len(jobs), workers or os.cpu_count() or 1)
    if count < 2 or (workers is None and len(jobs) <= FEW):
        yield from ((job, job.draw(folder)) for job in jobs)
        return
    # A process that forks while torch's threads run may hang: each starts afresh.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(job.draw, folder): job for job in jobs}
        try:
            for future in as_completed(running):
                yield running[future], future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
