"""The same key press through a live kernel: ipywidgets' `interact` in JupyterLab.

``python -m benchmarks.live_kernel``
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.claims import Claim
from benchmarks.latency import PAINTED, measure_latency, summary
from benchmarks.report import machine, table, write_report
from benchmarks.serving import serve_compressed
from course_lib.demos import Convolution1D
from tests.browser.chromium import FLAGS, find
from tests.browser.demo_page import write_page
from tests.browser.jupyterlab import OpenNotebook, jupyterlab, write_notebook

PRESSES = 60

# The demo's work in the kernel, drawn as plainly as can be: a picture that waits for nothing else.
CELL = """\
from IPython.display import HTML, display
from ipywidgets import IntSlider, interact
from course_lib.convolution import convolve_signal

x = [5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1]
w = [1 / 3, 1 / 3, 1 / 3]

def show(position):
    z = convolve_signal(x, w)
    points = "".join(
        f'<circle cx="{40 * i + 20}" cy="{120 - 9 * v}" r="5"/>'
        for i, v in enumerate(x)
    )
    squares = "".join(
        f'<rect x="{40 * i + 15}" y="{260 - 9 * v}" width="10" height="10"/>'
        for i, v in enumerate(z[: position + 1])
    )
    window = f'<rect x="{40 * position - 40}" width="120" height="130" fill="none" stroke="black"/>'
    svg = f'<svg width="480" height="270">{window}{points}{squares}</svg>'
    display(HTML(f'<div data-position="{position}">{svg}<p>z = {z[position]:.2f}</p></div>'))

interact(show, position=IntSlider(4, 0, 11));"""

# As on the static page, but from the moment at which the kernel's picture stands in the page.
LIVE_RECORDER = """
window.latencies = [];
addEventListener("keydown", (event) => {
  const pressed = event.timeStamp;
  const shown = () => document.querySelector("[data-position]")?.dataset.position;
  const before = shown();
  const seen = new MutationObserver(() => {
    const now = shown();
    if (now === undefined || now === before) return;
    seen.disconnect();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.latencies.push(performance.now() - pressed);
      channel.port2.postMessage(0);
    });
  });
  seen.observe(document.body, { subtree: true, childList: true });
}, { capture: true });
"""


def measure_live(page: Page, folder: Path) -> dict[str, float]:
    """Press keys on the slider of `interact`, one after the other's picture has come, ms."""
    write_notebook(folder / "interact.ipynb", [CELL])
    with jupyterlab(folder) as lab:
        notebook = OpenNotebook(page, lab, "interact.ipynb")
        output = notebook.run(0)
        output.locator("[data-position]").wait_for()
        page.evaluate(LIVE_RECORDER)
        output.locator(".noUi-handle").focus()
        for i in range(PRESSES):
            page.keyboard.press("ArrowRight" if i % 2 == 0 else "ArrowLeft")
            page.evaluate(PAINTED, i)
        times: list[float] = page.evaluate("window.latencies")
    return summary(times)


def measure() -> dict[str, Any]:
    """Measure the live kernel and the static page in the same run."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        live = measure_live(page, Path(folder))
        static = Path(folder) / "page"
        static.mkdir()
        write_page(static, [Convolution1D(position=4)])
        with serve_compressed(static) as origin:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            latency = measure_latency(page, f"{origin}/index.html")
        version = f"Chromium {browser.version}"
        browser.close()
    ours = latency["in a row"]["position slider"]["demo"]
    ratio = {key: round(live[key] / ours[key], 1) for key in live}
    return {"browser": version, "live kernel": live, "in the page": ours, "ratio": ratio}


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return what a key press costs in the page, beside a live kernel."""
    return [
        Claim(
            f"key press to painted frame, {kind}",
            results["in the page"][kind],
            "ms",
            baseline=results["live kernel"][kind],
            baseline_is="ipywidgets' `interact` in JupyterLab",
        )
        for kind in ("median", "p95")
    ]


def main() -> int:
    """Measure, write the report and print it."""
    on = machine()
    results = measure()
    on["browser"] = results.pop("browser")
    rows = [[name, t["median"], t["p95"]] for name, t in results.items()]
    text = "From a key press on a slider to the painted frame, ms; the ratio is live over static."
    tables = [f"{text}\n\n{table(['', 'median', 'p95'], rows)}"]
    path = write_report(
        "live_kernel", "Through a live kernel, and without one", on, results, tables
    )
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
