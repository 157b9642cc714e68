"""A course folder from release to export, as an instructor goes through it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.grading.bubblewrap import needs_bubblewrap
from tests.grading.courses import (
    HAND,
    answered,
    course,
    give,
    make_course,
    results,
    scores,
    submit,
    words,
)
from tests.grading.small_lab import LAB, RIGHT, SECRET

pytestmark = needs_bubblewrap

WHY = "Because the kernel must fit. <script>alert(1)</script> ![x](javascript:alert(1))"
CLASS: dict[str, dict[str, str]] = {
    "ada": {**RIGHT, "why": WHY},
    "bob": {},
    "cleo": {**RIGHT, "answer": "answer = '<img src=x onerror=alert(1)>'"},
    "dan": {**RIGHT, "convolve": "import os\ndef convolve(x, k): os._exit(1)"},
}


@pytest.fixture(scope="module")
def graded(shared_place: Path) -> Path:
    root = make_course(shared_place / "course")
    for student, answers in CLASS.items():
        submit(root, student, answers)
    unreadable = submit(root, "eve")
    unreadable.write_bytes(b"{")
    (submit(root, "fay")).unlink()
    done = course("labs", "grade", LAB.assignment, "--course", str(root), "--jobs", "2")
    assert done.returncode == 0, done.stderr
    return root


def test_the_release_holds_neither_solutions_nor_hidden_tests(graded: Path) -> None:
    text = (graded / "release/lab/lab.ipynb").read_text(encoding="utf-8")
    assert SECRET not in text
    assert "np.correlate" not in text
    assert "NotImplementedError" in text


def test_the_gradebook_has_each_students_points(graded: Path) -> None:
    assert scores(graded) == {
        "ada": (4.0, True),
        "bob": (0.0, False),
        "cleo": (3.0, False),
        "dan": (2.0, False),
        "eve": (0.0, False),
        "fay": (0.0, False),
    }


def test_the_report_tells_apart_what_ends_in_no_points(graded: Path) -> None:
    report = json.loads((graded / "grading/lab/report.json").read_text(encoding="utf-8"))
    kinds = {name: row["kind"] for name, row in report["rows"].items()}
    assert kinds == {
        "ada/lab": "graded",
        "bob/lab": "graded",
        "cleo/lab": "graded",
        "dan/lab": "died",
        "eve/lab": "unreadable",
        "fay/lab": "absent",
    }


def test_the_secret_is_its_owners_alone(graded: Path) -> None:
    path = graded / "grading/lab/seed"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(bytes.fromhex(path.read_text(encoding="ascii"))) == 32


def test_a_second_run_has_nothing_to_do(graded: Path) -> None:
    before = results(graded)
    done = course("labs", "grade", LAB.assignment, "--course", str(graded))
    assert "6 graded before and unchanged" in done.stdout
    assert results(graded) == before


def test_a_mark_given_by_hand_survives_grading_again(graded: Path, place: Path) -> None:
    copy = shutil.copytree(graded, place / "course")
    from course_lib.grading.course import Course

    with Course(copy).gradebook() as book:
        for name, score in (("why", 2.5), ("answer-test", 0.5)):
            book.find_grade(name, "lab", "lab", "ada").manual_score = score
        book.db.commit()
    give(copy)
    done = course("labs", "grade", "lab", "--course", str(copy), "--force", "--student", "ada")
    assert done.returncode == 0, done.stderr
    assert scores(copy)["ada"][0] == 2.0 + 0.5 + 1.0 + 2.5
    report = json.loads((copy / "grading/lab/report.json").read_text(encoding="utf-8"))
    assert len(report["rows"]) == 6  # the others' stay in it


def test_feedback_runs_nothing_and_keeps_hidden_tests_back(graded: Path) -> None:
    done = course("labs", "feedback", LAB.assignment, "--course", str(graded))
    assert done.returncode == 0, done.stderr
    pages = {
        student: (graded / "feedback" / student / "lab/lab.html").read_text(encoding="utf-8")
        for student in CLASS
    }
    assert SECRET not in "".join(pages.values())
    assert "Because the kernel must fit." in pages["ada"]
    for page in pages.values():
        assert "<script" not in page
        assert "onerror" not in page.replace("&lt;img src=x onerror", "")
        assert "javascript:" not in page
        assert "prefers-color-scheme: dark" in page
        assert "¶" not in page  # a heading's link to itself
    assert "is not defined" in pages["bob"]
    assert "it ended itself" in pages["dan"]
    shown = course("labs", "feedback", LAB.assignment, "--course", str(graded), "--hidden")
    assert shown.returncode == 0
    assert SECRET in (graded / "feedback/ada/lab/lab.html").read_text(encoding="utf-8")


def test_what_the_formgrader_shows_runs_nothing(graded: Path) -> None:
    import nbformat
    from nbconvert import HTMLExporter

    path = graded / "autograded/ada/lab/lab.ipynb"
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    shown, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    assert "Because the kernel must fit." in shown
    assert "<script>alert(1)" not in shown
    assert "javascript:" not in shown


@pytest.mark.parametrize("layout", ["nbgrader", "canvas", "moodle"])
def test_grades_are_exported_in_the_columns_of_each_system(
    graded: Path, place: Path, layout: str
) -> None:
    place.chmod(0o777)
    out = place / "grades.csv"
    done = course(
        "labs", "export", "lab", "--course", str(graded), "--layout", layout, "--out", str(out)
    )
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader(out.read_text(encoding="utf-8").splitlines()))
    column = {"nbgrader": "raw_score", "canvas": "lab", "moodle": "Grade"}[layout]
    place = rows[0].index(column)
    values = [row[place] for row in rows[1:] if "ada" in " ".join(row)]
    assert values == ["4.0"]


def test_status_counts_what_stands_where(graded: Path) -> None:
    done = course("labs", "status", "--course", str(graded))
    assert done.stdout.split("  ", 1)[1].strip() == (
        "6 handed in, 6 graded, 1 to be marked by hand, 3 to be looked at"
    )


def test_a_link_to_anothers_notebook_is_not_followed(graded: Path, place: Path) -> None:
    copy = shutil.copytree(graded, place / "course", symlinks=True)
    mallory = copy / "submitted/mallory/lab"
    mallory.mkdir(parents=True)
    (mallory / "lab.ipynb").symlink_to(copy / "submitted/ada/lab/lab.ipynb")
    (copy / "submitted/niaj").symlink_to(copy / "submitted/ada")
    give(copy)
    done = course("labs", "grade", "lab", "--course", str(copy))
    assert done.returncode == 0, done.stderr
    assert scores(copy)["mallory"] == (0.0, False)
    assert "niaj" not in scores(copy)
    assert results(copy)["mallory"]["status"] == "unreadable"


def test_a_run_killed_in_the_middle_goes_on_and_ends_alike(graded: Path, place: Path) -> None:
    copy = shutil.copytree(graded, place / "course")
    shutil.rmtree(copy / "grading/lab/results")
    (copy / "gradebook.db").unlink()
    shutil.rmtree(copy / "autograded")
    give(copy)
    assert course("labs", "release", "lab", "--course", str(copy)).returncode == 0
    run = subprocess.Popen(
        words("labs", "grade", "lab", "--course", str(copy)),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for(lambda: len(results(copy)) >= 2)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert 2 <= len(results(copy)) < 6
    done = course("labs", "grade", "lab", "--course", str(copy))
    assert done.returncode == 0, done.stderr
    assert results(copy) == results(graded)
    assert scores(copy) == scores(graded)


def wait_for(condition: Any, seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_two_runs_at_once_are_refused(graded: Path) -> None:
    from filelock import FileLock

    with FileLock(graded / "grading/lab/lock"):
        done = course("labs", "grade", "lab", "--course", str(graded))
    assert done.returncode == 1
    assert "another run is grading 'lab'" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("grade", "lamb"), "knows no lab 'lamb'"),
        (("grade", "lab", "--student", "zoe"), "'zoe' has not submitted 'lab'"),
        (("grade", "lab", "--scheduler", "tcp://192.0.2.1:8786"), "must begin with tls://"),
        (("release", "lamb"), "there is no lab 'lamb'"),
        (("feedback", "lamb"), "knows no lab 'lamb'"),
        (("export", "lamb"), "knows no lab 'lamb'"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(
    graded: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = course("labs", *arguments, "--course", str(graded))
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can see root refused")
def test_root_is_refused(graded: Path, place: Path) -> None:
    copy = shutil.copytree(graded, place / "course")
    from click.testing import CliRunner

    from course_lib.cli import main

    done = CliRunner().invoke(main, ["labs", "grade", "lab", "--course", str(copy), "--force"])
    assert done.exit_code == 1
    assert "refuses to run as root" in done.output


def test_the_question_by_hand_is_released_as_it_is(graded: Path) -> None:
    notebook = answered(graded, {})
    assert notebook["cells"][-1]["source"] != HAND  # nbgrader puts its stub for the answer
