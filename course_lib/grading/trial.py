"""Runs a lab's tests in the grader's process, with stand-ins for whatever the student defined."""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import traceback
from dataclasses import dataclass
from types import CodeType
from typing import Any, Literal

from course_lib.grading.errors import OutOfTime, Stopped, StudentError
from course_lib.grading.lab import hidden_lines
from course_lib.grading.session import Session
from course_lib.grading.stand_ins import Name
from course_lib.grading.text import clean_text

FILE = "<test>"
MAX_PRINTED = 10_000
MAX_MESSAGE = 5_000

Outcome = Literal["passed", "failed", "time-out", "died", "error"]


@dataclass(frozen=True)
class Verdict:
    """What became of one test.

    Parameters
    ----------
    outcome
        `failed`: the answer is wrong or the student's code raised. `time-out`, `died`: it did not
        answer. `error`: the test itself stopped at something it did not foresee, worth a look.
    message
        What the student reads.
    hidden
        Whether it failed in the part that students do not get.
    credit
        The points that the test gave, where it ends in a number; None for all or nothing.
    printed
        What the test wrote.
    """

    outcome: Outcome
    message: str = ""
    hidden: bool = False
    credit: float | None = None
    printed: str = ""


class Trial:
    """The grader's side of one submission: its own names, and the session with the student's.

    Parameters
    ----------
    session
        Answers for the student's names.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names: dict[str, Any] = {"__name__": "__main__"}

    def share(self, source: str) -> None:
        """Run a locked cell of the lab here too, so that tests find its imports and data."""
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, "<shared>", "exec"), self._names)

    def judge(self, source: str) -> Verdict:
        """Run one test and say what became of it."""
        tree = ast.parse(source, FILE)
        names = dict(self._names)
        for name in _names_read(tree) - names.keys() - vars(builtins).keys():
            names[name] = Name(self._session, name)
        statements, last = _split(tree)
        out = io.StringIO()
        try:
            with contextlib.redirect_stdout(out):
                exec(statements, names)
                credit: Any = eval(last, names) if last else None
        except Exception as error:
            outcome, message = _said(error)
            lines = [
                frame.lineno
                for frame in traceback.extract_tb(error.__traceback__)
                if frame.filename == FILE
            ]
            hidden = bool(lines) and lines[0] in hidden_lines(source)
            return Verdict(outcome, clean_text(message, MAX_MESSAGE), hidden, printed=_cut(out))
        partial = isinstance(credit, int | float) and not isinstance(credit, bool)
        return Verdict("passed", credit=float(credit) if partial else None, printed=_cut(out))


def _said(error: Exception) -> tuple[Outcome, str]:
    """Return what an error that ended a test means, and what the student reads."""
    match error:
        case OutOfTime():
            return "time-out", f"Your code was stopped: {error}."
        case Stopped():
            return "died", f"Your code was stopped: {error}."
        case StudentError(kind="NotImplementedError"):
            return "failed", f"This is not answered yet ({error})"
        case StudentError():
            return "failed", f"Your code raised {error}"
        case AssertionError():
            return "failed", str(error) or "It is not so."
    return "error", f"The test could not go on: {type(error).__name__}: {error}"


def _names_read(tree: ast.Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _split(tree: ast.Module) -> tuple[CodeType, CodeType | None]:
    """Return a test's statements, and its last expression where it ends in one."""
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = compile(ast.Expression(tree.body.pop().value), FILE, "eval")  # type: ignore[attr-defined]
    return compile(tree, FILE, "exec"), last


def _cut(out: io.StringIO) -> str:
    return clean_text(out.getvalue(), MAX_PRINTED)
