"""A lab as the grader knows it: its cells, from the gradebook and never from a submission."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Self

HIDDEN_BEGIN, HIDDEN_END = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"


@dataclass(frozen=True)
class MasterCell:
    """One cell that nbgrader keeps account of.

    Parameters
    ----------
    grade_id
        Its name.
    cell_type
        `code` or `markdown`.
    source
        Its text; of a test with the hidden part, of an answer the stub.
    locked
        Whether a student must leave it as it is.
    points
        What it is worth, or None where it is not graded.
    solution
        Whether a student writes into it.
    task
        Whether it asks for something that is marked by hand elsewhere in the notebook.
    checksum
        nbgrader's, of the released cell.
    """

    grade_id: str
    cell_type: str
    source: str
    locked: bool
    points: float | None = None
    solution: bool = False
    task: bool = False
    checksum: str | None = None

    @property
    def is_test(self) -> bool:
        """Whether the cell grades by running."""
        return self.cell_type == "code" and self.points is not None and not self.solution

    @property
    def is_shared(self) -> bool:
        """Whether the cell is the lab's own code, which sandbox and grader both run."""
        return self.cell_type == "code" and self.points is None and not self.solution

    def metadata(self) -> dict[str, Any]:
        """Return the metadata that nbgrader reads."""
        nbgrader = {
            "grade_id": self.grade_id,
            "cell_type": self.cell_type,
            "grade": self.points is not None and not self.task,
            "solution": self.solution,
            "task": self.task,
            "locked": self.locked,
            "checksum": self.checksum,
            "schema_version": 3,
        }
        if self.points is not None:
            nbgrader["points"] = self.points
        return {"nbgrader": nbgrader}


@dataclass(frozen=True)
class Lab:
    """A lab's notebook: its cells in order."""

    assignment: str
    notebook: str
    cells: tuple[MasterCell, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return the lab as plain JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Return the lab that `as_json` wrote."""
        cells = tuple(MasterCell(**cell) for cell in data["cells"])
        return cls(data["assignment"], data["notebook"], cells)


def hidden_lines(source: str) -> set[int]:
    """Return the numbers, from 1, of a test's lines that students do not get."""
    lines, inside = set(), False
    for number, line in enumerate(source.split("\n"), start=1):
        inside = inside or HIDDEN_BEGIN in line
        if inside:
            lines.add(number)
        inside = inside and HIDDEN_END not in line
    return lines


def without_hidden(source: str) -> str:
    """Return a test's source as students get it."""
    hidden = hidden_lines(source)
    lines = source.split("\n")
    return "\n".join(line for number, line in enumerate(lines, start=1) if number not in hidden)
