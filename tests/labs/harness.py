"""Judges a lab as the grader does, in one process and without walls.

The lab's tests run by the grader's own `Trial`: a student's name is a stand-in, and what is called
or returned is written to the wire and read again, so a test that the sandbox would refuse is
refused here. What is missing is the sandbox: its walls, its limits, and IPython.

A lab's test module reads

    LAB = load("01-convolution-1d")

    WRONG = [
        Mistake("stride-test", "stride", LAB.edited("stride", "i * stride", "i"), "every step"),
        …
    ]

    def test_the_solution_has_full_marks() -> None:
        assert failures(LAB.judge()) == {}

    def test_the_release_scores_nothing() -> None:
        assert all(LAB.judge(LAB.released_answers()).values())

    @pytest.mark.parametrize("mistake", WRONG, ids=str)
    def test_a_mistake_is_met_with_the_hint_that_fits(mistake: Mistake) -> None:
        mistake.check(LAB)

    def test_every_question_has_three_wrong_answers() -> None:
        assert too_few(LAB, WRONG) == {}

A question by hand (markdown; grade and solution) is cleared whole where it has no solution region,
its marking scheme too; where it has one, the scheme stands inside it.
"""

from __future__ import annotations

import contextlib
import copy
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    LockCells,
)

from course_lib.grading import hidden
from course_lib.grading.session import Session
from course_lib.grading.student import Student
from course_lib.grading.submission import Role
from course_lib.grading.trial import Trial, Verdict
from course_lib.grading.wire import frame, read_frame

LABS = Path(__file__).parents[2] / "labs"
# What `nbgrader generate_assignment` does to a notebook's text and outputs, in its order.
CLEARING = [LockCells, ClearSolutions, ClearOutput, CheckCellMetadata, ClearHiddenTests]
CLEARING += [ClearMarkScheme, CheckCellMetadata]


@dataclass(frozen=True)
class LabCell:
    """A cell of the instructor's source.

    Parameters
    ----------
    grade_id
        Its name, or "" for one that nbgrader does not know (text, and cells to explore in).
    cell_type
        `code` or `markdown`.
    source
        Its text, with solution and hidden tests.
    points
        What it is worth, or None where it is not graded.
    solution, locked
        As nbgrader has them.
    """

    grade_id: str
    cell_type: str
    source: str
    points: float | None = None
    solution: bool = False
    locked: bool = False

    @property
    def role(self) -> Role:
        """Who runs it: the sandbox, both sides, the grader, or nobody."""
        if self.cell_type != "code":
            return "text"
        if self.solution or not self.grade_id:
            return "student"
        return "test" if self.points is not None else "shared"


@dataclass(frozen=True)
class LabNotebook:
    """A lab's source notebook: read it by `load`."""

    path: Path
    notebook: NotebookNode = field(repr=False)

    @property
    def cells(self) -> list[LabCell]:
        """Its cells in order."""
        return [_lab_cell(cell) for cell in self.notebook.cells]

    @property
    def tests(self) -> dict[str, LabCell]:
        """The auto-graded cells by name, in order."""
        return {cell.grade_id: cell for cell in self.cells if cell.role == "test"}

    @property
    def answers(self) -> dict[str, str]:
        """The solutions in code, by the name of their cell."""
        return {cell.grade_id: cell.source for cell in self.cells if cell.solution if _code(cell)}

    @property
    def points(self) -> float:
        """What the lab is worth in all."""
        return sum(cell.points or 0 for cell in self.cells)

    def solution(self) -> list[str]:
        """Return every cell's text with the solutions and without hidden tests."""
        return [
            mine.source if mine.solution else released
            for mine, released in zip(self.cells, self.release(), strict=True)
        ]

    def release(self) -> list[str]:
        """Return every cell's text as students get it, by nbgrader's own preprocessors."""
        return [cell.source for cell in self.released().cells]

    def released(self) -> NotebookNode:
        """Return the notebook as students get it."""
        notebook, resources = copy.deepcopy(self.notebook), ResourcesDict()
        for step in CLEARING:
            notebook, resources = step().preprocess(notebook, resources)
        return notebook

    def released_answers(self) -> dict[str, str]:
        """Return the changes that make every answer what the release has."""
        cells = zip(self.cells, self.release(), strict=True)
        return {cell.grade_id: text for cell, text in cells if cell.solution and _code(cell)}

    def edited(self, grade_id: str, old: str, new: str) -> str:
        """Return the solution of a cell with one passage changed.

        Raises
        ------
        ValueError
            If the passage does not stand there exactly once.
        """
        source = self.answers[grade_id]
        if source.count(old) != 1:
            raise ValueError(f"{old!r} stands {source.count(old)} times in {grade_id!r}, not once")
        return source.replace(old, new)

    def judge(
        self,
        changes: Mapping[str, str] | None = None,
        only: str | None = None,
        seed: bytes | None = None,
    ) -> dict[str, str | None]:
        """Run the cells in order and the tests, the hidden part too.

        Parameters
        ----------
        changes
            What stands in a student's cell in place of the solution, by the cell's name.
        only
            Judge this test alone. Cells to explore in, and all after the test, do not run then.
        seed
            A run's secret, for other hidden inputs than the usual ones.

        Returns
        -------
        dict
            By the name of each test None if it passed with all its points, else what the student
            reads.
        """
        verdicts = self.verdicts(changes, only, seed)
        return {name: _message(self.tests[name], verdict) for name, verdict in verdicts.items()}

    def verdicts(
        self,
        changes: Mapping[str, str] | None = None,
        only: str | None = None,
        seed: bytes | None = None,
    ) -> dict[str, Verdict]:
        """Do as `judge` does and return the grader's verdicts."""
        changes = changes or {}
        self._check_names(changes, only)
        session, found = LocalSession(), {}
        trial = Trial(session)
        with self._surroundings(seed):
            for cell in self.cells:
                source = changes.get(cell.grade_id, cell.source)
                if cell.role == "shared":
                    trial.share(source)
                if cell.role == "shared" or (
                    cell.role == "student" and (cell.grade_id or not only)
                ):
                    session.run(source)
                if cell.role == "test" and only in (None, cell.grade_id):
                    found[cell.grade_id] = trial.judge(source)
                    if only:
                        break
        return found

    def errors(self) -> dict[str, str]:
        """Return what the source's own cells raise, by their text; a sound lab's raise nothing."""
        session = LocalSession()
        with self._surroundings(None):
            ran = {c.source: session.run(c.source)[1] for c in self.cells if c.role != "text"}
        return {source: ": ".join(error) for source, error in ran.items() if error}

    def _check_names(self, changes: Mapping[str, str], only: str | None) -> None:
        if unknown := changes.keys() - self.answers.keys():
            raise KeyError(f"no answer is called {unknown}; there are {list(self.answers)}")
        if only is not None and only not in self.tests:
            raise KeyError(f"no test is called {only!r}; there are {list(self.tests)}")

    @contextlib.contextmanager
    def _surroundings(self, seed: bytes | None) -> Iterator[None]:
        """Stand in the lab's folder, as its cells do, print nothing, and leave no figure open."""
        from matplotlib import pyplot

        with contextlib.ExitStack() as stack:
            stack.enter_context(contextlib.chdir(self.path.parent))
            stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
            stack.callback(pyplot.close, "all")
            if seed is not None:
                stack.enter_context(hidden.seeded(seed))
            yield


@dataclass(frozen=True)
class Mistake:
    """A plausible wrong answer and the hint that it is to be met with.

    Parameters
    ----------
    test
        The test that it fails.
    answer
        The cell that it stands in.
    source
        What stands there.
    hint
        Words of the message that the student reads; upper and lower case count alike.
    """

    test: str
    answer: str
    source: str
    hint: str

    def __str__(self) -> str:
        return f"{self.test}: {self.hint}"

    def check(self, lab: LabNotebook) -> None:
        """Hold that the mistake fails its test with its hint.

        Raises
        ------
        AssertionError
            If it passes, fails with other words, or breaks the test itself.
        """
        verdict = lab.verdicts({self.answer: self.source}, only=self.test)[self.test]
        message = _message(lab.tests[self.test], verdict)
        assert message is not None, (
            f"{self.test} takes a wrong answer for a right one:\n{self.source}"
        )
        assert verdict.outcome != "error", message
        assert self.hint.lower() in message.lower(), message


def load(name: str) -> LabNotebook:
    """Return a lab by its folder's name, such as "01-convolution-1d"."""
    return read(LABS / name / f"{name}.ipynb")


def read(path: Path) -> LabNotebook:
    """Return the lab of a notebook file."""
    return LabNotebook(path, nbformat.read(path, as_version=4))


def failures(judged: Mapping[str, str | None]) -> dict[str, str]:
    """Return the tests that failed, with what the student reads."""
    return {name: message for name, message in judged.items() if message is not None}


def too_few(lab: LabNotebook, wrong: Sequence[Mistake], least: int = 3) -> dict[str, int]:
    """Return how many mistakes each test is tried with, where these are fewer than `least`."""
    counts = Counter(mistake.test for mistake in wrong)
    return {test: counts[test] for test in lab.tests if counts[test] < least}


class _Names(Student):
    """The student's side, its names in a plain dictionary instead of an IPython shell."""

    def __init__(self) -> None:
        self.shell = SimpleNamespace(user_ns={"__name__": "__main__"})
        self._objects = []


class LocalSession(Session):
    """A session whose other end is here: requests and answers still pass through the wire."""

    def __init__(self) -> None:
        super().__init__()
        self._student = _Names()

    def run(self, source: str) -> tuple[list[Any], tuple[str, str] | None]:
        """Run a cell and return nothing of what it showed, and the error that ended it."""
        try:
            exec(compile(source, "<cell>", "exec"), self._student.shell.user_ns)
        except Exception as error:
            return [], (type(error).__name__, str(error))
        return [], None

    def _ask(
        self, request: list[Any], buffers: list[bytes], seconds: float
    ) -> tuple[Any, list[bytes]]:
        request, buffers = read_frame(io.BytesIO(frame(request, buffers)).read)
        return read_frame(io.BytesIO(self._student.answer(request, buffers)).read)


def _lab_cell(cell: NotebookNode) -> LabCell:
    nbgrader = cell.metadata.get("nbgrader", {})
    known = nbgrader.get("grade_id", "") if _is_known(nbgrader) else ""
    return LabCell(
        known,
        cell.cell_type,
        cell.source,
        nbgrader.get("points") if nbgrader.get("grade") else None,
        nbgrader.get("solution", False),
        nbgrader.get("locked", False),
    )


def _is_known(nbgrader: Mapping[str, Any]) -> bool:
    return any(nbgrader.get(word) for word in ("grade", "solution", "locked", "task"))


def _code(cell: LabCell) -> bool:
    return cell.cell_type == "code"


def _message(test: LabCell, verdict: Verdict) -> str | None:
    if verdict.outcome != "passed":
        return verdict.message
    if verdict.credit is not None and verdict.credit < (test.points or 0):
        return f"{verdict.credit} of {test.points} points"
    return None
