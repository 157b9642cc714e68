"""A small book, built by Sphinx as a reader of the log sees it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.publishing.notebooks import notebook, write

pytestmark = pytest.mark.slow

CONFIGURATION = """
extensions = ["myst_nb", "course_lib.publishing"]
nb_execution_mode = "off"
html_theme = "basic"
exclude_patterns = ["_build"]
suppress_warnings = ["course.frontend"]
"""
INDEX = "# Book\n\n```{toctree}\na\nb\n```\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "conf.py").write_text(CONFIGURATION)
    (tmp_path / "index.md").write_text(INDEX)
    write(tmp_path / "a.ipynb", notebook("print(6 * 7, device)", prose="# First"))
    write(tmp_path / "b.ipynb", notebook("print('b')", prose="# Second"))
    return tmp_path


def build(book: Path) -> tuple[str, int]:
    """The log and the exit code of a build."""
    options = ["-b", "html", "-W", "--keep-going", "--no-color"]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *options, str(book), str(book / "_build" / "html")],
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.stdout + done.stderr, done.returncode


def page(book: Path, name: str) -> str:
    return (book / "_build" / "html" / f"{name}.html").read_text()


def test_a_book_shows_what_ran_and_runs_what_changed(book: Path) -> None:
    log, code = build(book)
    assert code == 0, log
    assert log.count("executing") == 2
    assert "42 cpu" in page(book, "a")
    assert "Content-Security-Policy" in page(book, "a")

    log, code = build(book)
    assert code == 0, log
    assert "executing" not in log
    assert "no targets are out of date" in log

    write(book / "a.ipynb", notebook("print(6 * 7, device)", prose="# First, reworded"))
    log, code = build(book)
    assert code == 0, log
    assert "executing" not in log
    assert "reworded" in page(book, "a")
    assert "42 cpu" in page(book, "a")

    write(book / "a.ipynb", notebook("print(6 * 8, device)", prose="# First, reworded"))
    log, code = build(book)
    assert code == 0, log
    assert log.count("executing") == 1
    assert "48 cpu" in page(book, "a")

    # What every run depends on changes: here the requirements stand for the library.
    (book / "requirements.txt").write_text("click")
    log, code = build(book)
    assert code == 0, log
    assert log.count("executing") == 2


def test_a_notebook_that_fails_is_reported_and_the_others_are_shown(book: Path) -> None:
    write(book / "a.ipynb", notebook("total = 0\n1 / total", prose="# First"))
    log, code = build(book)
    assert code != 0
    assert (
        "a.ipynb: WARNING: cell 3 ('total = 0') raised ZeroDivisionError: division by zero" in log
    )
    assert "b" in page(book, "b")

    write(book / "a.ipynb", notebook("print(42)", prose="# First"))
    log, code = build(book)
    assert code == 0, log
    assert "42" in page(book, "a")
