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

    @pytest.mark.parametrize("mistake", WRONG, ids=str)
    def test_a_mistake_is_met_with_the_hint_that_fits(mistake: Mistake) -> None:
        mistake.check(LAB)

    def test_every_question_has_three_wrong_answers() -> None:
        assert too_few(LAB, WRONG) == {}

What holds for all labs stands in `test_every_lab.py`: the solution has full marks, the release
none.

A question by hand (markdown; grade and solution) is cleared whole where it has no solution region,
its marking scheme too; where it has one, the scheme stands inside it.
"""

from __future__ import annotations

import contextlib
import copy
import io
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import (  # type: ignore[import-untyped]
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    LockCells,
)

from course_lib.grading import hidden
from course_lib.grading.lab import without_hidden
from course_lib.grading.submission import Role
from course_lib.grading.trial import Trial, Verdict
from tests.labs import names
from tests.labs.local_session import LocalSession

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
            Judge this test alone. Only the cells run then that it needs, to save time.
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
        session, found = LocalSession(), dict[str, Verdict]()
        trial = Trial(session)
        with self._surroundings(seed), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a student's code warns of is no error
            for cell in self._cells_for(only, changes):
                source = changes.get(cell.grade_id, cell.source)
                if cell.role == "shared":
                    trial.share(source)
                if cell.role in ("shared", "student"):
                    session.run(source)
                if cell.role == "test":
                    found[cell.grade_id] = trial.judge(source)
        return found

    def seen(
        self, changes: Mapping[str, str] | None = None, only: str | None = None
    ) -> dict[str, str | None]:
        """Do as `judge` does, as the student's own notebook does it.

        The visible checks alone, with the student's own objects: so a changed input shows, of
        which the grader sends a copy.
        """
        changes = changes or {}
        self._check_names(changes, only)
        space: dict[str, Any] = {"__name__": "__main__"}
        found: dict[str, str | None] = {}
        with self._surroundings(None), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for cell in self._cells_for(only, changes):
                message = _raised(without_hidden(changes.get(cell.grade_id, cell.source)), space)
                if cell.role == "test":
                    found[cell.grade_id] = message
        return found

    def _cells_for(self, only: str | None, changes: Mapping[str, str]) -> list[LabCell]:
        """Return the code to run: all of it, or one test and what it needs, and that needs."""
        code = [cell for cell in self.cells if cell.role != "text"]
        if only is None:
            return code
        test = self.tests[only]
        wanted, chosen = names.read(test.source), [test]
        for cell in reversed(code[: code.index(test)]):
            if cell.role == "test" or not cell.grade_id:
                continue
            made, read = _made_and_read(cell.source, changes.get(cell.grade_id, cell.source))
            if not made or made & wanted:  # what makes no name sets something up
                chosen.append(cell)
                wanted |= read
        return chosen[::-1]

    def errors(self) -> dict[str, str]:
        """Return what the source's own cells raise, by their first line: mostly nothing."""
        session = LocalSession()
        with self._surroundings(None):
            ran = {c.source: session.run(c.source)[1] for c in self.cells if c.role != "text"}
        return {text.split("\n")[0]: ": ".join(error) for text, error in ran.items() if error}

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
    seen
        Whether to ask the notebook's own checks (`LabNotebook.seen`) instead of the grader.
    """

    test: str
    answer: str
    source: str
    hint: str
    seen: bool = False

    def __str__(self) -> str:
        return f"{self.test}: {self.hint}"

    def check(self, lab: LabNotebook) -> None:
        """Hold that the mistake fails its test with its hint.

        Raises
        ------
        AssertionError
            If it passes, fails with other words, or breaks the test itself.
        """
        judge = lab.seen if self.seen else lab.judge
        message = judge({self.answer: self.source}, only=self.test)[self.test]
        assert message is not None, f"{self.test} takes this for a right answer:\n{self.source}"
        assert not message.startswith("The test could not go on"), message
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


def _made_and_read(*sources: str) -> tuple[set[str], set[str]]:
    """Return what several versions of a cell make and what they read, where they are Python."""
    made, read = set[str](), set[str]()
    for source in sources:
        with contextlib.suppress(SyntaxError):
            made |= names.bound(source)
            read |= names.read(source)
    return made, read


def _raised(source: str, space: dict[str, Any]) -> str | None:
    """Run a cell and return what a notebook would show of an error, or None."""
    try:
        exec(compile(source, "<cell>", "exec"), space)
    except AssertionError as error:
        return str(error)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None
