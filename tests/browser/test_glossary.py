"""A term explains itself to a pointer, a key and a finger, and is a link to everybody."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.book import Scheme
from tests.browser.conftest import Open
from tests.browser.watch import settle, violations

pytestmark = pytest.mark.browser
CHAPTER = "book/08-convolution-2d.html"
BOTH_SCHEMES = pytest.mark.parametrize("scheme", ["http", "file"])


def term(page: Page, name: str = "dilation") -> Locator:
    return page.locator(f"a.course-term[href$='#term-{name}']")


def definition(page: Page, name: str = "dilation") -> Locator:
    return page.locator(f"#definition-of-term-{name}")


def heights(page: Page) -> list[float]:
    """The size of the page, and where its text stands."""
    sizes: list[float] = page.evaluate(
        """() => [
          document.documentElement.scrollHeight, document.documentElement.scrollWidth,
          ...[...document.querySelectorAll("article p")].slice(0, 20)
            .map((p) => p.getBoundingClientRect().top + scrollY)]"""
    )
    return sizes


@BOTH_SCHEMES
def test_a_pointer_shows_the_definition_and_may_go_to_it(open_page: Open, scheme: Scheme) -> None:
    page = open_page(CHAPTER, scheme=scheme)
    expect(definition(page)).to_be_hidden()
    term(page).hover()
    expect(definition(page)).to_contain_text("the distance", ignore_case=True)
    expect(definition(page)).to_be_visible()
    definition(page).hover()
    page.wait_for_timeout(600)
    expect(definition(page)).to_be_visible()
    page.mouse.move(2, 2)
    expect(definition(page)).to_be_hidden()


def test_it_stays_as_long_as_the_pointer_does_and_escape_sends_it_away(open_page: Open) -> None:
    page = open_page(CHAPTER)
    term(page).hover()
    expect(definition(page)).to_be_visible()
    page.wait_for_timeout(1500)
    expect(definition(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(definition(page)).to_be_hidden()


@BOTH_SCHEMES
def test_the_focus_shows_it_and_the_next_stop_hides_it(open_page: Open, scheme: Scheme) -> None:
    page = open_page(CHAPTER, scheme=scheme)
    term(page).focus()
    expect(definition(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(definition(page)).to_be_hidden()
    expect(term(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(term(page, "channel")).to_be_focused()
    expect(definition(page, "channel")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(definition(page, "channel")).to_be_hidden()
    expect(definition(page)).to_be_visible()


def test_enter_follows_the_link_to_the_term_in_the_glossary(open_page: Open) -> None:
    page = open_page(CHAPTER)
    term(page).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/book/glossary.html#term-dilation")
    box = page.locator("#term-dilation").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 160


@BOTH_SCHEMES
def test_the_first_tap_shows_it_and_the_second_follows(open_page: Open, scheme: Scheme) -> None:
    page = open_page(CHAPTER, scheme=scheme, width=360, has_touch=True)
    term(page).tap()
    expect(definition(page)).to_be_visible()
    assert page.url.endswith(CHAPTER)
    page.locator("h1").tap()
    expect(definition(page)).to_be_hidden()
    term(page).tap()
    expect(definition(page)).to_be_visible()
    term(page).tap()
    page.wait_for_url("**/book/glossary.html#term-dilation")


@BOTH_SCHEMES
def test_without_javascript_a_term_is_a_link(open_page: Open, scheme: Scheme) -> None:
    page = open_page(CHAPTER, scheme=scheme, java_script_enabled=False)
    expect(definition(page)).to_be_hidden()
    term(page).click()
    page.wait_for_url("**/book/glossary.html#term-dilation")
    expect(page.locator("#term-dilation")).to_have_text(re.compile("Dilation"))


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_and_the_definition_is_within_the_window(open_page: Open, width: int) -> None:
    page = open_page(CHAPTER, width=width)
    settle(page)
    for name in ("shared-weights", "dilation", "channel", "kernel"):
        link = term(page, name)
        link.scroll_into_view_if_needed()
        before = heights(page)
        link.focus()
        expect(definition(page, name)).to_be_visible()
        assert heights(page) == before
        box = definition(page, name).bounding_box()
        mark = link.bounding_box()
        assert box is not None
        assert mark is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        gap = max(box["y"] - (mark["y"] + mark["height"]), mark["y"] - (box["y"] + box["height"]))
        assert -2 <= gap <= 12  # near enough to go to, and not upon the term


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_open_definition_shuts_nobody_out(open_page: Open, theme: str) -> None:
    page = open_page(CHAPTER, theme=theme)
    term(page).focus()
    expect(definition(page)).to_be_visible()
    assert violations(page) == []


def test_a_term_is_not_underlined_on_paper(open_page: Open) -> None:
    page = open_page(CHAPTER)
    page.emulate_media(media="print")
    line = term(page).evaluate("(a) => getComputedStyle(a).textDecorationLine")
    assert line == "none"
