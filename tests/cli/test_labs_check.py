from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from course_lib.cli import main
from course_lib.grading.self_check import with_questions

SET_UP = "import numpy as np\nfrom course_lib.grading import checks\nsignal = np.arange(4.0)"
STUB = "def doubled(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
RIGHT = "def doubled(x):\n    return 2 * x"
SQUARE = "def doubled(x):\n    return x * x"
TEST = 'checks.equal(doubled(signal), 2 * signal, "twice", mistakes={"a square?": signal**2})'
HIDDEN = "\n### BEGIN HIDDEN TESTS\nchecks.true(False, 'hidden')\n### END HIDDEN TESTS"
# What only the book, the grader or JupyterLab brings along.
NOT_OF_THE_BASE = ("nbformat", "nbgrader", "nbclient", "nbconvert", "ipykernel", "torch")


def cell(source: str, name: str = "", kind: str = "code", **nbgrader: Any) -> dict[str, Any]:
    known = {"nbgrader": {"grade_id": name, "schema_version": 3, **nbgrader}} if name else {}
    return {"cell_type": kind, "source": source, "metadata": known}


def lab(answer: str, *more: dict[str, Any], test: str = TEST) -> dict[str, Any]:
    """Return a notebook of one question, answered, and what follows it."""
    cells = [
        cell("# Doubling", kind="markdown"),
        cell(SET_UP, "set-up", locked=True),
        cell(answer, "doubled", solution=True),
        cell(test, "doubled-test", grade=True, points=3, locked=True),
        cell("Linear.", "linear", "markdown", grade=True, solution=True, points=1),
    ]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [*cells, *more]}


def command(folder: Path, notebook: dict[str, Any]) -> list[str]:
    """Return the words that check a notebook in a process where the extras are not there."""
    path = folder / "lab.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    code = (
        "import sys\n"
        f"sys.modules.update(dict.fromkeys({NOT_OF_THE_BASE}))\n"
        "from course_lib.cli import main\n"
        "main(['labs', 'check', sys.argv[1]])"
    )
    return [sys.executable, "-W", "error", "-X", "utf8", "-c", code, str(path)]


def check(folder: Path, notebook: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """Return what the command says of a notebook."""
    words = command(folder, notebook)
    return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=120)


def test_a_question_taken_out_is_missed(tmp_path: Path) -> None:
    notebook = with_questions(lab(RIGHT))
    assert check(tmp_path, notebook).returncode == 0
    del notebook["cells"][3]
    done = check(tmp_path, notebook)
    assert done.returncode == 1
    assert "✗ doubled-test: 0 of 3 points" in done.stdout
    assert "its cell is missing" in done.stdout
    assert "0 of 3 points; 1 more marked by hand" in done.stdout


def test_a_right_answer_has_its_tick_and_its_points(tmp_path: Path) -> None:
    done = check(tmp_path, lab(RIGHT))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:2] == [
        "✓ doubled-test: 3 points",
        "– linear: 1 point, marked by hand",
    ]
    assert "3 of 3 points; 1 more marked by hand" in done.stdout


def test_a_wrong_answer_is_told_with_its_hint_and_the_rest_still_runs(tmp_path: Path) -> None:
    second = cell("checks.true(True, '')", "second", grade=True, points=2)
    done = check(tmp_path, lab(SQUARE, second))
    assert done.returncode == 1
    assert "✗ doubled-test: 0 of 3 points\n    twice is wrong in 2 of 4 places" in done.stdout
    assert "    Hint: a square?" in done.stdout
    assert "✓ second: 2 points" in done.stdout
    assert "2 of 5 points" in done.stdout


def test_what_is_not_answered_yet_is_called_so(tmp_path: Path) -> None:
    value = cell("raise NotImplementedError()", "value", solution=True)
    test = cell("checks.equal(answer, 3)", "value-test", grade=True, points=1)
    done = check(tmp_path, lab(STUB, value, test))
    assert done.returncode == 1
    assert "✗ doubled-test: 0 of 3 points\n    not answered yet" in done.stdout
    assert "name 'answer' is not defined\n    the cell 'value' stopped: not answered" in done.stdout


@pytest.mark.parametrize("text", ["YOUR ANSWER HERE\n", ""])
def test_a_text_that_nobody_wrote_is_called_so(tmp_path: Path, text: str) -> None:
    empty = cell(text, "why", "markdown", grade=True, solution=True, points=2)
    done = check(tmp_path, lab(RIGHT, empty))
    assert "– why: 2 points, marked by hand\n    not answered yet" in done.stdout
    assert "– linear: 1 point, marked by hand\n    " not in done.stdout


def test_a_question_is_called_by_the_heading_above_it(tmp_path: Path) -> None:
    asked = cell("## 1. What is twice?\n\nDouble it.\n\n### Why?", kind="markdown")
    own = cell("## Mine", "why", "markdown", grade=True, solution=True, points=2)
    test = cell("checks.true(True, '')", "second", grade=True, points=2)
    done = check(tmp_path, lab(RIGHT, asked, own, test))
    assert "✓ doubled-test: 3 points" in done.stdout
    assert "– Why? (why): 2 points" in done.stdout
    assert "✓ Why? (second): 2 points" in done.stdout


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("def doubled(x):\n    return x / 'two'", "your code raised"),
        ("def doubled(x) return x", "the cell 'doubled' stopped: your code raised SyntaxError"),
        ("def doubled(x):\n    raise ValueError", "your code raised ValueError"),
    ],
)
def test_what_the_code_raises_is_told(tmp_path: Path, answer: str, words: str) -> None:
    done = check(tmp_path, lab(answer))
    assert done.returncode == 1
    assert words in done.stdout


def test_cells_find_what_lies_beside_the_notebook(tmp_path: Path) -> None:
    (tmp_path / "numbers.txt").write_text("1 2")
    (tmp_path / "mine.py").write_text("two = 2")
    answer = f"from mine import two\nnp.loadtxt('numbers.txt')\n{RIGHT}"
    test = "import mine\n" + TEST
    assert check(tmp_path, lab(answer, test=test)).returncode == 0


def test_hidden_checks_of_the_instructors_source_do_not_run(tmp_path: Path) -> None:
    assert check(tmp_path, lab(RIGHT, test=TEST + HIDDEN)).returncode == 0


def test_of_a_cell_that_stands_twice_the_last_one_counts(tmp_path: Path) -> None:
    again = cell(TEST, "doubled-test", grade=True, points=3)
    done = check(tmp_path, lab(SQUARE, cell(RIGHT), again))
    assert done.returncode == 0
    assert done.stdout.count("doubled-test") == 1


def test_an_interrupt_ends_a_cell_that_does_not_end(tmp_path: Path) -> None:
    words = command(tmp_path, lab(RIGHT, cell("while True: pass"), cell("", "more", grade=True)))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    # A process that was started in the background has learnt to ignore what the test sends.
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    signal.signal(signal.SIGINT, before)
    with process:
        assert process.stdout is not None
        while b"linear" not in process.stdout.readline():  # the cell that loops is next
            pass
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        said, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"more" not in said
    assert b"Aborted!" in complaint


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "does not exist"),
        (b"\xff\xfe", "not text in UTF-8"),
        (b"x = 3", "not JSON"),
        (b"{}", "no list of cells"),
        (b'{"cells": [{"cell_type": "code", "source": "1"}]}', "none of its cells is a question"),
        (b'{"cells": [{"metadata": {"nbgrader": 3}}]}', "none of its cells is a question"),
    ],
)
def test_a_file_that_is_no_lab_is_refused_in_words(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "lab.ipynb"
    if content is not None:
        path.write_bytes(content)
    done = CliRunner().invoke(main, ["labs", "check", str(path)])
    assert done.exit_code == 2
    assert words in " ".join(done.output.replace("│", " ").split())


def test_a_folder_is_no_notebook(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["labs", "check", str(tmp_path)])
    assert done.exit_code == 2
    assert "is a directory" in done.output


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe ends otherwise there")
def test_a_reader_that_goes_away_is_no_fault_of_the_file(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command(tmp_path, lab(RIGHT)), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()  # as `head` does when it has enough
    said = process.stderr.read().decode()
    process.stderr.close()
    process.wait(timeout=120)
    assert "cannot read" not in said
    assert "Traceback" not in said
