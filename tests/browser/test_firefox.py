"""The built book in Firefox, from disk and over HTTP: demos start and answer, and nothing errs."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from course_lib.demos import Convolution1D
from course_lib.publishing.node import node
from tests.browser import firefox
from tests.browser.book import HTML, ROOT, Book, Scheme, page_names, serve

pytestmark = pytest.mark.browser

SCRIPT = ROOT / "frontend" / "firefox.mjs"
SECONDS_TO_START, SECONDS_A_PAGE = 60, 30
DARK_PAPER = "rgb(20, 24, 30)"
CHAPTER = "book/03-convolution-1d.html"
KNOBS = {
    "demo": "knobs",
    "focus": "#knobs-stride",
    "keys": ["ArrowUp"],
    "trait": "output",
}


def visits(pages: list[dict[str, Any]], *, theme: str = "light") -> list[dict[str, Any]]:
    """Open pages in Firefox, and return what `frontend/firefox.mjs` says of each."""
    path = firefox.find()
    if path is None:
        pytest.skip("there is no Firefox: run `python -m tests.browser.firefox`")
    if not (ROOT / "frontend/node_modules/puppeteer-core").is_dir():
        pytest.skip("puppeteer-core, which drives Firefox, is not installed: run `make frontend`")
    done = subprocess.run(
        [str(node()), str(SCRIPT)],
        input=json.dumps({"firefox": str(path), "theme": theme, "pages": pages}),
        capture_output=True,
        text=True,
        timeout=SECONDS_TO_START + SECONDS_A_PAGE * len(pages),
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(pages)
    return found


def given(page: str, anchor: str) -> dict[str, Any]:
    """Return the state that the author gave a demo of the page."""
    html = (HTML / page).read_text("utf-8")
    script = rf'id="{anchor}"><script[^>]*class="course-demo-state"[^>]*>(.*?)</script>'
    state = re.search(script, html, flags=re.S)
    assert state is not None
    return dict(json.loads(state[1]))


def assert_sound(seen: dict[str, Any], theme: str) -> None:
    assert seen["faults"] == [], seen["url"]
    assert seen["late"] == [], seen["url"]
    assert seen["theme"] == theme
    assert (seen["background"] == DARK_PAPER) == (theme == "dark")
    assert seen["wider"] <= 0, seen["url"]
    assert not seen["intruded"], seen["url"]


@pytest.mark.parametrize(
    ("scheme", "theme", "other"),
    [
        ("file", "dark", "book/06-receptive-fields.html"),
        pytest.param("http", "light", "book/12-detection.html", marks=pytest.mark.slow),
    ],
)
def test_two_pages_start_and_a_demo_answers_the_keyboard_with_torch_s_numbers(
    book: Book, scheme: Scheme, theme: str, other: str
) -> None:
    pages: list[dict[str, Any]] = [
        {"url": book.url(CHAPTER, scheme), "drive": KNOBS},
        {"url": book.url(other, scheme)},
    ]
    found = visits(pages, theme=theme)
    for seen in found:
        assert seen["demos"] >= 5
        assert_sound(seen, theme)
    state = given(CHAPTER, "knobs")
    known = {name: state[name] for name in ("signal", "kernel", "dilation", "padding")}
    expected = Convolution1D(**known, stride=state["stride"] + 1).reference().tolist()
    assert found[0]["driven"] == pytest.approx(expected, abs=1e-6)
    assert found[0]["driven"] != pytest.approx(state["output"][: len(expected)])


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "theme"), [("file", "light"), ("http", "dark")])
def test_every_page_starts_without_a_fault(book: Book, scheme: Scheme, theme: str) -> None:
    found = visits([{"url": book.url(name, scheme)} for name in page_names()], theme=theme)
    assert sum(seen["demos"] for seen in found) > 50
    for seen in found:
        assert_sound(seen, theme)


def written(folder: Path, name: str, body: str, head: str = "") -> str:
    page = folder / f"{name}.html"
    page.write_text(f'<!doctype html><meta charset="utf-8">{head}<title>Bad</title>{body}')
    return page.as_uri()


def test_what_a_page_must_not_do_is_seen(tmp_path: Path) -> None:
    policy = "<meta http-equiv='Content-Security-Policy' content=\"script-src 'none'\">"
    thrown = "setTimeout(() => { throw new Error('thrown'); })"
    loud = f"<script>console.error('heard'); {thrown}</script>"
    with serve(tmp_path) as elsewhere:
        bodies = {
            "errs": (loud, ""),
            "asks": (f'<img src="{elsewhere}/x.png" alt="">', ""),
            "waits": ('<div class="course-demo" id="never"></div>', ""),
            "breaks-its-policy": ("<script>window.ran = true</script>", policy),
        }
        urls = [written(tmp_path, name, *parts) for name, parts in bodies.items()]
        errs, asks, waits, breaks = visits([{"url": url, "patience": 200} for url in urls])
    assert any("heard" in fault for fault in errs["faults"])
    assert any("thrown" in fault for fault in errs["faults"])
    assert any("another host was asked" in fault for fault in asks["faults"])
    assert waits["late"] == ["never"]
    assert any("refused by the policy: script-src" in fault for fault in breaks["faults"])
    assert errs["intruded"]
    assert not breaks["intruded"]
