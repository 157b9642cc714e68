"""The rules that every lab keeps: each returns what breaks it, nothing where it holds."""

from __future__ import annotations

import re
from collections import Counter

import nbformat
from nbgrader.nbgraderformat import (  # type: ignore[import-untyped]
    MetadataValidator,
    SchemaTooOldError,
    ValidationError,
)

from course_lib.grading.lab import without_hidden
from tests.labs import names
from tests.labs.harness import LabCell, LabNotebook

BEGIN = re.compile(r"BEGIN (SOLUTION|HIDDEN TESTS|MARK SCHEME)")
END = re.compile(r"END (SOLUTION|HIDDEN TESTS|MARK SCHEME)")
# The beginning of a call that goes on in the next line says nothing.
OPENING = re.compile(r"[\w.]+\($")
LONG = 12
POINTS = range(20, 31)


def invalid(lab: LabNotebook) -> list[str]:
    """What breaks the schemas of notebook and metadata, which ids stand twice, what is kept."""
    found = []
    try:
        nbformat.validate(lab.notebook)
        MetadataValidator().validate_nb(lab.notebook)
    except (nbformat.ValidationError, ValidationError, SchemaTooOldError) as error:
        found.append(str(error))
    for what, ids in (
        ("id", [cell.get("id", "") for cell in lab.notebook.cells]),
        ("grade_id", [cell.grade_id for cell in lab.cells if cell.grade_id]),
    ):
        found += [f"{what} {name!r} {n} times" for name, n in Counter(ids).items() if n > 1]
    for cell in lab.notebook.cells:
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None):
            found.append(f"{cell.id}: keeps an output")
    return found


def leaked(lab: LabNotebook) -> list[str]:
    """Which lines of a solution, a hidden test or a marking scheme the release shows."""
    found = []
    release = lab.release()
    lines = {line.strip() for source in release for line in source.split("\n")}
    for cell, released in zip(lab.cells, release, strict=True):
        # A hidden check may repeat a line of the visible ones above it, such as that of a loop.
        shown = {line.strip() for line in released.split("\n")} if cell.role == "test" else set()
        for secret in secrets(cell):
            if len(secret) > LONG and not OPENING.fullmatch(secret) and secret in lines - shown:
                found.append(f"{cell.grade_id}: {secret}")
    everything = nbformat.writes(lab.released())
    return found + [mark.group() for mark in (*BEGIN.finditer(everything),)]


def secrets(cell: LabCell) -> list[str]:
    """Return the lines of a cell that students do not get, stripped."""
    if cell.solution and "BEGIN SOLUTION" not in cell.source:
        return [line.strip() for line in cell.source.split("\n")]
    found, inside = [], False
    for line in cell.source.split("\n"):
        if BEGIN.search(line):
            inside = True
        elif END.search(line):
            inside = False
        elif inside:
            found.append(line.strip())
    return found


def badly_named(lab: LabNotebook) -> list[str]:
    """Which names the grader would look for, or find, in the wrong place."""
    theirs = {name for source in lab.answers.values() for name in names.bound(source)}
    ours: set[str] = set()
    found = []
    for cell in lab.cells:
        if cell.role == "shared":
            ours |= names.bound(cell.source)
            used = (names.read(cell.source) | names.bound(cell.source)) & theirs
            found += [f"{cell.grade_id}: a shared cell names {name}" for name in sorted(used)]
    for test in lab.tests.values():
        own = names.bound(test.source)
        unknown = names.read(test.source) - theirs - ours - own
        found += [f"{test.grade_id}: {name} is nobody's" for name in sorted(unknown)]
        found += [f"{test.grade_id}: a test sets {name}" for name in sorted(own & theirs)]
        # In the notebook it would stay changed for the cells that follow.
        spoilt = names.bound(without_hidden(test.source)) & ours
        found += [f"{test.grade_id}: a test changes {name}" for name in sorted(spoilt)]
        found += [f"{test.grade_id}: {place}" for place in names.misused(test.source, theirs)]
        found += [f"{test.grade_id}: {place}" for place in names.handed_over(test.source, theirs)]
    return found


def badly_made(lab: LabNotebook) -> list[str]:
    """Whether points add up, something is asked by hand, and every test has a hidden part."""
    found = []
    if lab.points not in POINTS:
        found.append(f"{lab.points} points, not 20 to 30")
    by_hand = [c for c in lab.cells if c.cell_type == "markdown" and c.solution and c.points]
    if not by_hand:
        found.append("no question is marked by hand")
    found += [
        f"{cell.grade_id}: no marking scheme"
        for cell in by_hand
        if "MARK SCHEME" not in cell.source
    ]
    found += [f"{name}: nothing is hidden" for name, c in lab.tests.items() if not secrets(c)]
    found += [f"{name}: no locked cell" for name, c in lab.tests.items() if not c.locked]
    return found
