import re
from pathlib import Path
from typing import Any

import pytest

from course_lib.publishing.prerender import PrerenderError
from course_lib.publishing.slides.writing import Deck, deck_writer
from tests.browser.book import ROOT
from tests.publishing.slides import chapter as small


def write(out: Path, *cells: Any, **options: Any) -> tuple[Deck, list[str]]:
    said: list[str] = []
    with deck_writer(out, ROOT, report=said.append, **options) as writer:
        deck = writer.write(small.chapter(*cells), "03-small")
        writer.index([deck])
    return deck, said


def test_a_deck_is_a_page_and_all_that_it_loads(tmp_path: Path) -> None:
    deck, said = write(tmp_path, small.prose("## One\n\nSo $x^2$."), small.figure(), small.demo())
    assert said == []
    assert (deck.title, deck.slides, deck.demos) == ("A title", 4, ("convolution-1d",))
    assert deck.path == tmp_path / "03-small.html"
    assert deck.weight == sum(path.stat().st_size for path in deck.files) > 100_000
    html = deck.path.read_text("utf-8")
    for address in re.findall(r'(?:src|href)="([^"#]+)"', html):
        assert (tmp_path / address).is_file(), address
    names = {path.name for path in deck.files}
    assert {"deck.js", "deck.css", "host.js", "convolution-1d.js", "katex.min.css"} <= names
    assert not any(name.endswith(".data.js") for name in names)
    # Nothing is asked of another host; an SVG names its namespace by an address.
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)


def test_formulas_and_first_frames_are_drawn_in_the_page(tmp_path: Path) -> None:
    deck, _ = write(tmp_path, small.prose("## One\n\nSo $x^2$."), small.demo())
    html = deck.path.read_text("utf-8")
    assert '<annotation encoding="application/x-tex">x^2</annotation>' in html
    assert 'class="picture"' in html
    assert "<!--course-demo-picture-->" not in html


def test_the_policy_lets_nothing_in_but_the_speaker_s_own_window(tmp_path: Path) -> None:
    deck, _ = write(tmp_path)
    stated = re.search(r'Content-Security-Policy" content="([^"]*)"', deck.path.read_text("utf-8"))
    assert stated is not None
    rules = dict(rule.split(" ", 1) for rule in stated[1].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["frame-src"] == "'self'"
    assert re.fullmatch(r"'self' 'wasm-unsafe-eval' 'sha256-[^']+'", rules["script-src"])
    index = (tmp_path / "index.html").read_text("utf-8")
    assert "frame-src" not in index
    assert 'href="03-small.html"' in index


def test_a_deck_opens_in_its_theme(tmp_path: Path) -> None:
    deck, _ = write(tmp_path, theme="dark")
    assert '<html lang="en" data-theme="dark">' in deck.path.read_text("utf-8")


def test_a_formula_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PrerenderError, match="Undefined control sequence"):
        write(tmp_path, small.prose("## One\n\nSo $\\nonsense$."))
