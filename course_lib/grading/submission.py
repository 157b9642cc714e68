"""Reads a submitted notebook, whatever it is, and puts it together with the lab's own cells."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import Any, Literal

from course_lib.grading.lab import Lab, MasterCell
from course_lib.grading.text import clean_text

MAX_NOTEBOOK = 20 * 2**20
MAX_CELLS = 2_000
MAX_SOURCE = 1_000_000
# Programs that turn text into pages take a time that grows with the square of its length.
MAX_PROSE = 20_000  # characters of one text
MAX_ALL_PROSE = 200_000
PICTURES = ("image/png", "image/jpeg")

# Who runs a cell: the sandbox, both sides, the grader, or nobody.
Role = Literal["student", "shared", "test", "text"]


class UnreadableError(ValueError):
    """A submission that is no notebook; says why."""


@dataclass
class Cell:
    """A cell to run and to keep: the student's text, or the lab's where the student has no say."""

    role: Role
    cell_type: str
    source: str
    master: MasterCell | None = None
    missing: bool = False
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)
    outputs: list[dict[str, Any]] = field(default_factory=list)


def read_notebook(data: bytes) -> list[dict[str, Any]]:
    """Return the cells of a notebook's bytes.

    Raises
    ------
    UnreadableError
        If they are too many, or not a notebook of format 4.
    """
    if len(data) > MAX_NOTEBOOK:
        raise UnreadableError(
            f"it is {len(data) / 2**20:.0f} MB large; a submission may have {MAX_NOTEBOOK >> 20}"
        )
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableError("it is not text in UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"it is not JSON: {str(error)[:200]}") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise UnreadableError("it has no list of cells, as a notebook of format 4 does")
    cells: list[dict[str, Any]] = notebook["cells"]
    if len(cells) > MAX_CELLS:
        raise UnreadableError(f"it has {len(cells):,} cells; a submission may have {MAX_CELLS:,}")
    if not all(isinstance(cell, dict) for cell in cells):
        raise UnreadableError("one of its cells is none")
    return cells


def assemble(lab: Lab, submitted: list[dict[str, Any]]) -> list[Cell]:
    """Return the cells to run, in the submission's order.

    Locked cells and tests have the lab's text; a name that the lab does not know, or that stands
    twice (the last one counts, as for nbgrader), makes no graded cell; what is missing is put back:
    set-up at the beginning, everything else at the end.
    """
    masters = {cell.grade_id: cell for cell in lab.cells}
    names = [_name(cell) for cell in submitted]
    last = {name: place for place, name in enumerate(names)}
    cells = []
    for place, (cell, name) in enumerate(zip(submitted, names, strict=True)):
        master = masters.get(name) if name is not None and last[name] == place else None
        cells.append(_assembled(cell, master))
    _shorten(cells)
    there = {cell.master.grade_id for cell in cells if cell.master}
    lost = [
        Cell(_role(cell.cell_type, cell), cell.cell_type, cell.source, cell, missing=True)
        for cell in lab.cells
        if cell.grade_id not in there
    ]
    first = [cell for cell in lost if cell.role == "shared"]
    return [*first, *cells, *(cell for cell in lost if cell.role != "shared")]


def _assembled(cell: dict[str, Any], master: MasterCell | None) -> Cell:
    kind = cell.get("cell_type")
    kind = master.cell_type if master else kind if kind in ("code", "markdown") else "raw"
    source = master.source if master and master.locked else _text(cell.get("source"))
    attachments = _attachments(cell.get("attachments")) if kind == "markdown" else {}
    return Cell(_role(kind, master), kind, source, master, attachments=attachments)


def _shorten(cells: list[Cell]) -> None:
    """Cut texts that are longer than anybody reads."""
    room = MAX_ALL_PROSE
    for cell in cells:
        if cell.role == "text":
            kept = min(MAX_PROSE, room)
            room = max(0, room - len(cell.source))
            if len(cell.source) > kept:
                left = f"[{len(cell.source) - kept:,} more characters were left out]"
                cell.source = f"{cell.source[:kept]}\n\n{left}"


def _role(kind: str, master: MasterCell | None) -> Role:
    if kind != "code":
        return "text"
    if master is None or master.solution:
        return "student"
    return "test" if master.is_test else "shared"


def marks_of(cell: dict[str, Any]) -> dict[str, Any]:
    """Return what a submitted cell says of itself to nbgrader; nothing of it is to be believed."""
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return marks if isinstance(marks, dict) else {}


def _name(cell: dict[str, Any]) -> str | None:
    name = marks_of(cell).get("grade_id")
    return name if isinstance(name, str) else None


def _text(source: Any) -> str:
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    return clean_text(source, MAX_SOURCE)


def _attachments(attachments: Any) -> dict[str, dict[str, str]]:
    """Keep pictures that were pasted into an answer, if they are what they say."""
    kept: dict[str, dict[str, str]] = {}
    for name, data in attachments.items() if isinstance(attachments, dict) else ():
        for kind in PICTURES:
            picture = data.get(kind) if isinstance(data, dict) else None
            if isinstance(picture, str) and _is_base64(picture):
                kept[_text(name)[:200]] = {kind: picture}
    return kept


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
