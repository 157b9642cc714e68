"""What was read and answered is remembered, shown, taken along and erased: in one browser."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.book import HTML, Scheme
from tests.browser.conftest import Open
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser
BOTH_SCHEMES = pytest.mark.parametrize("scheme", ["http", "file"])

CHAPTER = "book/03-convolution-1d.html"
YOURS = "book/your-reading.html"
FIRST = "what-is-a-weighted-sum-of-neighbours"
REFUSE = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('refused', 'SecurityError'); } });"""
FULL = """Storage.prototype.setItem = () => {
  throw new DOMException('full', 'QuotaExceededError'); };"""


def started(page: Page) -> None:
    """Wait until the reading aids have: they come after the first demo."""
    page.locator(".course-demo[data-ready]").first.wait_for()
    page.wait_for_timeout(1000)


def read_first_section(page: Page) -> None:
    """Stay at the end of the chapter's first section for as long as reading takes."""
    started(page)
    end = page.locator(f"#{FIRST} > :last-child")
    for _ in range(3):  # what comes into view takes its true height, and moves what is below it
        end.evaluate("(e) => scrollBy(0, e.getBoundingClientRect().bottom - 0.8 * innerHeight)")
        page.wait_for_timeout(400)
    page.wait_for_function(
        """() => Object.entries(localStorage).some(([key, text]) =>
          key.startsWith('course:read:') && JSON.parse(text).finished.length)""",
        timeout=8000,
    )


def answer(page: Page) -> None:
    """Give a number to the chapter's first question."""
    root = page.locator(".course-demo[data-demo=question]").first
    root.scroll_into_view_if_needed()
    root.get_by_role("textbox").fill("8.5")
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-answer", re.compile("right|wrong"))


def row(page: Page, title: str = "Convolution in one dimension") -> str:
    return page.locator(".course-progress", has_text=title).inner_text()


def go(page: Page, path: str) -> None:
    """Go to another page of the book, over HTTP or from disk."""
    root = page.evaluate(
        "new URL(document.documentElement.dataset.content_root, location.href).href"
    )
    page.goto(root + path)


@BOTH_SCHEMES
def test_what_was_read_and_answered_is_marked_shown_and_continued(
    open_page: Open, scheme: Scheme
) -> None:
    page = open_page(CHAPTER, scheme=scheme)
    read_first_section(page)
    answer(page)
    go(page, "book/index.html")
    link = page.locator("nav.bd-docs-nav a", has_text="Convolution in one dimension")
    expect(link).to_have_attribute("data-reading", "begun")
    expect(link).to_contain_text("(1 of 11 sections read)")
    offer = page.locator(".course-continue")
    expect(offer).to_contain_text("Continue where you left off: Convolution in one dimension: ")
    offer.get_by_role("link").click()
    page.wait_for_url(f"**/{CHAPTER}#*")
    go(page, YOURS)
    expect(page.locator(".course-progress").first).to_be_visible()
    assert "1 of 11 sections read; 1 of 6 questions answered" in row(page)
    page.locator("summary", has_text="Your answers (1)").click()
    expect(page.locator(".course-progress details")).to_contain_text("8.5")


def test_whoever_scrolls_past_has_not_read(open_page: Open) -> None:
    page = open_page(CHAPTER)
    started(page)
    page.evaluate(
        """async () => {
          for (let y = 0; y < document.documentElement.scrollHeight; y += 400) {
            scrollTo(0, y);
            await new Promise((done) => setTimeout(done, 30));
          }
          scrollTo(0, 0);
        }"""
    )
    page.wait_for_timeout(1500)
    kept = page.evaluate(f"localStorage.getItem('course:read:/{CHAPTER}')")
    assert kept is None or json.loads(kept)["finished"] == []


def test_a_jump_to_a_section_does_not_finish_the_one_before(open_page: Open) -> None:
    page = open_page(f"{CHAPTER}#what-does-it-look-like-when-the-kernel-slides")
    started(page)
    page.wait_for_timeout(1500)
    kept = json.loads(page.evaluate(f"localStorage.getItem('course:read:/{CHAPTER}')"))
    assert FIRST not in kept["finished"]
    assert kept["at"] == "what-does-it-look-like-when-the-kernel-slides"


def test_a_file_takes_all_of_it_to_another_browser(open_page: Open, tmp_path: Path) -> None:
    page = open_page(CHAPTER)
    read_first_section(page)
    answer(page)
    go(page, YOURS)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").click()
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    other = open_page(YOURS)
    assert "0 of 11 sections read" in row(other)
    other.locator("#reading-file").set_input_files(path)
    expect(other.locator("[role=status]").first).to_have_text("2 entries were brought in.")
    assert "1 of 11 sections read; 1 of 6 questions answered" in row(other)


def test_erasing_asks_first_and_then_forgets_all_but_the_theme(open_page: Open) -> None:
    page = open_page(CHAPTER)
    read_first_section(page)
    answer(page)
    page.evaluate("localStorage.setItem('mode', 'dark')")
    go(page, YOURS)
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Enter")
    assert "1 of 11 sections read" in row(page)
    page.get_by_role("button", name="Erase everything").click()
    page.get_by_role("dialog").get_by_role("button", name="Erase everything").click()
    assert "0 of 11 sections read" in row(page)
    keys = page.evaluate("Object.keys(localStorage)")
    assert [key for key in keys if key.startswith("course:")] == []
    assert page.evaluate("localStorage.getItem('mode')") == "dark"


HOSTILE = '<img src=x onerror="window.intruded = true">'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        HOSTILE,
        "[" * 100_000,
        json.dumps({"kind": HOSTILE}),
        '{"__proto__": {"kind": "x"}}',
        "x" * 2_000_000,
    ],
    ids=["empty", "null", "markup", "deep", "a kind", "a prototype", "long"],
)
def test_a_hostile_file_is_refused_in_words(open_page: Open, text: str) -> None:
    page = open_page(YOURS)
    page.locator("#reading-file").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    expect(page.locator("[role=status]").first).to_contain_text("The file")
    assert page.evaluate("window.intruded") is None
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('course:'))") == []


def test_what_another_hand_has_stored_is_text_or_nothing(open_page: Open) -> None:
    page = open_page(CHAPTER)
    started(page)
    whole = {"seen": [], "finished": [], "of": 3, "at": "", "heading": HOSTILE, "when": 5}
    for kept in (
        json.dumps(whole),
        json.dumps(whole | {"finished": [HOSTILE]}),
        json.dumps(whole | {"of": 1e99}),
        json.dumps(whole | {"at": "javascript:alert(1)"}),
        '{"__proto__": {"finished": ["x"]}}',
        "[" * 50_000,
    ):
        page.evaluate(f"(text) => localStorage.setItem('course:read:/{CHAPTER}', text)", kept)
        for name in ("book/index.html", YOURS):
            go(page, name)
            page.wait_for_timeout(700)
            assert page.evaluate("window.intruded") is None
            assert page.locator("img[src=x]").count() == 0
            assert page.locator("a[href^=javascript]").count() == 0


@pytest.mark.parametrize("script", [REFUSE, FULL], ids=["refused", "full"])
def test_without_storage_all_else_works_and_the_page_says_so(
    open_page: Open, watches: list[Watch], script: str
) -> None:
    page = open_page("book/index.html")
    page.add_init_script(script)
    go(page, CHAPTER)
    started(page)
    answer(page)
    go(page, YOURS)
    expect(page.locator(".course-refused")).to_contain_text("refuses to remember")
    assert "0 of 11 sections read" in row(page)
    watches.clear()  # the theme's own script, which keeps its mode, reports what it was refused


def test_the_first_page_does_not_move_when_it_offers_to_continue(open_page: Open) -> None:
    page = open_page(CHAPTER)
    read_first_section(page)
    page.add_init_script(
        """window.shifted = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shifted += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    go(page, "book/index.html")
    expect(page.locator(".course-continue a")).to_contain_text("Convolution in one dimension")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifted") < 0.001


def test_from_disk_the_page_says_that_all_is_there(open_page: Open) -> None:
    page = open_page(YOURS, scheme="file")
    expect(page.locator(".course-shelf")).to_contain_text("all of it is there")
    assert page.get_by_role("button", name="Keep the whole book").is_hidden()


def test_what_follows_a_reader_weighs_less_than_4_kb() -> None:
    assert len(gzip.compress((HTML / "_static/course/reading.js").read_bytes())) < 4000
