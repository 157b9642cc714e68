"""What a page weighs, gzip as served, by what it is for."""

import gzip
import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page

OURS = ("/_static/course/", "/_static/book.css", "/_static/page.js")
FIGURE = re.compile(r'<figure class="course-figure".*?</figure>', re.S)
STATE = re.compile(r'<script type="application/json" class="course-demo-state".*?</script>', re.S)
DIVISION = re.compile(r"<div\b|</div>")
FORMULA = re.compile(r'<span class="katex')
SPAN = re.compile(r"<span\b|</span>")


def measure_weight(page: Page, url: str, session: CDPSession) -> dict[str, Any]:
    """Load a page with an empty cache, scroll through it, and add up what came."""
    types: dict[str, tuple[str, str]] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.responseReceived",
        lambda e: types.update({e["requestId"]: (e["response"]["url"], e["type"])}),
    )
    session.on(
        "Network.loadingFinished",
        lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}),
    )

    def asked() -> int:  # a host for it; data: and blob: have none
        return sum(bool(urlsplit(types.get(one, ("", ""))[0]).netloc) for one in sizes)

    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(url, wait_until="networkidle")
    at_once = asked()
    scroll_through(page)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)

    here = {urlsplit(url).netloc, ""}  # "" of data: and blob:
    kinds = dict.fromkeys(("document", "ours", "mathematics", "theme"), 0)
    for request, size in sizes.items():
        address, kind = types.get(request, ("", ""))
        kinds[_kind(address, kind)] += size
    html = page.request.get(url).text()
    figures = _gzipped(html) - _gzipped(FIGURE.sub("", html))
    frames = _gzipped(html) - _gzipped(without_first_frames(html))
    formulas = _gzipped(html) - _gzipped(without_formulas(html))
    return {
        "requests before scrolling": at_once,
        "requests": asked(),
        "other hosts": sorted({urlsplit(address).netloc for address, _ in types.values()} - here),
        "total bytes": sum(sizes.values()),
        "bytes": kinds,
        "figures within the document": figures,
        "first frames within the document": frames,
        "formulas within the document": formulas,
    }


def scroll_through(page: Page) -> None:
    """Scroll from the top to the end, so that all that waits to be seen is started."""
    height = page.evaluate("document.documentElement.scrollHeight")
    for y in range(0, height, 800):
        page.evaluate(f"scrollTo(0, {y})")
        page.wait_for_timeout(30)


def without_first_frames(html: str) -> str:
    """Return a page whose demos keep their state but not the picture drawn beside it."""
    parts, end = [], 0
    for state in STATE.finditer(html):
        parts.append(html[end : state.end()])
        depth = 1  # within the demo's own division
        for tag in DIVISION.finditer(html, state.end()):
            depth += 1 if tag[0] == "<div" else -1
            if depth == 0:
                end = tag.start()
                break
    return "".join([*parts, html[end:]])


def without_formulas(html: str) -> str:
    """Return a page without what KaTeX has drawn."""
    parts, end = [], 0
    for formula in FORMULA.finditer(html):
        if formula.start() < end:  # within the one before
            continue
        parts.append(html[end : formula.start()])
        depth = 0
        for tag in SPAN.finditer(html, formula.start()):
            depth += 1 if tag[0] == "<span" else -1
            if depth == 0:
                end = tag.end()
                break
    return "".join([*parts, html[end:]])


def _kind(address: str, kind: str) -> str:
    if kind == "Document":
        return "document"
    if "katex" in address.lower():
        return "mathematics"
    return "ours" if any(part in address for part in OURS) else "theme"


def _gzipped(text: str) -> int:
    return len(gzip.compress(text.encode(), 6))
