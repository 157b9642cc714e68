"""Each demo of the built book: from a key press on each of its controls to the painted frame.

``python -m benchmarks.every_demo [--presses 200] [--only DEMO …]``
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, sync_playwright

from benchmarks.claims import Claim
from benchmarks.latency import PRESSES, RECORDER, Control, compare
from benchmarks.report import machine, table, write_report
from benchmarks.serving import serve_compressed
from tests.browser.book import HTML
from tests.browser.chromium import FLAGS, find

LIMITS_MS = (2.0, 4.0)
"""What a key press may cost: median and 95th percentile."""
NETWORK_LIMITS_MS = (10.0, 16.0)
"""The same where each press runs a network on an image."""
WITH_A_NETWORK = ("inside-a-classifier", "live-detector", "live-segmenter")
APART = ("question", "train-mnist-1d")
"""A question draws nothing; training is measured by `benchmarks.training_in_the_page`."""

# One of each kind of control: those that share a label but for its number are alike.
FIND_CONTROLS = """(root) => {
  const kinds = new Map();
  for (const element of root.querySelectorAll(
    "input[type=range], [role=spinbutton], [role=slider], svg [tabindex='0'], canvas[tabindex='0']"
  )) {
    const { width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0 || element.disabled || element.tabIndex !== 0) continue;
    const name = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent
      ?? element.parentElement.getAttribute("aria-label") ?? element.getAttribute("class") ?? "";
    const group = element.closest("svg") ? element.parentElement.getAttribute("class") : "";
    const kind = `${group} ${name.replace(/[-−]?\\d+([.,]\\d+)?/g, "…")}`.trim();
    if (kinds.has(kind)) continue;
    element.dataset.measured = kinds.size;
    kinds.set(kind, ["slider", "spinbutton"].includes(element.role) || element.type === "range");
  }
  return [...kinds].map(([kind, upright]) => [kind, upright]);
}"""

# What a control changes, so that one which did nothing is not measured as a fast one.
COUNT_CHANGES = """(root) => {
  let changes = 0;
  const observer = new MutationObserver((records) => { changes += records.length; });
  observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  window.stopCounting = () => { observer.disconnect(); return changes; };
}"""


def demos_of_the_book(html: Path = HTML) -> dict[str, str]:
    """Return each demo's name and the first page, of the built book, that shows it."""
    pages: dict[str, str] = {}
    for page in sorted((html / "book").glob("*.html")):
        for name in re.findall(
            r'class="course-demo" data-demo="([\w-]+)"', page.read_text("utf-8")
        ):
            pages.setdefault(name, f"book/{page.name}")
    return {name: page for name, page in sorted(pages.items()) if name not in APART}


def works(page: Page, demo: Locator, control: Control) -> bool:
    """Whether a key press on a control changes the demo."""
    demo.evaluate(COUNT_CHANGES)
    demo.locator(control.selector).first.focus()
    page.keyboard.press(control.there)
    page.wait_for_timeout(100)
    page.keyboard.press(control.back)
    page.wait_for_timeout(100)
    changed: int = page.evaluate("window.stopCounting()")
    return changed > 0


def measure_demo(page: Page, url: str, name: str, presses: int) -> dict[str, Any]:
    """Measure one of each kind of control of a page's first demo of that name."""
    page.goto(url)
    demo = page.locator(f".course-demo[data-demo={name}]").first
    demo.scroll_into_view_if_needed()
    demo.and_(page.locator("[data-ready=true]")).wait_for()
    if name in ("live-detector", "live-segmenter"):
        demo.and_(page.locator("[data-network=ready]")).wait_for()
    page.evaluate(RECORDER)
    page.wait_for_timeout(1000)
    results = {}
    for number, (kind, upright) in enumerate(demo.evaluate(FIND_CONTROLS)):
        keys = ("ArrowUp", "ArrowDown") if upright else ("ArrowRight", "ArrowLeft")
        control = Control(f"[data-measured='{number}']", *keys)
        if works(page, demo, control):
            results[kind] = compare(page, demo, control, presses)
    return results


def measure(presses: int, only: list[str]) -> dict[str, Any]:
    """Measure the demos of the built book, or some of them."""
    pages = demos_of_the_book()
    with serve_compressed(HTML) as book, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        results: dict[str, Any] = {"browser": f"Chromium {browser.version}", "presses": presses}
        for name in only or pages:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            results[name] = measure_demo(page, f"{book}/{pages[name]}", name, presses)
            page.close()
            print(name, *(f"{k}: {r['beyond']}" for k, r in results[name].items()), sep="\n  ")
        browser.close()
    return results


def rows(results: dict[str, Any]) -> list[list[object]]:
    """Return a row for each control, the slowest of each demo first."""
    lines: list[list[object]] = []
    for name, controls in results.items():
        for kind, times in sorted(controls.items(), key=lambda item: -item[1]["beyond"]["p95"]):
            beyond = times["beyond"]
            most = NETWORK_LIMITS_MS if name in WITH_A_NETWORK else LIMITS_MS
            within = beyond["median"] <= most[0] and beyond["p95"] <= most[1]
            cells = [f"{t['median']} / {t['p95']}" for t in times.values()]
            lines.append([name, kind, *cells, "yes" if within else "**no**"])
    return lines


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return how many controls of each demo take longer than they may: none should."""
    found = []
    for name, controls in results.items():
        if not controls:
            continue
        slow = [line[1] for line in rows({name: controls}) if line[-1] != "yes"]
        most = NETWORK_LIMITS_MS if name in WITH_A_NETWORK else LIMITS_MS
        empty = [times["empty handler"]["median"] for times in controls.values()]
        found.append(
            Claim(
                f"{name}: controls beyond {most[0]:g} / {most[1]:g} ms, of {len(controls)}",
                len(slow),
                "",
                0.0,
                baseline=round(sum(empty) / len(empty), 2) if empty else None,
                baseline_is="an empty handler, median, ms",
                note=", ".join(map(str, slow)),
            )
        )
    return found


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report and say where it is."""
    parser = argparse.ArgumentParser(prog="benchmarks.every_demo", description=__doc__)
    parser.add_argument("--presses", type=int, default=PRESSES, help="a control (%(default)s)")
    parser.add_argument("--only", nargs="*", default=[], help="these demos (all)")
    given = parser.parse_args(arguments)
    known = demos_of_the_book()
    if not known or not set(given.only) <= set(known):
        there = ", ".join(known) or "none: run `make book` first"
        print(f"The built book has these demos to measure: {there}.", file=sys.stderr)
        return 1
    on = machine()
    results = measure(given.presses, given.only)
    on["browser"] = results.pop("browser")
    on["presses a control"] = results.pop("presses")
    head = ["demo", "control", "demo", "empty handler", "difference", "within"]
    text = (
        "From a key press to the painted frame, median / p95, ms. Within: at most 2 / 4 ms beyond"
        " an empty handler, 10 / 16 where each press runs a network.\n\n"
    ) + table(head, rows(results))
    path = write_report("every_demo", "Each demo of the book", on, results, [text])
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
