"""Each chapter's page: what it weighs beyond the theme and the mathematics, and how it starts.

``python -m benchmarks.every_page``
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.blank import build_blank
from benchmarks.claims import Claim
from benchmarks.report import machine, table, write_report
from benchmarks.serving import serve_compressed
from benchmarks.starting import RUNS, measure_start
from benchmarks.weight import measure_weight
from tests.browser.book import HTML
from tests.browser.chromium import FLAGS, find

BARS = {"07-mnist-1d": 600}
"""KB; chapter 7 carries networks and their training. Those of Part I else, and of Part II:"""
PART_I, PART_II = 150, 1200
START = {
    "first demo ready": 600.0,  # ms after navigation
    "blocked": 100.0,  # ms of the main thread, the theme's included
    "layout shift": 0.02,
    "requests": 25.0,  # beyond a blank page's
    "other hosts": 0.0,
}
BLANK = "a blank page"


def bar(name: str) -> int:
    """Return what a chapter's page may weigh, KB."""
    number = int(name[:2])
    return BARS.get(name, PART_I if number <= 7 else PART_II)


def measure() -> dict[str, Any]:
    """Measure every chapter's page, scrolled through, with an empty cache."""
    results: dict[str, Any] = {}
    names = sorted(path.stem for path in (HTML / "book").glob("[0-9][0-9]-*.html"))
    with (
        TemporaryDirectory() as folder,
        serve_compressed(HTML) as book,
        serve_compressed(build_blank(Path(folder))) as blank,
        sync_playwright() as playwright,
    ):
        urls = {BLANK: f"{blank}/index.html"}
        urls |= {name: f"{book}/book/{name}.html" for name in names}
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        for name, url in urls.items():
            context = browser.new_context(
                viewport={"width": 1280, "height": 900}, service_workers="block"
            )
            page = context.new_page()
            session = context.new_cdp_session(page)
            results[name] = measure_weight(page, url, session)
            context.close()
            results[name]["start"] = measure_start(browser, url, demos=name != BLANK)
        browser.close()
    return results


def rows(results: dict[str, Any]) -> list[list[object]]:
    """Return a row for each page, KB: its document beyond a blank one, the formulas apart."""
    lines: list[list[object]] = []
    blank = results[BLANK]["bytes"]["document"]
    for name, weight in results.items():
        if name == BLANK:
            continue
        kinds, formulas = weight["bytes"], weight["formulas within the document"]
        document = kinds["document"] - blank - formulas
        ours = document + kinds["ours"]
        sizes = (document, kinds["ours"], ours, kinds["mathematics"] + formulas)
        cells = [f"{size / 1000:.1f}" for size in sizes]
        lines.append([name, *cells, bar(name), "yes" if ours <= 1000 * bar(name) else "**no**"])
    return lines


def starts(results: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return what bars hold of each page's start, by its name, in the order of the bars."""
    return {
        name: {
            "first demo ready": page["start"]["first demo ready"],
            "blocked": page["start"]["blocked"],
            "layout shift": page["start"]["layout shift"],
            "requests": page["requests"] - results[BLANK]["requests"],
            "other hosts": len(page["other hosts"]),
        }
        for name, page in results.items()
        if name != BLANK
    }


def start_rows(results: dict[str, Any]) -> list[list[object]]:
    """Return a row for each page: its start, and the bars that it misses."""
    return [
        [name, *start.values(), ", ".join(_missed(start)) or "–"]
        for name, start in starts(results).items()
    ]


def _missed(start: dict[str, float]) -> list[str]:
    return [what for what, value in start.items() if value > START[what]]


def _start_claims(results: dict[str, Any]) -> list[Claim]:
    """Return the worst chapter's figure for each bar of the start."""
    found = starts(results)
    blank = results[BLANK]
    units = {"first demo ready": "ms", "blocked": "ms"}
    bare = {
        "first demo ready": (blank["start"]["loaded"], "a blank page of the theme, loaded"),
        "blocked": (blank["start"]["blocked"], "a blank page of the theme"),
        "layout shift": (blank["start"]["layout shift"], "a blank page of the theme"),
        "requests": (blank["requests"], "the blank page's own"),
        "other hosts": (len(blank["other hosts"]), "a blank page of the theme"),
    }
    claimed = []
    for what, most in START.items():
        worst = max(found, key=lambda name: found[name][what])
        beyond = [name for name, start in found.items() if start[what] > most]
        claimed.append(
            Claim(
                f"{what}, the worst of {len(found)} chapters ({worst})",
                found[worst][what],
                units.get(what, ""),
                most,
                baseline=bare[what][0],
                baseline_is=bare[what][1],
                note=f"beyond it: {', '.join(beyond)}" if beyond else "",
            )
        )
    return claimed


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return what each chapter's page weighs beyond the theme, and the worst start of all."""
    blank = results[BLANK]["total bytes"] / 1000
    weights = [
        Claim(
            f"{line[0]}, beyond the theme and the mathematics",
            float(str(line[3])),
            "KB",
            bar(str(line[0])),
            baseline=round(blank, 1),
            baseline_is="a blank page of the theme, all of it",
        )
        for line in rows(results)
    ]
    return weights + _start_claims(results)


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report and say where it is."""
    del arguments
    on = machine()
    results = measure()
    if len(results) == 1:
        print(f"There are no chapters in {HTML}: run `make book` first.", file=sys.stderr)
        return 1
    head = [
        "page",
        "document",
        "scripts, styles and data",
        "of ours",
        "mathematics",
        "bar",
        "ours within",
    ]
    text = (
        "KB, gzip as served. The document is counted beyond a blank page of the theme, with "
        "figures and first frames; formulas in it are mathematics.\n\n"
    )
    bars = ", ".join(f"{what} {most:g}" for what, most in START.items())
    start = (
        f"The start, medians of {RUNS} loads with an empty cache, ms after navigation; the main "
        "thread's blocking is that of the theme too, the shift that of the whole page scrolled "
        f"through, the requests those beyond a blank page's. At most: {bars}.\n\n"
    )
    path = write_report(
        "every_page",
        "Each chapter's page",
        on,
        results,
        [
            text + table(head, rows(results)),
            start + table(["page", *START, "missed"], start_rows(results)),
        ],
    )
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
