"""Every link of the built book leads somewhere; those that leave it are well formed.

Whether other hosts answer is asked once a week, by `make links`.
"""

from __future__ import annotations

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.book import HTML, page_names

PAGES = page_names()
# Where packages are taken from is a matter of each machine's settings, not of the book.
REGISTRIES = {"anaconda", "npmjs", "pypi", "pythonhosted"}  # whatever their top domain


class Page(HTMLParser):
    """A page's links, its ids, and the demos in it with their states."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.demos: dict[str, set[str]] = {}
        self._demo = ""
        self._state = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if "id" in values:
            self.ids.add(values["id"] or "")
        if tag == "a" and values.get("href"):
            self.links.append(values["href"] or "")
        if "data-demo" in values:
            self._demo = values.get("id") or ""
        self._state = tag == "script" and "course-demo-state" in (values.get("class") or "")

    def handle_data(self, data: str) -> None:
        if self._state:
            self.demos[self._demo] = set(json.loads(data))


@cache
def page(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def broken(name: str, html: Path = HTML) -> list[str]:
    """The links of a page that lead nowhere, or not as they should."""
    path = html / name
    found = []
    for link in page(path).links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            host = parts.hostname or ""
            if parts.scheme != "https" or "." not in host or host.split(".")[-2] in REGISTRIES:
                found.append(link)
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.is_file():
            found.append(link)
        elif target.suffix == ".html" and parts.fragment:
            there, fragment = page(target), unquote(parts.fragment)
            if fragment.startswith("demo="):
                anchor, *given = fragment.removeprefix("demo=").split("&")
                traits = {one.partition("=")[0] for one in given}
                if anchor not in there.demos or not traits <= there.demos[anchor]:
                    found.append(link)
            elif fragment not in there.ids:
                found.append(link)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_page_leads_somewhere(name: str) -> None:
    assert (HTML / name).is_file(), "run `make book`"
    assert broken(name) == []


@pytest.mark.parametrize(
    ("link", "right"),
    [
        ("a.html#here", True),
        ("#here", True),
        ("#there", False),
        ("b.html", False),
        ("#demo=d&stride=2", True),
        ("#demo=d&strides=2", False),
        ("#demo=e&stride=2", False),
        ("https://example.org/a", True),
        ("http://example.org/a", False),
        ("https://example", False),
        *((f"https://files.{name}.org/a", False) for name in sorted(REGISTRIES)),
    ],
)
def test_a_link_that_leads_nowhere_is_found(tmp_path: Path, link: str, right: bool) -> None:
    (tmp_path / "a.html").write_text(
        f'<p id="here"><a href="{link}">a</a></p>'
        '<div class="course-demo" data-demo="a" id="d">'
        '<script type="application/json" class="course-demo-state">{"stride": 1}</script></div>'
    )
    assert broken("a.html", tmp_path) == ([] if right else [link])
