import json
from pathlib import Path
from typing import Any

import pytest

from course_lib.figures import Job, Sheet, export, load, out_of_date, render
from course_lib.figures.export import MANIFEST, read_manifest, write_manifest

NAME, OTHER = "convolution-1d/valid", "convolution-1d/sliding"


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_manifest_says_of_each_file_what_it_shows_and_what_it_was_made_from(
    tmp_path: Path,
) -> None:
    export([Job(NAME, parameters={"kernel": (1, 2, 1)})], tmp_path, "source")
    (entry,) = json.loads((tmp_path / MANIFEST).read_text())["figures"]
    assert entry["name"] == NAME
    assert entry["slide"] == load(NAME).slide
    assert entry["parameters"]["kernel"] == [1, 2, 1]
    assert entry["alt"] == load(NAME).describe(kernel=(1, 2, 1))
    assert (tmp_path / entry["file"]).read_bytes() == render(NAME, kernel=(1, 2, 1))


def test_processes_side_by_side_give_the_same_bytes_as_one(tmp_path: Path) -> None:
    jobs = [Job(NAME, kind) for kind in ("svg", "pdf", "png")]
    export(jobs, tmp_path / "one", "source", workers=1)
    export(jobs, tmp_path / "two", "source", workers=2)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_what_is_up_to_date_is_left_and_what_is_not_is_due(tmp_path: Path) -> None:
    job, other = Job(NAME), Job(OTHER)
    export([job, other], tmp_path, "source")
    assert out_of_date([job, other], tmp_path, "source") == []
    changes: list[Any] = [
        Job(NAME, parameters={"kernel": (1, 2, 1)}),
        Job(NAME, sheet=Sheet(200, 100)),
        Job(NAME, dpi=72),
        Job(NAME, "pdf"),
        Job(NAME, theme="dark"),
    ]
    assert out_of_date(changes, tmp_path, "source") == changes
    assert out_of_date([job], tmp_path, "another source") == [job]
    (tmp_path / other.file).write_text("changed by hand")
    assert out_of_date([job, other], tmp_path, "source") == [other]
    (tmp_path / job.file).unlink()
    assert out_of_date([job, other], tmp_path, "source") == [job, other]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"figures": 3}', '{"figures": [{}]}'])
def test_a_manifest_that_cannot_be_read_is_as_none(text: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(text)
    assert read_manifest(tmp_path) == {}
    assert out_of_date([Job(NAME)], tmp_path, "source") == [Job(NAME)]


def test_the_manifest_keeps_other_files_and_forgets_those_that_are_gone(tmp_path: Path) -> None:
    export([Job(NAME), Job(OTHER)], tmp_path, "source")
    (tmp_path / Job(NAME).file).unlink()
    export([Job(NAME, "pdf")], tmp_path, "source")
    assert set(read_manifest(tmp_path)) == {Job(OTHER).file, Job(NAME, "pdf").file}


def test_what_was_drawn_before_a_fault_is_in_the_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn(job: Job) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        export([Job(NAME), Job(OTHER)], tmp_path, "source", drawn=drawn)
    assert set(read_manifest(tmp_path)) == {Job(NAME).file}


def test_the_order_of_entries_changes_nothing(tmp_path: Path) -> None:
    write_manifest(tmp_path, [{"file": "b"}, {"file": "a"}])
    first = (tmp_path / MANIFEST).read_bytes()
    write_manifest(tmp_path, [{"file": "a"}, {"file": "b"}])
    assert (tmp_path / MANIFEST).read_bytes() == first
