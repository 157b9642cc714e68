"""Links that open a notebook: their form, and that the theme's are the same."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from course_lib.publishing.launch import Repository, links, services
from tests.publishing.notebooks import notebook, write

PATH = "labs/01-convolution-1d/01-convolution-1d.ipynb"
SAMPLE = Repository("https://github.com/org/course", hub="https://hub.example.org")


def test_each_service_has_a_link_of_its_form() -> None:
    assert links(SAMPLE, PATH) == {
        "Binder": f"https://mybinder.org/v2/gh/org/course/notebooks?urlpath=lab/tree/{PATH}",
        "JupyterHub": "https://hub.example.org/hub/user-redirect/git-pull"
        "?repo=https%3A//github.com/org/course"
        f"&urlpath=lab/tree/course/{PATH}&branch=notebooks",
        "Colab": f"https://colab.research.google.com/github/org/course/blob/notebooks/{PATH}",
    }


def test_without_an_address_there_is_no_link_even_where_a_hub_is_named() -> None:
    nowhere = Repository("", hub="https://hub.example.org")
    assert links(nowhere, PATH) == {}
    assert services(nowhere) == {}


def test_a_service_that_cannot_open_the_repository_is_not_offered() -> None:
    assert set(links(Repository("https://gitlab.com/org/course"), PATH)) == {"Binder"}
    assert (
        "/v2/gl/org%2Fcourse/" in links(Repository("https://gitlab.com/org/course"), PATH)["Binder"]
    )
    own = Repository("https://git.example.org/org/course", hub="https://hub.example.org")
    assert set(links(own, PATH)) == {"JupyterHub"}


def configuration(address: str) -> str:
    return f"""
extensions = ["myst_nb", "sphinx_book_theme", "course_lib.publishing"]
nb_execution_mode = "off"
html_theme = "sphinx_book_theme"
exclude_patterns = ["_build", "labs"]
suppress_warnings = ["course.frontend"]
html_theme_options = {{
    "repository_url": {address!r},
    "repository_branch": "main",
    "use_edit_page_button": {bool(address)!r},
    "launch_buttons": {{"notebook_interface": "jupyterlab", "jupyterhub_url": {SAMPLE.hub!r}}},
}}
"""


@pytest.mark.slow
@pytest.mark.parametrize("address", [SAMPLE.url, ""])
def test_a_chapter_s_links_are_the_same_made_by_the_theme(tmp_path: Path, address: str) -> None:
    (tmp_path / "conf.py").write_text(configuration(address))
    (tmp_path / "index.md").write_text("# Book\n\n```{toctree}\nbook/a\n```\n")
    (tmp_path / "book").mkdir()
    write(tmp_path / "book" / "a.ipynb", notebook("1", prose="# A"))
    out = tmp_path / "_build" / "html"
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "html", "-W", str(tmp_path), str(out)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    page = unescape((out / "book" / "a.html").read_text())
    found = {
        a
        for a in re.findall(r'href="(https?://[^"]+)"', page)
        if re.search("mybinder|user-redirect|colab", a)
    }
    assert found == set(links(Repository(address, hub=SAMPLE.hub), "book/a.ipynb").values())
    assert ("/edit/main/" in page) == bool(address)  # the sources' own branch stays theirs
    taken = (out.parent / "notebooks" / "requirements.txt").is_file()
    assert taken == bool(address)
