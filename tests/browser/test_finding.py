"""Search brings demos and figures before the pages that have the words."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.book import Scheme
from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("scheme", ["http", "file"])]


@pytest.mark.parametrize(
    ("asked", "title", "address"),
    [
        ("checkerboard", "A checkerboard", "book/09-resampling.html#demo=checkerboard"),
        ("IoU", "How much do two boxes agree?", "book/12-detection.html#demo=overlap"),
    ],
)
def test_a_demo_comes_first_and_opens_at_its_place(
    open_page: Open, scheme: Scheme, asked: str, title: str, address: str
) -> None:
    page = open_page(f"search.html?q={asked}", scheme=scheme)
    first = page.locator(".course-findings li").first
    expect(first).to_contain_text("Demo")
    expect(first.get_by_role("link")).to_contain_text(title)
    assert page.locator(".course-kind", has_text="Figure").count() > 0
    expect(page.locator("#search-results li").first).to_be_visible()
    first.get_by_role("link").click()
    page.wait_for_url(f"**/{address}")
    page.locator(".course-demo[data-ready]").first.wait_for()


def test_a_search_by_keyboard_reaches_the_demo(open_page: Open, scheme: Scheme) -> None:
    page = open_page("book/index.html", scheme=scheme)
    page.keyboard.press("Control+k")
    page.keyboard.type("checkerboard")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=checkerboard")
    link = page.locator(".course-findings a").first
    expect(link).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("(e) => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#demo=checkerboard"))


@pytest.mark.parametrize(
    "asked",
    [
        "zzzunheardof",
        "",
        "<img src=x onerror=window.intruded=1>",
        "__proto__",
        "constructor",
        "(.*)+$",
        "\0",
    ],
)
def test_what_nothing_has_finds_nothing_and_breaks_nothing(
    open_page: Open, scheme: Scheme, asked: str
) -> None:
    page = open_page(f"search.html?q={quote(asked)}", scheme=scheme)
    page.wait_for_timeout(700)
    assert page.locator(".course-findings").count() == 0
    assert page.evaluate("window.intruded") is None
    assert page.locator("img[src=x]").count() == 0
