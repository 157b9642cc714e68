"""The gallery's files, and the page that Sphinx makes of them."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from course_lib.figures import Job, export, load, names, render
from course_lib.figures.export import read_manifest
from course_lib.figures.rendering import formats_of
from course_lib.publishing import gallery_files
from course_lib.publishing.fingerprint import PACKAGE, UNDRAWN, figure_files
from course_lib.publishing.gallery import target
from course_lib.publishing.gallery_files import all_jobs, draw, due, files_of, size

NAME, OTHER = "convolution-1d/valid", "convolution-1d/sliding"
CONFIGURATION = """
extensions = ["myst_parser", "sphinx_copybutton", "course_lib.publishing"]
html_theme = "basic"
exclude_patterns = ["_build"]
suppress_warnings = ["course.frontend"]
"""


def test_every_figure_has_its_files_and_no_two_share_one() -> None:
    files = [job.file for job in all_jobs()]
    assert len(files) == len(set(files))
    assert {job.name for job in all_jobs()} == set(names())
    for name in names():
        of = files_of(name)
        assert {job.file for job in of.jobs} <= set(files)
        assert (of.light.theme, of.dark.theme) == ("light", "dark")
        assert {job.format for _, job in of.downloads} == set(formats_of(load(name)))


def test_places_in_the_gallery_are_ids_of_their_own() -> None:
    ids = {target(name) for name in names()}
    assert len(ids) == len(names())
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", one) for one in ids)


def test_a_picture_s_size_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_bytes(render(NAME))
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', path.read_text())
    assert box is not None
    assert size(path) == box.groups()
    path.write_text("<svg></svg>")
    with pytest.raises(ValueError, match="states no size"):
        size(path)


def test_figures_that_are_no_more_leave_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export([Job(NAME), Job(OTHER)], tmp_path, "source")
    monkeypatch.setattr(gallery_files, "all_jobs", lambda: [Job(NAME)])
    assert due(tmp_path, "source") == []
    draw([], tmp_path, "source")
    assert (tmp_path / Job(NAME).file).is_file()
    assert not (tmp_path / Job(OTHER).file).exists()
    assert set(read_manifest(tmp_path)) == {Job(NAME).file}


def test_figures_are_made_from_the_library_but_not_from_what_shows_them() -> None:
    parts = {path.relative_to(PACKAGE).parts[0] for path in figure_files()}
    assert {"figures", "convolution", "networks"} <= parts
    assert not parts & set(UNDRAWN)
    assert PACKAGE / "figures" / "palette.json" in figure_files()


def book(folder: Path, guide: str) -> None:
    """Write a book with a gallery and another page, which says `guide`."""
    (folder / "conf.py").write_text(CONFIGURATION)
    (folder / "index.md").write_text("# Book\n\n```{toctree}\nbook/gallery\nbook/guide\n```\n")
    (folder / "book").mkdir()
    (folder / "book" / "gallery.md").write_text("# Figures\n\n```{course-gallery}\n```\n")
    (folder / "book" / "guide.md").write_text(f"# Guide\n\n{guide}\n")


PROGRAM = """
import sys
from course_lib.figures import registry
from course_lib.figures.rendering import formats_of
from course_lib.publishing import gallery_files
names, wanted = registry.names, {wanted!r}
registry.CHAPTERS = ("convolution-1d",)
import course_lib.figures as figures
figures.CHAPTERS = registry.CHAPTERS
figures.names = gallery_files.names = lambda chapter=None: wanted
from sphinx.cmd.build import main
sys.exit(main(["-b", "html", "--no-color", {source!r}, {target!r}]))
"""


def build(folder: Path, wanted: list[str]) -> str:
    """Return the log of a build in which these are all the figures."""
    program = folder / "build.py"
    # What starts a process of its own runs this file again.
    guarded = PROGRAM.format(
        wanted=wanted, source=str(folder), target=str(folder / "_build" / "html")
    )
    program.write_text(guarded)
    done = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A book of one figure, built three times: anew, unchanged, and with the figure's file lost."""
    folder = tmp_path_factory.mktemp("book")
    book(folder, f"See {{course-figure}}`{NAME}`, not {{course-figure}}`convolution-1d/vald`.")
    chapter = folder / "book" / "01-convolution-1d.ipynb"
    chapter.write_text(
        '{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# One *dimension*"]}],'
        ' "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    )
    first = build(folder, [NAME])
    html = folder / "_build" / "html"
    page, guide = ((html / "book" / f"{name}.html").read_text() for name in ("gallery", "guide"))
    second = build(folder, [NAME])
    (html / "_static" / "figures" / Job(NAME, theme="dark").file).unlink()
    third = build(folder, [NAME])
    return {"html": html, "page": page, "guide": guide, "logs": [first, second, third]}


def test_the_page_shows_the_figure_once_with_all_that_it_owes(built: dict[str, Any]) -> None:
    page, entry = built["page"], load(NAME)
    assert page.count(f'id="{target(NAME)}"') == 1
    light, dark = re.findall(r'<img class="only-(\w+)" src="([^"]+)"[^>]* alt="([^"]*)">', page)
    assert (light[0], dark[0]) == ("light", "dark")
    assert unescape(light[2]) == unescape(dark[2]) == entry.describe()
    for word in (entry.title, entry.name, f"Slide: {entry.slide}", f"course figures {NAME}"):
        assert word in unescape(page)
    links = re.findall(r'<a href="([^"]+)" download', page)
    assert len(links) == 3
    for address in [light[1], dark[1], *links]:
        assert (built["html"] / "book" / address).is_file(), address
    assert 'src="../_static/course/gallery.js' in page
    assert "course/gallery.js" not in built["guide"]


def test_a_figure_is_named_in_any_page_and_a_wrong_name_is_reported(built: dict[str, Any]) -> None:
    assert re.search(rf'<a [^>]*href="gallery.html#{target(NAME)}"', built["guide"])
    assert "did you mean 'convolution-1d/valid'?" in built["logs"][0]


def test_only_what_is_missing_is_drawn(built: dict[str, Any]) -> None:
    first, second, third = built["logs"]
    assert "drawing 4 files" in first
    assert "drawing" not in second
    assert "drawing 1 files" in third
    assert (built["html"] / "_static" / "figures" / Job(NAME, theme="dark").file).is_file()
