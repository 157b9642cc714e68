"""The list of the book's files, the worker that keeps them, and the book in one file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from course_lib.publishing.archive import write_archive
from course_lib.publishing.assets import BUILT
from course_lib.publishing.offline import (
    BUILD,
    LIST,
    WORKER,
    book_files,
    version_of,
    write_worker,
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "html"
    for name, text in {
        "index.html": "<h1>Book</h1>",
        "book/a page.html": "é",
        "_static/book.css": "",
        "_static/book.css.map": "{}",
        "_static/scripts/fontawesome.js": "large",
        ".buildinfo": "own",
        "objects.inv": "own",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_what_readers_ask_for_is_listed_with_its_size_and_hash(book: Path) -> None:
    files = book_files(book)
    assert [file.path for file in files] == ["_static/book.css", "book/a page.html", "index.html"]
    assert files[1].size == 2
    assert files[1].hash == hashlib.sha256("é".encode()).hexdigest()


def test_the_version_changes_with_a_byte_and_with_a_name(book: Path) -> None:
    versions = {version_of(book_files(book))}
    (book / "index.html").write_text("<h1>Bock</h1>")
    versions.add(version_of(book_files(book)))
    (book / "index.html").rename(book / "other.html")
    versions.add(version_of(book_files(book)))
    assert len(versions) == 3


def test_the_worker_knows_the_version_of_the_list_and_neither_lists_itself(book: Path) -> None:
    worker = BUILT / "offline" / WORKER
    write_worker(book, worker)
    listed = json.loads((book / LIST).read_text(encoding="utf-8"))
    text = (book / WORKER).read_text(encoding="utf-8")
    assert BUILD not in text
    assert text.count(listed["version"]) == 1
    write_worker(book, worker)  # a second build of the same pages
    assert json.loads((book / LIST).read_text(encoding="utf-8")) == listed
    assert (book / WORKER).read_text(encoding="utf-8") == text


def test_a_worker_without_a_place_for_the_version_is_refused(book: Path, tmp_path: Path) -> None:
    (tmp_path / "worker.js").write_text("1")
    with pytest.raises(ValueError, match="0 times; expected once"):
        write_worker(book, tmp_path / "worker.js")


def test_the_same_book_gives_the_same_archive(book: Path, tmp_path: Path) -> None:
    paths = [tmp_path / name / "book.zip" for name in ("one", "two")]
    for path in paths:
        path.parent.mkdir()
        write_archive(book, path)
        (book / "index.html").touch()
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with ZipFile(paths[0]) as archive:
        assert archive.read("book/book/a page.html").decode() == "é"
        assert archive.testzip() is None


def test_without_a_book_there_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="holds no built book"):
        write_archive(tmp_path, tmp_path / "book.zip")
    assert list(tmp_path.iterdir()) == []
