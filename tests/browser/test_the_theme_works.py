"""What the theme offers still works under the policy, over HTTP and from disk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.book import Scheme
from tests.browser.conftest import Open
from tests.browser.watch import Watch

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("scheme", ["http", "file"]),
]
CHAPTER = "book/03-convolution-1d.html"


def shown(page: Page) -> tuple[str, str]:
    """The mode that was chosen and the theme that is shown."""
    data = page.evaluate("({ ...document.documentElement.dataset })")
    return data["mode"], data["theme"]


def test_the_front_door_leads_to_the_first_page(open_page: Open, scheme: Scheme) -> None:
    page = open_page("index.html", scheme=scheme)
    page.wait_for_url("**/book/index.html")


def test_the_theme_follows_the_system_until_it_is_chosen(open_page: Open, scheme: Scheme) -> None:
    page = open_page(CHAPTER, scheme=scheme, theme="dark")
    assert shown(page) == ("auto", "dark")
    page.locator(".theme-switch-button").click()
    assert shown(page) == ("light", "light")
    page.reload()
    assert shown(page) == ("light", "light")


def test_the_dark_page_is_the_colour_of_the_palette(open_page: Open, scheme: Scheme) -> None:
    page = open_page(CHAPTER, scheme=scheme, theme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 30)"


@pytest.mark.parametrize("stored", ["", "sepia", None])
def test_an_odd_stored_mode_counts_as_auto(
    open_page: Open, scheme: Scheme, stored: str | None
) -> None:
    page = open_page(CHAPTER, scheme=scheme)
    page.evaluate("localStorage.clear()")
    if stored is not None:
        page.evaluate("(mode) => localStorage.setItem('mode', mode)", stored)
    page.reload()
    assert shown(page) == ("auto", "light")


def test_the_chapters_fold_away_and_come_back(open_page: Open, scheme: Scheme) -> None:
    page = open_page(CHAPTER, scheme=scheme)
    sidebar = page.locator("#pst-primary-sidebar")
    expect(sidebar).to_be_visible()
    page.locator("button.primary-toggle").click()
    expect(sidebar).to_be_hidden()
    page.locator("button.primary-toggle").click()
    expect(sidebar).to_be_visible()


def test_on_a_phone_chapters_and_contents_open_over_the_page(
    open_page: Open, scheme: Scheme
) -> None:
    page = open_page(CHAPTER, scheme=scheme, width=360)
    for name in ("primary", "secondary"):
        dialog = page.locator(f"#pst-{name}-sidebar-modal")
        page.locator(f"button.{name}-toggle").click()
        expect(dialog).to_be_visible()
        expect(dialog.get_by_role("link").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


def test_search_finds_a_page_and_leads_to_it(open_page: Open, scheme: Scheme) -> None:
    page = open_page("book/index.html", scheme=scheme)
    page.keyboard.press("Control+k")
    page.keyboard.type("kernel")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=kernel")
    page.locator("#search-results a", has_text="Convolution in one dimension").first.click()
    page.wait_for_url(re.compile(re.escape(CHAPTER)))


def test_search_quotes_a_formula_as_it_is_drawn(open_page: Open, scheme: Scheme) -> None:
    page = open_page("search.html?q=kernel", scheme=scheme)
    expect(page.locator("#search-results li").first).to_be_visible()
    page.wait_for_timeout(300)
    assert "\\" not in page.locator("#search-results").inner_text()


def test_the_page_prints_light_and_unfolded(open_page: Open, scheme: Scheme) -> None:
    page = open_page(CHAPTER, scheme=scheme, theme="dark")
    folded = page.locator("article section > details:not([open])").count()
    page.evaluate("window.print = () => { window.printed = true; }")
    page.locator(".dropdown-download-buttons > button").hover()
    page.locator(".btn-download-pdf-button").click()
    assert page.evaluate("window.printed")

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert shown(page)[1] == "light"
    assert page.locator("article section > details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown(page)[1] == "dark"
    assert page.locator("article section > details:not([open])").count() == folded


def test_the_notebook_is_there_to_download(open_page: Open, scheme: Scheme) -> None:
    page = open_page(CHAPTER, scheme=scheme)
    link = page.locator(".btn-download-source-button")
    assert str(link.get_attribute("href")).endswith("_sources/book/03-convolution-1d.ipynb")


def test_without_javascript_text_formulas_and_first_frames_are_there(
    open_page: Open, scheme: Scheme, watches: list[Watch]
) -> None:
    page = open_page(CHAPTER, scheme=scheme, java_script_enabled=False)
    expect(page.locator("h1")).to_have_text(re.compile("Convolution in one dimension"))
    expect(page.locator(".katex").first).to_be_visible()
    for demo in page.locator(".course-demo").all():
        assert demo.locator(":scope > *:not(script)").count() > 0
    expect(page.locator(".theme-switch-button")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("fragment", "name"),
    [("#what-is-it-as-a-matrix", "what-is-it-as-a-matrix"), ("#demo=knobs&stride=2", "knobs")],
)
def test_a_link_into_the_page_lands_where_it_points(
    open_page: Open, scheme: Scheme, width: int, fragment: str, name: str
) -> None:
    page = open_page(CHAPTER + fragment, scheme=scheme, width=width)
    page.locator(".course-demo[data-ready]").first.wait_for()
    page.wait_for_timeout(500)  # until demos on the way have started
    box = page.locator(f"[id='{name}']").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 160


def test_a_wide_formula_can_be_scrolled_by_key(open_page: Open, scheme: Scheme) -> None:
    page = open_page(CHAPTER, scheme=scheme, width=360)
    page.evaluate("document.fonts.ready.then(() => {})")
    for box in page.locator(".katex-display").all():
        scrolls = box.evaluate("(b) => b.scrollWidth > b.clientWidth")
        assert (box.get_attribute("tabindex") == "0") == scrolls
