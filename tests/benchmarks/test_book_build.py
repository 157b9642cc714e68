"""What the two books that are built differ in, and what is changed in them."""

import json
from pathlib import Path

import pytest
import yaml

from benchmarks import book_build

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the book's settings and one notebook."""
    (tmp_path / "_config.yml").write_text((ROOT / "_config.yml").read_text("utf-8"), "utf-8")
    (tmp_path / "book").mkdir()
    cells = [
        {"cell_type": "code", "source": ["1 + 1"]},
        {"cell_type": "markdown", "source": ["# A title\n", "\n", "Words."]},
    ]
    (tmp_path / book_build.CHANGED).write_text(json.dumps({"cells": cells}), "utf-8")
    return tmp_path


def test_the_stock_book_lacks_our_extension_and_runs_its_notebooks_itself(folder: Path) -> None:
    ours = yaml.safe_load((folder / "_config.yml").read_text("utf-8"))
    book_build.as_it_comes(folder)
    stock = yaml.safe_load((folder / "_config.yml").read_text("utf-8"))
    assert book_build.OURS in ours["sphinx"]["config"]["extensions"]
    assert book_build.OURS not in (folder / "_config.yml").read_text("utf-8")
    assert stock["execute"]["execute_notebooks"] == "cache"
    assert stock["sphinx"]["config"]["katex_prerender"] is True


def test_one_sentence_is_changed_and_no_code(folder: Path) -> None:
    path = folder / book_build.CHANGED
    before = json.loads(path.read_text("utf-8"))["cells"]
    book_build.change_a_sentence(folder, None)
    after = json.loads(path.read_text("utf-8"))["cells"]
    assert after[0] == before[0]
    assert after[1]["source"] == "# A title\n\nWords.\n\nThis sentence is new."


def test_of_some_chapters_no_bar_is_met_or_missed() -> None:
    times = {"clean": 300.0, "notebooks": 250.0, "one sentence": 10.0}
    results = {"chapters": "all", "ours": times, "stock": times}
    assert [claim.met for claim in book_build.claims(results)] == [True, False, True]
    results["chapters"] = 1
    assert {claim.met for claim in book_build.claims(results)} == {None}
