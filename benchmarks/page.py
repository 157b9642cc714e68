"""The chapter's page against a blank page of the theme: weight, start, latency."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.blank import build_blank
from benchmarks.latency import measure_latency
from benchmarks.serving import serve_compressed
from benchmarks.starting import measure_start
from benchmarks.weight import measure_weight
from tests.browser.chromium import FLAGS, find

ROOT = Path(__file__).parents[1]
PAGE = "book/03-convolution-1d.html"


def measure_page(name: str = PAGE) -> dict[str, Any]:
    """Measure a page of the built book, and a blank page of the theme in the same run."""
    with (
        TemporaryDirectory() as folder,
        serve_compressed(ROOT / "_build" / "html") as book,
        serve_compressed(build_blank(Path(folder))) as blank,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        results: dict[str, Any] = {"browser": f"Chromium {browser.version}"}
        for key, url in {"page": f"{book}/{name}", "blank": f"{blank}/index.html"}.items():
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            weight = measure_weight(page, url, context.new_cdp_session(page))
            context.close()
            start = measure_start(browser, url, demos=key == "page")
            results[key] = {"weight": weight, "start": start}
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        results["latency"] = measure_latency(page, f"{book}/{name}")
        browser.close()
    return results
