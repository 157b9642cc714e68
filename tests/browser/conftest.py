"""A browser, the built book, and pages that are watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.browser.book import HTML, Book, Scheme, serve
from tests.browser.demo_page import OpenDemos, demo_pages
from tests.browser.running import Running
from tests.browser.watch import Watch

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    """Chromium, for all tests."""
    path = chromium.find()
    if path is None:
        pytest.fail("There is no Chromium: run `python -m tests.browser.chromium`.", pytrace=False)
    with sync_playwright() as playwright:
        running = Running(playwright, path)
        yield running
        running.close()


@pytest.fixture
def browser(running: Running) -> Iterator[Browser]:
    """The browser, for one test; should it stand still, it is killed and the test tried again."""
    with running.watched() as browser:
        yield browser


@pytest.fixture(scope="session")
def book() -> Iterator[Book]:
    """The built book, served over HTTP while the tests run."""
    if not (HTML / "index.html").is_file():
        pytest.fail("There is no built book in _build/html: run `make book`.", pytrace=False)
    with serve(HTML) as origin:
        yield Book(HTML, origin)


@pytest.fixture
def open_demos(browser: Browser, tmp_path: Path) -> Iterator[OpenDemos]:
    """A function that opens a page with the demos that it is given."""
    with demo_pages(browser, tmp_path) as open_:
        yield open_


@pytest.fixture
def watches() -> list[Watch]:
    """The watch of each page that the test opened."""
    return []


@pytest.fixture
def open_page(browser: Browser, book: Book, watches: list[Watch]) -> Iterator[Open]:
    """Return a function that opens a page of the book in a window of its own.

    Its arguments: the page's name, `scheme` ("http" or "file", which cuts the network), `width` and
    `height` in pixels, `theme` ("light" or "dark", the system's preference), and further options of
    Playwright's ``new_context``. The test fails in the end if a page it opened had a fault; a test
    that provokes one takes it out of `watches`.
    """
    contexts = []

    def open_(
        name: str,
        *,
        scheme: Scheme = "http",
        width: int = 1280,
        height: int = 800,
        theme: str = "light",
        **options: Any,
    ) -> Page:
        # What a worker keeps would come in the way of what a test changes; its own tests let it in.
        options = {"service_workers": "block", **options}
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, **options
        )
        contexts.append(context)
        if scheme == "file":
            context.route("http*://**", lambda route: route.abort())
        page = context.new_page()
        watches.append(Watch(page, book.origin if scheme == "http" else "file://"))
        page.goto(book.url(name, scheme))
        return page

    yield open_
    for context in contexts:
        if browser.is_connected():
            context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(open_page: Open) -> Page:
    """A watched page, 1280 pixels wide and light, at the book's first page over HTTP."""
    return open_page("book/index.html")
