from pathlib import Path

import pytest
from click.testing import CliRunner

from course_lib.cli.execute import execute
from course_lib.publishing.execution import cached
from tests.publishing.notebooks import notebook, write


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "_config.yml").touch()
    (tmp_path / "book").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "book"


def test_every_chapter_runs_and_the_copies_are_named(book: Path) -> None:
    path = write(book / "a.ipynb", notebook("print(seed)"))
    done = CliRunner().invoke(execute, ["--seed", "5"])
    assert done.exit_code == 0, done.output
    assert cached(path, seed=5).is_file()
    assert cached(path, seed=5).name in done.output


def test_a_failure_is_told_and_the_others_still_run(book: Path) -> None:
    bad = write(book / "a.ipynb", notebook("1 / 0"))
    good = write(book / "b.ipynb", notebook("print(1)"))
    done = CliRunner().invoke(execute, [str(bad), str(good)])
    assert done.exit_code == 1
    assert "raised ZeroDivisionError" in done.output
    assert "1 of 2 failed: a.ipynb" in done.output
    assert cached(good).is_file()


def test_without_notebooks_the_command_says_where_it_looked(book: Path) -> None:
    done = CliRunner().invoke(execute, [])
    assert done.exit_code == 1
    assert "there is no notebook in book/" in done.output
