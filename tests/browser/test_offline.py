"""Visited pages, or the whole book, without a connection: under a path of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from course_lib.publishing.archive import write_archive
from course_lib.publishing.assets import BUILT
from course_lib.publishing.offline import WORKER, book_files, version_of, write_worker
from tests.browser.book import HTML, serve
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser

CHAPTER = "book/03-convolution-1d.html"
YOURS = "book/your-reading.html"
LARGEST_ARCHIVE = 40e6  # bytes


@dataclass
class Site:
    """A copy of the book below a sub-path of a server, and a browser that may keep it."""

    folder: Path
    address: str
    context: BrowserContext
    page: Page

    def go(self, path: str) -> None:
        """Open a page of the book."""
        self.page.goto(f"{self.address}/{path}")

    def cached(self) -> list[str]:
        """Return the names of the book's caches."""
        names: list[str] = self.page.evaluate("caches.keys()")
        return sorted(names)

    def wait_for_kept(self, path: str) -> None:
        """Wait until the worker keeps a file."""
        kept = """async (address) => {
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            if (await cache.match(address, { ignoreSearch: true })) return true;
          }
          return false;
        }"""
        for _ in range(100):
            if self.page.evaluate(kept, f"{self.address}/{path}"):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{path} is not kept")


Publish = Callable[..., Site]


@pytest.fixture
def publish(browser: Browser, tmp_path: Path) -> Iterator[Publish]:
    """Return a function that puts the book, or the parts of it named, on a server."""
    with ExitStack() as stack:

        def publish_(*patterns: str) -> Site:
            folder = tmp_path / "site" / "some" / "course"
            for file in book_files(HTML):
                if not patterns or any(Path(file.path).match(pattern) for pattern in patterns):
                    target = folder / file.path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(HTML / file.path, target)
            write_worker(folder, BUILT / "offline" / WORKER)
            origin = stack.enter_context(serve(tmp_path / "site"))
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            stack.callback(context.close)
            return Site(folder, f"{origin}/some/course", context, context.new_page())

        yield publish_


# All that two chapters and "Your reading" need, and none of the gallery's megabytes.
SOME = ("*.css", "*.js", "*.woff2", "*.svg", "book/0*.html", "book/index.html", YOURS)


def visit(site: Site, path: str) -> None:
    site.go(path)
    site.wait_for_kept(path)
    site.page.wait_for_timeout(500)  # what a page needs comes after it


def test_a_visited_page_is_there_offline_and_one_that_is_not_says_so(publish: Publish) -> None:
    site = publish(*SOME)
    visit(site, CHAPTER)
    visit(site, "book/index.html")
    site.context.set_offline(True)
    watch = Watch(site.page, site.address.removesuffix("/some/course"))
    site.page.reload()
    expect(site.page.locator("h1")).to_contain_text("Convolutional networks")
    site.go(f"{CHAPTER}#demo=knobs&stride=2")
    root = site.page.locator("#knobs[data-ready]")
    root.wait_for()
    assert root.evaluate("(e) => e.model.get('stride')") == 2
    assert site.page.evaluate("getComputedStyle(document.body).backgroundColor") != ""
    assert [fault for fault in watch.faults if "script error" in fault] == []
    site.go("book/02-invariance.html")
    expect(site.page.locator("h1")).to_have_text("This page is not available offline")
    site.page.get_by_role("link", name="first page of the book").click()
    expect(site.page.locator("h1")).to_contain_text("Convolutional networks")


def test_the_whole_book_is_kept_on_request_with_its_size_and_may_be_removed(
    publish: Publish,
) -> None:
    site = publish()
    site.go(YOURS)
    shelf = site.page.locator(".course-shelf")
    size = sum(file.size for file in book_files(site.folder)) / 1e6
    expect(shelf).to_contain_text(f"The whole book takes {size:.1f}\u00a0MB")
    shelf.get_by_role("button", name="Keep the whole book").click()
    expect(shelf).to_contain_text(
        f"The whole book is kept in this browser: {size:.1f}\u00a0MB.", timeout=60_000
    )
    site.context.set_offline(True)
    for path, words in {
        "book/12-detection.html": "Object detection",
        "book/gallery.html": "Figures",
        "index.html": "Convolutional networks",
    }.items():
        site.go(path)
        expect(site.page.locator("h1")).to_contain_text(words)
    site.go("search.html?q=IoU")
    expect(site.page.locator(".course-findings li").first).to_contain_text("Demo")
    site.go(YOURS)
    site.context.set_offline(False)
    site.page.reload()
    shelf.get_by_role("button", name="Remove what is kept").click()
    expect(shelf).to_contain_text("of which")


def test_keeping_can_be_cancelled_and_goes_on_where_it_stopped(publish: Publish) -> None:
    site = publish(*SOME)
    site.go(YOURS)
    shelf = site.page.locator(".course-shelf")
    expect(shelf).to_contain_text("The whole book takes")
    # The network stands still after some files, so that there is something to cancel.
    site.page.evaluate(
        """() => {
          const real = fetch;
          let left = 20;
          window.fetch = (address, options) => left-- > 0 ? real(address, options)
            : new Promise((_, reject) => options.signal.addEventListener("abort",
                () => reject(options.signal.reason)));
          window.restore = () => { window.fetch = real; };
        }"""
    )
    shelf.get_by_role("button", name="Keep the whole book").click()
    cancel = shelf.get_by_role("button", name="Cancel")
    expect(cancel).to_be_focused()
    site.page.wait_for_timeout(500)
    cancel.click()
    expect(shelf).to_contain_text("Cancelled.")
    site.page.evaluate("restore()")
    shelf.get_by_role("button", name="Keep the whole book").click()
    expect(shelf).to_contain_text("The whole book is kept", timeout=60_000)


def test_a_file_that_is_not_the_build_s_is_not_kept(publish: Publish) -> None:
    site = publish(*SOME)
    (site.folder / "book" / "07-mnist-1d.html").write_text("another build")
    site.go(YOURS)
    shelf = site.page.locator(".course-shelf")
    shelf.get_by_role("button", name="Keep the whole book").click()
    expect(shelf).to_contain_text("07-mnist-1d.html has changed", timeout=60_000)


def test_a_new_build_replaces_the_old_one_and_keeps_what_was_kept(publish: Publish) -> None:
    site = publish(*SOME)
    visit(site, CHAPTER)
    visit(site, "book/index.html")
    before = site.cached()
    page = site.folder / CHAPTER
    page.write_text(page.read_text("utf-8").replace("<h1>", "<h1>New: ", 1), encoding="utf-8")
    write_worker(site.folder, BUILT / "offline" / WORKER)
    version = version_of(book_files(site.folder))
    site.page.reload()
    for _ in range(100):
        if site.cached() == [f"course:/some/course/:{version}"]:
            break
        site.page.wait_for_timeout(100)
    assert site.cached() == [f"course:/some/course/:{version}"]
    assert site.cached() != before
    site.context.set_offline(True)
    site.go(CHAPTER)
    expect(site.page.locator("h1")).to_contain_text("New: ")
    site.page.locator(".course-demo[data-ready]").first.wait_for()


def test_the_cache_of_another_book_on_the_same_host_stays(publish: Publish) -> None:
    site = publish(*SOME)
    site.go("book/index.html")
    other = "course:/other/:0123456789abcdef"
    site.page.evaluate("(name) => caches.open(name)", other)
    visit(site, YOURS)
    site.page.get_by_role("button", name="Remove what is kept").click()
    site.page.wait_for_timeout(300)
    assert other in site.cached()


def test_from_disk_no_worker_is_asked_for(open_page: Callable[..., Page]) -> None:
    page = open_page(CHAPTER, scheme="file", service_workers="allow")
    page.locator(".course-demo[data-ready]").first.wait_for()
    page.wait_for_timeout(1500)  # a fault would be the watch's


def test_the_book_in_one_file_is_small_and_opens_from_disk(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "convolutional-networks.zip"
    assert write_archive(HTML, path) <= LARGEST_ARCHIVE
    with ZipFile(path) as archive:
        archive.extractall(tmp_path)
    context = browser.new_context(offline=True)
    page = context.new_page()
    watch = Watch(page, "file://")
    page.goto((tmp_path / "convolutional-networks" / "index.html").as_uri())
    page.wait_for_url("**/book/index.html")
    page.goto((tmp_path / "convolutional-networks" / CHAPTER).as_uri())
    page.locator(".course-demo[data-ready]").first.wait_for()
    context.close()
    assert watch.faults == []
