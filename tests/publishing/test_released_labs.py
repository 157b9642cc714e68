"""The labs that the book hands out: as released, and never with a solution or a hidden test."""

import json
import re
from pathlib import Path

import pytest

from course_lib.publishing.files import read
from course_lib.publishing.gallery import title_of
from course_lib.publishing.released_labs import (
    KEY,
    describe,
    files_of,
    lab_folders,
    released,
)
from course_lib.publishing.takeaway import takeaway
from tests.labs.harness import LABS, load
from tests.publishing.notebooks import notebook, write

FOLDERS = lab_folders(LABS)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("released")


def secret_lines(name: str) -> set[str]:
    """The lines of a lab's source, stripped, that stand between marks and nowhere else in it."""
    inside, secret, told = False, set(), set()
    for cell in load(name).cells:
        for line in cell.source.splitlines():
            if re.search(r"BEGIN (SOLUTION|HIDDEN TESTS|MARK SCHEME)", line):
                inside = True
            (secret if inside else told).add(line.strip())
            if re.search(r"END (SOLUTION|HIDDEN TESTS|MARK SCHEME)", line):
                inside = False
        inside = False
    # A short line, such as `return z`, gives nothing away where it comes from another place.
    return {line for line in secret - told if len(line) > 12}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_no_line_of_a_solution_or_a_hidden_test_is_handed_out(folder: Path, kept: Path) -> None:
    secret = secret_lines(folder.name)
    assert len(secret) > 20
    made = released(folder, kept)
    for path in files_of(made):
        node = json.loads(path.read_text(encoding="utf-8"))
        lines = {line.strip() for cell in node["cells"] for line in cell["source"]}
        assert not lines & secret
        assert not re.search(r"(BEGIN|END) (SOLUTION|HIDDEN|MARK)", path.read_text("utf-8"))
        assert not any(cell.get("outputs") for cell in node["cells"])


def test_a_release_is_what_students_get_and_is_made_once(kept: Path) -> None:
    folder = FOLDERS[0]
    path = files_of(released(folder, kept))[0]
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert ["".join(cell["source"]) for cell in cells] == load(folder.name).release()
    before = path.stat().st_mtime_ns
    released(folder, kept)
    assert path.stat().st_mtime_ns == before
    (kept / folder.name / KEY).write_text("another")
    assert released(folder, kept).is_dir()
    assert path.stat().st_mtime_ns != before


def test_a_lab_to_take_away_keeps_what_the_grader_knows_its_cells_by(kept: Path) -> None:
    for folder in FOLDERS:
        source = read(files_of(released(folder, kept))[0])
        made = takeaway(source, f"labs/{folder.name}/{folder.name}", book="https://a.b")
        assert made.cells[1:] == source.cells


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_what_the_book_tells_of_a_lab_its_text_tells_too(folder: Path) -> None:
    lab = describe(folder)
    assert lab.title.startswith(f"Lab {int(folder.name[:2])}")
    assert lab.about.endswith(("?", "?*", "?**"))
    prose = " ".join(" ".join(c.source.split()) for c in load(folder.name).cells[:2])
    said = re.search(r"(\d+)(?: (?:to|and) (\d+))? minutes", prose)
    assert said is not None
    assert (int(said[1]), int(said[2] or said[1])) == lab.minutes
    for stem in lab.chapters:
        chapter = LABS.parent / "book" / f"{stem}.ipynb"
        assert f"*{title_of(chapter, stem).partition(':')[0]}*" in prose
    assert lab.points == load(folder.name).points
    if stated := re.search(r"has (\d+) points", prose):
        assert lab.points == int(stated[1])


def test_a_lab_that_does_not_say_what_it_takes_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "01-a"
    folder.mkdir()
    write(folder / "01-a.ipynb", notebook("1"))
    with pytest.raises(ValueError, match="lack 'minutes' or 'chapters'"):
        describe(folder)


def test_where_there_are_no_labs_none_is_listed(tmp_path: Path) -> None:
    assert lab_folders(tmp_path / "labs") == []
