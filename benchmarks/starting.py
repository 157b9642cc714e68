"""When the first demo is ready, and how long the page's start blocks the reader."""

from statistics import median
from typing import Any

from playwright.sync_api import Browser

RUNS = 7

OBSERVE = """
window.readyAt = null;
window.blocked = 0;
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
    """Load a page several times with an empty cache; medians, ms.

    Parameters
    ----------
    browser : Browser
    url : str
    demos : bool
        Whether there is a demo to wait for.
    """
    ready, blocked, loaded = [], [], []
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
        context.close()
    return {
        "runs": RUNS,
        "first demo ready": round(median(ready)) if ready else None,
        "blocked": round(median(blocked)),
        "loaded": round(median(loaded)),
    }
