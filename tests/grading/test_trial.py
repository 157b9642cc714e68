"""A test runs on the grader's side: it reaches a student's code by calls, and nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.grading import checks
from course_lib.grading.errors import OutOfTime, Stopped, StudentError
from course_lib.grading.stand_ins import Handle, Name
from course_lib.grading.trial import Trial
from course_lib.grading.wire import WireError
from tests.labs.local_session import LocalSession

STUDENT = """
import numpy as np

def double(x):
    return 2 * np.asarray(x)

def refuse(x):
    raise ValueError(f"{x} is not allowed")

def make(factor):
    class Thing:
        def __call__(self, x): return factor * x
        def __eq__(self, other): return True
        __hash__ = None
    return Thing()

def apply(thing, x):
    return thing(x)

answer = 42
"""


@pytest.fixture
def session() -> LocalSession:
    session = LocalSession()
    assert session.run(STUDENT) == ([], None)
    return session


@pytest.fixture
def trial(session: LocalSession) -> Trial:
    trial = Trial(session)
    trial.share("import numpy as np\nfrom course_lib.grading import checks\nFACTOR = 2")
    return trial


@pytest.mark.parametrize(
    "test",
    [
        "checks.equal(double([1.0, 2.0]), [2.0, 4.0])",
        "checks.equal(answer, 42)",
        "assert checks.value(answer) == 42",
        "checks.raises(ValueError, refuse, 3, hint='three')",
        "thing = make(3.0)\nchecks.equal(thing(2.0), 6.0)\nchecks.equal(apply(thing, 2.0), 6.0)",
        "def inner():\n    return double(np.ones(2))\nchecks.equal(inner(), [FACTOR, FACTOR])",
        "checks.equal([float(double(i)) for i in range(3)], [0, 2, 4])",
    ],
)
def test_what_is_right_passes(trial: Trial, test: str) -> None:
    verdict = trial.judge(test)
    assert (verdict.outcome, verdict.message) == ("passed", "")


@pytest.mark.parametrize(
    ("test", "outcome", "words"),
    [
        ("checks.equal(double(1.0), 3.0, 'twice')", "failed", "twice is 2, expected 3"),
        ("assert False", "failed", "It is not so."),
        ("assert False, 'why'", "failed", "why"),
        ("refuse(3)", "failed", "Your code raised ValueError: 3 is not allowed"),
        ("nowhere(3)", "failed", "NameError: name 'nowhere' is not defined"),
        ("checks.value(nowhere)", "failed", "NameError"),
        ("answer == 42", "error", "stands for a student's object"),
        ("if answer: pass", "error", "stands for a student's object"),
        ("make(3) == 1", "error", "stands for a student's object"),
        ("len(double)", "error", "stands for a student's object"),
        ("double(print)", "error", "cannot travel"),
        ("double(double)", "error", "cannot travel"),
        ("1 / 0", "error", "ZeroDivisionError"),
    ],
)
def test_what_is_wrong_says_how(trial: Trial, test: str, outcome: str, words: str) -> None:
    verdict = trial.judge(test)
    assert verdict.outcome == outcome
    assert words in verdict.message


def test_a_failure_in_the_hidden_part_is_known_as_one(trial: Trial) -> None:
    test = (
        "assert True\n### BEGIN HIDDEN TESTS\nassert False, 'so'\n### END HIDDEN TESTS\nassert True"
    )
    verdict = trial.judge(test)
    assert (verdict.outcome, verdict.hidden, verdict.message) == ("failed", True, "so")
    assert not trial.judge("assert False").hidden


@pytest.mark.parametrize(
    ("last", "credit"), [("1.5", 1.5), ("2", 2.0), ("True", None), ("'x'", None), ("x = 3", None)]
)
def test_a_number_in_the_last_line_is_the_credit(
    trial: Trial, last: str, credit: float | None
) -> None:
    verdict = trial.judge(f"x = 1\n{last}")
    assert (verdict.outcome, verdict.credit) == ("passed", credit)


def test_what_a_test_prints_is_kept_and_bounded(trial: Trial) -> None:
    assert trial.judge("print('seen')").printed == "seen\n"
    assert len(trial.judge("print('x' * 100_000)").printed) == 10_000


def test_no_half_character_gets_into_a_verdict(trial: Trial) -> None:
    # The gradebook's notebook is written as UTF-8, which knows none: the run would end there.
    verdict = trial.judge("print('\\udfff')\nassert False, 'so \\ud800'")
    assert (verdict.message, verdict.printed) == ("so ?", "?\n")


def test_a_tests_names_are_not_the_next_tests(trial: Trial) -> None:
    trial.judge("FACTOR = 3\nnew = 1")
    assert trial.judge("assert FACTOR == 2").outcome == "passed"
    assert "name 'new' is not defined" in trial.judge("checks.value(new)").message


def test_the_labs_names_are_the_graders_whatever_the_student_defines(session: LocalSession) -> None:
    session.run("checks = np = print")
    trial = Trial(session)
    trial.share("from course_lib.grading import checks")
    assert trial.judge("checks.equal(1, 2)").outcome == "failed"


class Dying:
    """A session that ends at the first call."""

    life = 0

    def __init__(self, error: Exception) -> None:
        self.error = error

    def call(self, *_: Any) -> None:
        raise self.error

    get = call


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (OutOfTime("it took longer than 5 seconds"), "time-out"),
        (Stopped("signal 9 ended it"), "died"),
        (StudentError("KeyError", "3"), "failed"),
    ],
)
def test_a_death_and_a_time_out_are_told_apart(error: Exception, outcome: str) -> None:
    verdict = Trial(Dying(error)).judge("f(1)")  # type: ignore[arg-type]
    assert verdict.outcome == outcome
    assert str(error) in verdict.message


def test_an_object_of_a_sandbox_that_is_gone_is_lost(session: LocalSession) -> None:
    thing = Name(session, "make")(3.0)
    assert isinstance(thing, Handle)
    session._deaths += 1
    with pytest.raises(Stopped, match="was lost"):
        thing(2.0)
    with pytest.raises(Stopped, match="was lost"):
        Name(session, "apply")(thing, 2.0)


def test_a_stand_in_refuses_whatever_could_ask_the_student(session: LocalSession) -> None:
    name = Name(session, "answer")
    for ask in (bool, len, iter, hash, float, int, np.asarray, list, sorted):
        with pytest.raises(TypeError, match="stands for a student's object"):
            ask(name)
    for ask in (lambda: name + 1, lambda: 1 - name, lambda: name @ 1, lambda: name[0]):
        with pytest.raises(TypeError):
            ask()
    with pytest.raises(TypeError):
        assert 42 in [name]
    assert checks.value(name) == 42


def test_an_argument_that_cannot_travel_is_the_tests_own_fault(session: LocalSession) -> None:
    with pytest.raises(WireError, match="cannot travel"):
        Name(session, "double")(object())
