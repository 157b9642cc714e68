"""The gallery of figures in a page: shown, filtered, copied, downloaded."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from course_lib.figures import command, load, names
from course_lib.figures.rendering import formats_of
from course_lib.publishing.gallery import target
from tests.browser.book import Book, Scheme
from tests.browser.conftest import Open
from tests.browser.watch import Watch, overflow, violations

pytestmark = pytest.mark.browser
GALLERY = "book/gallery.html"
STARTS = {".svg": b"<svg", ".png": b"\x89PNG", ".pdf": b"%PDF"}
STARTS |= {".apng": b"\x89PNG", ".webp": b"RIFF", ".gif": b"GIF89a"}


def shown(page: Page) -> list[str]:
    """The names of the figures that the filter leaves, whether they have been drawn or not."""
    return page.locator(".course-gallery-figure:not([hidden]) h3 + p code").all_text_contents()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_is_there_once_with_its_alternative_text(open_page: Open, theme: str) -> None:
    page = open_page(GALLERY, theme=theme)
    assert shown(page) == names()
    pictures = page.evaluate(
        """() => [...document.querySelectorAll(".course-gallery-picture img")]
          .filter((img) => getComputedStyle(img).display !== "none")
          .map((img) => [img.closest("li").id, img.alt, img.className])"""
    )
    expected = [[target(name), load(name).describe(), f"only-{theme}"] for name in names()]
    assert pictures == expected


def test_pictures_come_when_they_come_near_and_in_one_theme(
    open_page: Open, watches: list[Watch]
) -> None:
    page = open_page(GALLERY, theme="dark")
    first = page.locator(".course-gallery-picture img.only-dark").first
    first.scroll_into_view_if_needed()
    expect(first).to_have_js_property("complete", True)
    assert first.evaluate("(img) => img.naturalWidth") > 0
    asked = [url for url in watches[0].requests if "/_static/figures/" in url]
    assert 0 < len(asked) < len(names()) / 2
    assert all(url.endswith("-dark.svg") for url in asked)


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_filter_keeps_what_has_all_the_words(
    open_page: Open, scheme: Scheme, width: int
) -> None:
    page = open_page(GALLERY, scheme=scheme, width=width)
    field = page.get_by_role("searchbox", name="Filter by name, title, slide or parameter")
    status = page.locator(".course-gallery-filter [role=status]")
    expect(status).to_have_text(f"{len(names())} figures")
    field.fill("Stride  matrix convolutional-layers")
    assert "convolutional-layers/stride-2" in shown(page)
    assert all(name.startswith("convolutional-layers/") for name in shown(page))
    expect(status).to_have_text(f"{len(shown(page))} of {len(names())} figures")
    expect(page.locator("article section section:visible")).to_have_count(1)
    if scheme == "http":
        assert violations(page) == []
    assert overflow(page) <= 0
    field.fill("no such figure at all")
    assert shown(page) == []
    expect(status).to_have_text("No figure has all of these words.")
    field.fill("")
    assert shown(page) == names()


def test_a_link_to_a_figure_that_is_filtered_out_shows_it(open_page: Open) -> None:
    page = open_page(GALLERY)
    page.get_by_role("searchbox", name="Filter by").fill("dropout")
    page.evaluate(f"location.hash = '{target(names()[0])}'")
    expect(page.locator(f"#{target(names()[0])}")).to_be_visible()
    assert shown(page) == names()


def test_a_command_is_copied_as_it_is_typed(open_page: Open) -> None:
    name = "convolution-1d/sliding"
    page = open_page(GALLERY, permissions=["clipboard-read", "clipboard-write"])
    entry = page.locator(f"#{target(name)}")
    entry.scroll_into_view_if_needed()
    entry.hover()
    entry.get_by_role("button", name="Copy").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.length > 0)")
    assert page.evaluate("navigator.clipboard.readText()").strip() == command(load(name))


def test_every_download_is_a_file_of_its_kind(open_page: Open, book: Book) -> None:
    page = open_page(GALLERY)
    links = page.locator(".course-gallery-downloads a")
    addresses = links.evaluate_all("(links) => links.map((link) => link.pathname)")
    assert len(addresses) == len(set(addresses))
    assert len(addresses) == sum(len(formats_of(load(name))) for name in names())
    for address in addresses:
        path = book.folder / unquote(address).lstrip("/")
        assert path.read_bytes().startswith(STARTS[path.suffix]), address
    with page.expect_download() as download:
        links.first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"<svg")


def test_without_javascript_it_is_a_plain_list(open_page: Open) -> None:
    page = open_page(GALLERY, java_script_enabled=False)
    expect(page.locator("#course-gallery-words")).to_be_hidden()
    expect(page.locator(".course-gallery-figure:visible")).to_have_count(len(names()))
    expect(page.locator(".course-gallery-picture").first.locator("img:visible")).to_have_count(1)
