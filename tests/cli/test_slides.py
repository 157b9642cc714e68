from __future__ import annotations

import os
import shutil
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner, Result

from course_lib.cli import main
from tests.browser.book import ROOT
from tests.publishing.notebooks import notebook


@pytest.fixture(autouse=True)
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with two small chapters, which is where commands run."""
    folder = tmp_path / "clone"
    (folder / "book" / "_static").mkdir(parents=True)
    shutil.copyfile(ROOT / "_config.yml", folder / "_config.yml")
    shutil.copyfile(ROOT / "book/_static/icon.svg", folder / "book/_static/icon.svg")
    (folder / "frontend").symlink_to(ROOT / "frontend")
    for name, title in {"03-convolution-1d": "One", "08-convolution-2d": "Two"}.items():
        node = notebook("print('a number')", prose=f"# {title}\n\nIt begins.")
        nbformat.write(node, folder / "book" / f"{name}.ipynb")
    monkeypatch.chdir(folder)
    return folder


def course(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["slides", *arguments])


def test_a_chapter_is_called_by_its_name_its_words_or_its_number(clone: Path) -> None:
    for name in ("3", "03", "convolution-1d", "03-convolution-1d"):
        result = course(name, "--theme", "dark", "--out", name)
        assert result.exit_code == 0, result.output
        assert [path.name for path in (clone / name).glob("*.html")] == ["03-convolution-1d.html"]
        page = (clone / name / "03-convolution-1d.html").read_text("utf-8")
        assert 'data-theme="dark"' in page
        assert "<pre>a number</pre>" in page
        # It runs once; what has run and has not changed does not run again.
        assert ("Running book/03-convolution-1d.ipynb" in result.output) == (name == "3")


def test_without_a_name_every_deck_is_made_and_a_page_that_lists_them(clone: Path) -> None:
    for words in ([], ["all"]):
        result = course(*words)
        assert result.exit_code == 0, result.output
        assert sorted(path.name for path in (clone / "slides").glob("*.html")) == [
            "03-convolution-1d.html",
            "08-convolution-2d.html",
            "index.html",
        ]
        index = clone / "slides" / "index.html"
        assert "8. Two" in index.read_text("utf-8")
        index.unlink()


def test_an_unknown_chapter_is_refused_with_the_nearest(clone: Path) -> None:
    result = course("convolution-1")
    assert result.exit_code == 2
    assert "did you mean 'convolution-1d'?" in result.output
    result = course("zebra")
    assert "there are: 03-convolution-1d, 08-convolution-2d" in result.output
    assert not (clone / "slides").exists()


def test_a_folder_that_cannot_be_written_is_refused_before_anything_runs(clone: Path) -> None:
    (clone / "file").write_text("")
    result = course("3", "--out", "file")
    assert result.exit_code == 1
    assert "cannot write to file: it is not a folder" in result.output
    assert not (clone / "_build").exists()


def test_a_chapter_that_does_not_run_is_named_and_the_others_are_made(clone: Path) -> None:
    nbformat.write(notebook("1 / 0"), clone / "book/03-convolution-1d.ipynb")
    result = course()
    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.output
    assert "1 of 2 failed: 03-convolution-1d.ipynb" in result.output
    assert (clone / "slides/08-convolution-2d.html").is_file()


def test_outside_a_clone_it_says_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    result = course()
    assert result.exit_code == 1
    assert "go to the clone" in result.output
    assert os.listdir() == []


def test_its_help_says_where_to_run_it_and_that_it_takes_time() -> None:
    said = " ".join(CliRunner().invoke(main, ["slides", "--help"]).output.split())
    assert "Run it in the clone" in said
    assert "All fourteen take some minutes" in said
