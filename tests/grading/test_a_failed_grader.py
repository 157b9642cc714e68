"""Where the grader itself fails there is no mark, and every command says so; nothing runs here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from course_lib.cli import main
from course_lib.grading import run
from course_lib.grading.course import Course
from course_lib.grading.release import release
from tests.grading.courses import write_source
from tests.grading.small_lab import LAB

CRASHED = {"status": "crashed", "reason": "no memory", "tests": {}, "missing": []}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course folder with one submission, on which the grader has failed."""
    root = tmp_path / "course"
    write_source(root)
    course = Course(root)
    release(course, LAB.assignment, None)
    submitted = root / "submitted" / "ada" / LAB.assignment
    submitted.mkdir(parents=True)
    (submitted / f"{LAB.notebook}.ipynb").write_text("{}", encoding="utf-8")
    kept = course.own / LAB.assignment / "results" / "ada"
    kept.mkdir(parents=True)
    (kept / f"{LAB.notebook}.json").write_text(json.dumps(CRASHED), encoding="utf-8")
    return root


def invoked(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["labs", *words, "--course", str(root)])


def test_grading_ends_with_an_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def graded(*_: Any, **__: Any) -> dict[str, Any]:
        return {"ada": CRASHED}

    monkeypatch.setattr(run, "grade", graded)
    done = invoked(root, "grade", LAB.assignment)
    assert done.exit_code == 1
    assert "ada: crashed (no memory)" in done.output
    assert "1 of 1 have no mark" in done.output


def test_it_does_not_count_as_graded(root: Path) -> None:
    done = invoked(root, "status")
    assert done.exit_code == 0
    assert "1 handed in, 0 graded" in done.output
    assert "1 to be looked at" in done.output


def test_no_feedback_is_written(root: Path) -> None:
    done = invoked(root, "feedback", LAB.assignment)
    assert done.exit_code == 1
    assert not (root / "feedback").exists()
