"""Submissions are taken in by name and within bounds, and nothing else of an archive is."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from course_lib.grading.course import Course, CourseError
from course_lib.grading.intake import take_in
from tests.grading.courses import make_course


@pytest.fixture(scope="module")
def root(shared_place: Path) -> Path:
    return make_course(shared_place / "deep" / "course")


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def below(root: Path) -> list[str]:
    return sorted(str(path) for path in root.rglob("*"))


def taken(root: Path, student: str) -> bytes:
    return (root / "submitted" / student / "lab/lab.ipynb").read_bytes()


def test_a_zip_of_canvas(root: Path, tmp_path: Path) -> None:
    path = archive(
        tmp_path / "submissions.zip",
        {
            "doejane_1001_70001_lab.ipynb": b"first",
            "doejane_1001_70002_lab-1.ipynb": b"second",
            "smithjoe_LATE_1002_70003_lab.ipynb": b"late",
            "roeann_1003_70004_my work.ipynb": b"renamed",
            "roeann_1003_70005_essay.pdf": b"no notebook",
        },
    )
    done = take_in(Course(root), "lab", path)
    assert done.students == ("1001", "1002", "1003")
    assert taken(root, "1001") == b"second"
    assert taken(root, "1002") == b"late"
    assert taken(root, "1003") == b"renamed"


@pytest.mark.parametrize("tail", ["assignsubmission_file_", "assignsubmission_file"])
def test_a_zip_of_moodle(root: Path, tmp_path: Path, tail: str) -> None:
    path = archive(tmp_path / "moodle.zip", {f"Jane O'Doe_2001_{tail}/lab.ipynb": tail.encode()})
    assert take_in(Course(root), "lab", path).students == ("2001",)
    assert taken(root, "2001") == tail.encode()


@pytest.mark.parametrize("kind", ["zip", "folder"])
def test_nbgraders_layout(root: Path, tmp_path: Path, kind: str) -> None:
    files = {"submitted/ada/lab/lab.ipynb": b"a", "submitted/bob/lab/lab.ipynb": b"b"}
    path = tmp_path / "handed-in"
    if kind == "zip":
        archive(path, files)
    else:
        for name, data in files.items():
            (path / name).parent.mkdir(parents=True)
            (path / name).write_bytes(data)
    assert take_in(Course(root), "lab", path).students == ("ada", "bob")
    assert (taken(root, "ada"), taken(root, "bob")) == (b"a", b"b")


@pytest.mark.parametrize(
    "name",
    [
        "../../../gradebook.db.ipynb",
        "../ada/lab/lab.ipynb",
        "/etc/ada/lab/lab.ipynb",
        "..\\ada\\lab\\lab.ipynb",
        "x/../ada/lab/lab.ipynb",
        "-rf/lab/lab.ipynb",
        ".hidden/lab/lab.ipynb",
        "a b/lab/lab.ipynb",
        "ada/other/lab.ipynb",
        "lab.ipynb",
        "é\u202e/lab/lab.ipynb",
        f"{'x' * 200}/lab/lab.ipynb",
    ],
)
def test_a_name_that_is_no_students_is_left_out(root: Path, tmp_path: Path, name: str) -> None:
    before = below(root.parents[1])
    done = take_in(Course(root), "lab", archive(tmp_path / "evil.zip", {name: b"evil"}))
    assert done.students == ()
    assert len(done.refused) == 1
    assert below(root.parents[1]) == before


MALLORY = "Mallory Doe_666_assignsubmission_file_"


@pytest.mark.parametrize(
    "name",
    [
        f"{MALLORY}/vic/lab/lab.ipynb",
        f"{MALLORY}/Victor Doe_777_assignsubmission_file_/lab.ipynb",
        f"{MALLORY}/deep/Victor Doe_777_assignsubmission_file_/lab.ipynb",
        f"{MALLORY}/in/doevictor_777_70001_lab.ipynb",
        "mallory/lab/vic/lab/lab.ipynb",
        "submitted/mallory/lab/vic/lab/lab.ipynb",
        "mallory/lab/Victor Doe_777_assignsubmission_file_/lab.ipynb",
        "mallory/lab/in/doevictor_777_70001_lab.ipynb",
    ],
)
def test_a_folder_that_a_student_made_hands_in_for_nobody_else(
    root: Path, tmp_path: Path, name: str
) -> None:
    done = take_in(Course(root), "lab", archive(tmp_path / "made.zip", {name: b"evil"}))
    assert done.students == ()
    assert list(done.refused) == [name]


def test_a_file_called_as_canvas_calls_them_stays_its_owners(root: Path, tmp_path: Path) -> None:
    name = f"{MALLORY}/doevictor_777_70001_lab.ipynb"
    assert take_in(Course(root), "lab", archive(tmp_path / "m.zip", {name: b"x"})).students == (
        "666",
    )


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_entry_costs_the_others_nothing(root: Path, tmp_path: Path, method: int) -> None:
    path = tmp_path / "damaged.zip"
    with zipfile.ZipFile(path, "w", method) as made:
        made.writestr("cy/lab/lab.ipynb", b"")
        entry = made.infolist()[0]
        made.writestr("damaged/lab/lab.ipynb", os.urandom(1_000))
        start = made.infolist()[1].header_offset + 30 + len("damaged/lab/lab.ipynb")
        made.writestr("after/lab/lab.ipynb", b"after")
    assert entry.header_offset == 0
    data = bytearray(path.read_bytes())
    data[start : start + 400] = b"\xff" * 400
    path.write_bytes(data)
    done = take_in(Course(root), "lab", path)
    assert done.students == ("after", "cy")
    assert list(done.refused) == ["damaged/lab/lab.ipynb"]


def test_folders_called_as_notebooks_leave_nothing_open(root: Path, tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"in/s{number}/lab/lab.ipynb").mkdir(parents=True)
    before = len(os.listdir("/proc/self/fd"))
    assert len(take_in(Course(root), "lab", tmp_path / "in").refused) == 20
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_bomb_is_unpacked_no_further_than_a_notebook_may_be(root: Path, tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.zip", {"zed/lab/lab.ipynb": bytes(200 * 2**20)})
    assert path.stat().st_size < 2**20
    take_in(Course(root), "lab", path)
    assert len(taken(root, "zed")) == 20 * 2**20 + 1  # one more than is read: known as too large


def test_an_archive_that_is_none_is_refused(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "no.zip"
    path.write_bytes(b"PK\x03\x04" + os.urandom(100))
    with pytest.raises(CourseError, match="no zip"):
        take_in(Course(root), "lab", path)


def test_a_link_in_a_folder_is_not_followed(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(b"secret")
    folder = tmp_path / "in/sly/lab"
    folder.mkdir(parents=True)
    (folder / "lab.ipynb").symlink_to(secret)
    done = take_in(Course(root), "lab", tmp_path / "in")
    assert done.students == ()
    assert list(done.refused) == ["sly/lab/lab.ipynb"]


def test_a_link_in_an_archive_is_no_more_than_its_text(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as made:
        entry = zipfile.ZipInfo("link/lab/lab.ipynb")
        entry.external_attr = 0o120777 << 16
        made.writestr(entry, "/etc/passwd")
    take_in(Course(root), "lab", path)
    assert taken(root, "link") == b"/etc/passwd"


def test_what_is_another_labs_is_left_where_it_is_without_a_word(
    root: Path, tmp_path: Path
) -> None:
    course = Course(root)
    with course.gradebook() as book:
        book.add_assignment("second")
        book.add_notebook("of-the-second", "second")
    for name in (
        "pat/lab/lab.ipynb",
        "pat/second/of-the-second.ipynb",
        "pat/second/scratch.ipynb",
        "of-the-second-1.ipynb",
        "pat/third/stray.ipynb",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"mine")
    done = take_in(course, "lab", tmp_path)
    assert done.students == ("pat",)
    assert list(done.refused) == ["pat/third/stray.ipynb"]
    with course.gradebook() as book:
        book.remove_assignment("second")
