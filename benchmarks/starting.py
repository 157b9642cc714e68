"""When the first demo is ready, how long the start blocks the reader, and what moves meanwhile."""

from statistics import median
from typing import Any

from playwright.sync_api import Browser

from benchmarks.weight import scroll_through

RUNS = 7

OBSERVE = """
window.readyAt = null;
window.blocked = 0;
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) {
    if (!hadRecentInput) window.shifted += value;
  }
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.blocked += Math.max(0, duration - 50);
}).observe({ type: "longtask", buffered: true });
const seen = new MutationObserver(() => {
  if (window.readyAt === null && document.querySelector(".course-demo[data-ready]")) {
    window.readyAt = performance.now();
  }
});
seen.observe(document, { subtree: true, childList: true, attributeFilter: ["data-ready"] });
"""


def measure_start(browser: Browser, url: str, *, demos: bool) -> dict[str, Any]:
    """Load a page several times with an empty cache and scroll through it; medians, ms.

    The layout shift is that of the start and of all demos that start on the way, added up: the sum
    is never less than CLS, which takes the worst five seconds of it.

    Parameters
    ----------
    browser : Browser
    url : str
    demos : bool
        Whether there is a demo to wait for.
    """
    ready, blocked, loaded, shifted = [], [], [], []
    for _ in range(RUNS):
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, service_workers="block"
        )
        page = context.new_page()
        page.add_init_script(OBSERVE)
        page.goto(url, wait_until="load")
        if demos:
            page.locator(".course-demo[data-ready]").first.wait_for(state="attached")
            ready.append(page.evaluate("window.readyAt"))
        page.wait_for_timeout(500)
        blocked.append(page.evaluate("window.blocked"))
        timing = "performance.getEntriesByType('navigation')[0].loadEventEnd"
        loaded.append(page.evaluate(timing))
        scroll_through(page)
        shifted.append(page.evaluate("window.shifted"))
        context.close()
    return {
        "runs": RUNS,
        "first demo ready": round(median(ready)) if ready else None,
        "blocked": round(median(blocked)),
        "loaded": round(median(loaded)),
        "layout shift": round(median(shifted), 4),
    }
