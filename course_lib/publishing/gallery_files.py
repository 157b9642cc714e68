"""The files of the gallery: each figure in both themes of the page, and as it is downloaded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course_lib.figures import MOVING, Job, export, load, names, out_of_date
from course_lib.figures.export import read_manifest, write_manifest
from course_lib.figures.rendering import formats_of

DPI = 144  # two pixels for each of the figure's: three would double what all of them weigh
_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')


@dataclass(frozen=True)
class Files:
    """The files of one figure.

    Attributes
    ----------
    light, dark : Job
        What the page shows in each of its themes.
    downloads : tuple of (str, Job)
        What a reader may take along, by what the link says.
    """

    light: Job
    dark: Job
    downloads: tuple[tuple[str, Job], ...]

    @property
    def jobs(self) -> list[Job]:
        """Each file once."""
        jobs = [self.light, self.dark, *(job for _, job in self.downloads)]
        return list({job.file: job for job in jobs}.values())


def files_of(name: str) -> Files:
    """Return the files of a figure, by its name in the registry.

    What the page shows of an animation is its strip of frames; what moves is there to download.
    """
    light = Job(name, "svg", "light")
    moving = [kind for kind in formats_of(load(name)) if kind in MOVING]
    return Files(
        light=light,
        dark=Job(name, "svg", "dark"),
        downloads=(
            ("SVG", light),
            ("PNG", Job(name, "png", "light", dpi=DPI)),
            # On paper, where a PDF mostly ends, the print colours hold their own.
            ("PDF for print", Job(name, "pdf", "print")),
            *((f"Animated {kind.upper()}", Job(name, kind, dpi=DPI)) for kind in moving),
        ),
    )


def all_jobs() -> list[Job]:
    """Return every file of the gallery, figure by figure."""
    return [job for name in names() for job in files_of(name).jobs]


def due(folder: Path, source: str) -> list[Job]:
    """Return the files that are missing in a folder or were made from something else."""
    return out_of_date(all_jobs(), folder, source)


def draw(jobs: Iterable[Job], folder: Path, source: str) -> None:
    """Draw files into a folder, and remove those of figures that are no more.

    Raises
    ------
    OSError
        If a file cannot be written.
    ValueError
        If a figure cannot be drawn.
    """
    export(list(jobs), folder, source)
    known = read_manifest(folder)
    gone = set(known) - {job.file for job in all_jobs()}
    for file in gone:
        (folder / file).unlink(missing_ok=True)
    if gone:
        write_manifest(folder, [entry for file, entry in known.items() if file not in gone])


def size(path: Path) -> tuple[str, str]:
    """Return the width and the height that an SVG file states, pixels."""
    match = _SIZE.search(path.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{path} states no size; expected an <svg> with width and height")
    return match[1], match[2]
