"""The chapter's page against a blank page of the theme: latency, weight, start.

``python -m benchmarks.page [--page book/NAME.html]``
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.blank import build_blank
from benchmarks.claims import Claim
from benchmarks.latency import PRESSES, measure_latency
from benchmarks.report import machine, table, write_report
from benchmarks.serving import serve_compressed
from benchmarks.starting import measure_start
from benchmarks.weight import measure_weight
from tests.browser.book import HTML
from tests.browser.chromium import FLAGS, find

PAGE = "book/03-convolution-1d.html"
BARS = {
    "key press, median": 2.0,  # ms beyond an empty handler
    "key press, p95": 4.0,
    "ours": 60.0,  # KB
    "mathematics": 200.0,
    "figures": 250.0,
    "requests": 25.0,  # beyond a blank page's
    "ready": 600.0,  # ms after navigation
    "blocked": 50.0,  # ms beyond the theme
}


def measure_page(name: str = PAGE, *, presses: int = PRESSES) -> dict[str, Any]:
    """Measure a page of the built book, and a blank page of the theme in the same run."""
    with (
        TemporaryDirectory() as folder,
        serve_compressed(HTML) as book,
        serve_compressed(build_blank(Path(folder))) as blank,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        results: dict[str, Any] = {"browser": f"Chromium {browser.version}", "name": name}
        urls = {"page": f"{book}/{name}", "blank": f"{blank}/index.html"}
        for key, url in urls.items():
            context = browser.new_context(
                viewport={"width": 1280, "height": 900}, service_workers="block"
            )
            page = context.new_page()
            results[key] = {
                "weight": measure_weight(page, url, context.new_cdp_session(page)),
                "start": measure_start(browser, url, demos=key == "page"),
            }
            context.close()
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        results["latency"] = measure_latency(page, urls["page"], presses=presses)
        browser.close()
    return results


def latency_table(latency: dict[str, Any]) -> str:
    """Return the times of key presses, median / 95th percentile, ms."""
    rows = []
    for mode in ("in a row", "at rest"):
        for control, measured in latency[mode].items():
            cells = [f"{t['median']} / {t['p95']}" for t in measured.values()]
            rows.append([mode, control, *cells])
    head = [
        "keys",
        "control",
        "demo",
        "empty handler",
        f"difference (bar: {BARS['key press, median']:g} / {BARS['key press, p95']:g})",
    ]
    return "From a key press to the painted frame, median / p95, ms.\n\n" + table(head, rows)


def weight_table(page: dict[str, Any], blank: dict[str, Any]) -> str:
    """Return what the page weighs beyond the blank one, KB gzip."""
    kinds, ours, theirs = page["weight"]["bytes"], page["weight"], blank["weight"]
    rows = [
        ["scripts and styles of ours", f"{kinds['ours'] / 1000:.1f} KB", f"{BARS['ours']:g} KB"],
        [
            "mathematics, fonts included",
            f"{kinds['mathematics'] / 1000:.1f} KB",
            f"{BARS['mathematics']:g} KB",
        ],
        [
            "figures",
            f"{ours['figures within the document'] / 1000:.1f} KB",
            f"{BARS['figures']:g} KB",
        ],
        ["first frames of demos", f"{ours['first frames within the document'] / 1000:.1f} KB", "–"],
        [
            "requests beyond the blank page's",
            ours["requests"] - theirs["requests"],
            f"{BARS['requests']:g}",
        ],
        ["all of it", f"{ours['total bytes'] / 1000:.0f} KB, {ours['requests']} requests", "–"],
        [
            "a blank page of the theme",
            f"{theirs['total bytes'] / 1000:.0f} KB, {theirs['requests']} requests",
            "–",
        ],
    ]
    return "The page's weight, gzip as served.\n\n" + table(["part", "weight", "bar"], rows)


def start_table(page: dict[str, Any], blank: dict[str, Any]) -> str:
    """Return when the page is usable and how long its start blocks, ms."""
    ours, theirs = page["start"], blank["start"]
    rows = [
        ["first demo ready", ours["first demo ready"], "–", f"{BARS['ready']:g}"],
        [
            "blocked main thread",
            ours["blocked"],
            theirs["blocked"],
            f"{BARS['blocked']:g} beyond the theme",
        ],
        ["loaded", ours["loaded"], theirs["loaded"], "–"],
    ]
    head = ["after navigation, ms", "page", "blank page", "bar"]
    return f"The start, medians of {ours['runs']} loads without a cache.\n\n" + table(head, rows)


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return what is claimed of the page: weight, start, and each key press."""
    ours, blank = results["page"], results["blank"]
    weight, bare = ours["weight"], blank["weight"]
    theme = f"{results['name']}: "
    found = [
        Claim(theme + "scripts and styles of ours", weight["bytes"]["ours"] / 1000, "KB",
              BARS["ours"], baseline=0.0, baseline_is="a blank page of the theme"),
        Claim(theme + "mathematics, fonts included", weight["bytes"]["mathematics"] / 1000, "KB",
              BARS["mathematics"], baseline=0.0, baseline_is="a blank page of the theme"),
        Claim(theme + "figures", weight["figures within the document"] / 1000, "KB",
              BARS["figures"], baseline=0.0, baseline_is="a blank page of the theme"),
        Claim(theme + "requests beyond a blank page's", weight["requests"] - bare["requests"], "",
              BARS["requests"], baseline=bare["requests"], baseline_is="the blank page's own"),
        Claim(theme + "first demo ready", ours["start"]["first demo ready"], "ms", BARS["ready"],
              baseline=blank["start"]["loaded"], baseline_is="a blank page of the theme, loaded"),
        Claim(theme + "main thread blocked beyond the theme",
              ours["start"]["blocked"] - blank["start"]["blocked"], "ms", BARS["blocked"],
              baseline=blank["start"]["blocked"], baseline_is="a blank page of the theme"),
    ]  # fmt: skip
    for mode, controls in results["latency"].items():
        if mode == "presses":
            continue
        for control, times in controls.items():
            found += [
                Claim(
                    f"key press on {control}, {mode}, beyond an empty handler, {kind}",
                    times["beyond"][kind],
                    "ms",
                    BARS[f"key press, {kind}"],
                    baseline=times["empty handler"][kind],
                    baseline_is="an empty handler",
                )
                for kind in ("median", "p95")
            ]
    return found


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report and say where it is."""
    parser = argparse.ArgumentParser(prog="benchmarks.page", description=__doc__)
    parser.add_argument("--page", default=PAGE, help="a page of the built book (%(default)s)")
    parser.add_argument("--presses", type=int, default=PRESSES, help="a control (%(default)s)")
    given = parser.parse_args(arguments)
    if not (HTML / given.page).is_file():
        print(f"There is no {HTML / given.page}: run `make book` first.", file=sys.stderr)
        return 1
    on = machine()
    results = measure_page(given.page, presses=given.presses)
    page, blank = results["page"], results["blank"]
    tables = [
        latency_table(results["latency"]),
        weight_table(page, blank),
        start_table(page, blank),
    ]
    on["browser"] = results.pop("browser")
    path = write_report("page", f"The page {given.page}", on, results, tables)
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
