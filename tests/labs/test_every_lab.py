from __future__ import annotations

import pytest

from tests.labs import rules
from tests.labs.harness import LABS, LabNotebook, failures, load

NAMES = sorted(path.name for path in LABS.iterdir() if path.is_dir()) if LABS.is_dir() else []


@pytest.fixture(scope="module", params=NAMES)
def lab(request: pytest.FixtureRequest) -> LabNotebook:
    return load(request.param)


def test_notebook_and_metadata_are_valid_and_keep_no_output(lab: LabNotebook) -> None:
    assert rules.invalid(lab) == []


def test_the_release_shows_nothing_that_is_hidden(lab: LabNotebook) -> None:
    assert rules.leaked(lab) == []


def test_every_name_is_where_the_grader_looks_for_it(lab: LabNotebook) -> None:
    assert rules.badly_named(lab) == []


def test_points_add_up_and_something_is_asked_by_hand(lab: LabNotebook) -> None:
    assert rules.badly_made(lab) == []


def test_the_untouched_release_scores_nothing(lab: LabNotebook) -> None:
    judged = lab.judge(lab.released_answers())
    assert [name for name, message in judged.items() if message is None] == []


def test_the_solution_runs_without_an_error_and_passes_what_the_student_sees(
    lab: LabNotebook,
) -> None:
    assert lab.errors() == {}
    assert failures(lab.seen()) == {}


def test_the_solution_has_full_marks(lab: LabNotebook) -> None:
    assert failures(lab.judge()) == {}


def test_the_solution_passes_whatever_the_hidden_inputs_are(lab: LabNotebook) -> None:
    for seed in (b"one secret", b"another"):
        assert failures(lab.judge(seed=seed)) == {}
