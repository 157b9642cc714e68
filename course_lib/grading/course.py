"""A course folder in nbgrader's layout, with nbgrader's own configuration and gradebook."""

from __future__ import annotations

import json
import os
import re
import sysconfig
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course_lib.grading.lab import Lab, MasterCell

CONFIG = "nbgrader_config.py"
MAX_DATA = 20 * 2**20
STUDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@+-]{0,127}")


class CourseError(ValueError):
    """The course folder lacks something; says what, and what to do."""


class Course:
    """A course folder.

    Parameters
    ----------
    root
        The folder with `source`, `submitted`, ... and `gradebook.db`; where it has an
        `nbgrader_config.py`, names and places in it hold here too.
    """

    def __init__(self, root: Path) -> None:
        _find_alembic()
        self.root = root.resolve()
        self.config = Config()
        if (self.root / CONFIG).exists():
            self.config = PyFileConfigLoader(CONFIG, path=str(self.root)).load_config()
        self.config.CourseDirectory.root = str(self.root)
        self.directory = CourseDirectory(config=self.config)

    def folder(self, step: str, assignment: str, student: str = ".") -> Path:
        """Return where a step's files are: `source`, `release`, `submitted`, `autograded`..."""
        name = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(name, student, assignment))

    @property
    def own(self) -> Path:
        """The folder of what nbgrader has no place for: the seed, results, the report."""
        return self.root / "grading"

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """Open the gradebook."""
        book = Gradebook(self.directory.db_url, self.directory.course_id or "default_course")
        try:
            with warnings.catch_warnings():
                # nbgrader fills a new submission before its session knows it, harmlessly.
                warnings.simplefilter("ignore", SAWarning)
                yield book
        finally:
            book.close()
            book.engine.dispose()

    def labs(self, assignment: str) -> list[Lab]:
        """Return the notebooks of an assignment as the gradebook has them.

        Raises
        ------
        CourseError
            If the gradebook does not know it, or its cells' order is lost.
        """
        with self.gradebook() as book:
            try:
                found = book.find_assignment(assignment)
            except MissingEntry:
                raise CourseError(
                    f"the gradebook of {self.root} knows no lab {assignment!r}: "
                    f"`course labs release {assignment}` makes it known"
                ) from None
            return [self._lab(assignment, notebook) for notebook in found.notebooks]

    def others(self, assignment: str) -> dict[str, list[str]]:
        """Return the names of the notebooks of each other lab that the gradebook knows."""
        with self.gradebook() as book:
            return {
                other.name: [notebook.name for notebook in other.notebooks]
                for other in book.assignments
                if other.name != assignment
            }

    def data(self, assignment: str) -> dict[str, bytes]:
        """Return the files that lie beside the lab's source notebook, by name.

        Raises
        ------
        CourseError
            If they are more than 20 MB.
        """
        folder, files = self.folder("source", assignment), {}
        for path in sorted(folder.glob("*")) if folder.exists() else ():
            if path.is_file() and path.suffix != ".ipynb" and not path.name.startswith("."):
                files[path.name] = path.read_bytes()
        if sum(map(len, files.values())) > MAX_DATA:
            raise CourseError(f"the data in {folder} are more than {MAX_DATA >> 20} MB")
        return files

    def students(self, assignment: str) -> list[str]:
        """Return who has submitted, by the folders; links and names that are none are left out."""
        pattern = self.folder("submitted", assignment, "*")
        place = pattern.parts.index("*")
        found = []
        for path in sorted(Path(*pattern.parts[:place]).glob(str(Path(*pattern.parts[place:])))):
            name = path.parts[place]
            linked = any(p.is_symlink() for p in (path, *path.parents) if p != self.root.parent)
            if path.is_dir() and not linked and STUDENT.fullmatch(name):
                found.append(name)
        return found

    def _lab(self, assignment: str, notebook: Any) -> Lab:
        """Return a notebook's cells, in the order in which the release has them."""
        graded = {cell.name: cell for cell in [*notebook.grade_cells, *notebook.task_cells]}
        solutions = {cell.name for cell in notebook.solution_cells}
        tasks = {cell.name for cell in notebook.task_cells}
        order = {name: i for i, name in enumerate(self._order(assignment, notebook.name))}
        lost = sorted({cell.name for cell in notebook.source_cells} - order.keys())
        if lost:
            # Tests rely on what stands above them, and a submission's order is not to be believed.
            raise CourseError(
                f"no released notebook says where {lost} of {notebook.name!r} stand: "
                f"`course labs release {assignment}` makes it again"
            )
        cells = [
            MasterCell(
                grade_id=cell.name,
                cell_type=cell.cell_type,
                source=cell.source or "",
                locked=bool(cell.locked),
                points=float(graded[cell.name].max_score) if cell.name in graded else None,
                solution=cell.name in solutions,
                task=cell.name in tasks,
                checksum=cell.checksum,
            )
            for cell in notebook.source_cells
        ]
        cells.sort(key=lambda cell: order[cell.grade_id])
        return Lab(assignment, notebook.name, tuple(cells))

    def _order(self, assignment: str, notebook: str) -> list[str]:
        """Return the cells' names as they follow one another; the gradebook does not keep it."""
        for step in ("release", "source"):
            path = self.folder(step, assignment) / f"{notebook}.ipynb"
            if path.exists():
                cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
                named = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in cells]
                return [name for name in named if name]
        return []


def _find_alembic() -> None:
    """Let nbgrader find the program `alembic`, which it calls to make a gradebook.

    It looks along PATH, where the environment's programs are only if it was activated.
    """
    scripts = sysconfig.get_path("scripts")
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    if scripts not in folders:
        os.environ["PATH"] = os.pathsep.join([scripts, *folders])
