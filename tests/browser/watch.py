"""What a page must not do: ask another host, err, scroll sideways, lose a control, shut one out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

from tests.browser.book import ROOT

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
AT_HOME = ("data", "blob", "file", "about")


@dataclass
class Watch:
    """Listens to a page, and collects its faults in words.

    Attributes
    ----------
    faults : list of str
        Requests to other hosts, failed requests, console errors and warnings, script errors and
        violations of the page's policy, in the order in which they came.
    requests : list of str
        Every address that was asked for.
    """

    page: Page
    origin: str
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._request)
        self.page.on("requestfailed", self._failed)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._fault("script error", str(error)))

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in AT_HOME and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self._fault("another host was asked", request.url)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # which is leaving a page while it loads
            self._fault("request failed", f"{request.url} ({request.failure})")

    def _console(self, message: ConsoleMessage) -> None:
        if message.text == "Service Worker registration blocked by Playwright":
            return
        if message.type in ("error", "warning"):
            self._fault(f"console {message.type}", message.text)

    def _fault(self, kind: str, text: str) -> None:
        self.faults.append(f"{kind}: {text}")


def settle(page: Page) -> None:
    """Go through the page once, so that all that starts in sight has started, and return to top."""
    page.evaluate(
        """async () => {
          const step = 0.75 * innerHeight;
          for (let y = 0; y < document.documentElement.scrollHeight; y += step) {
            scrollTo(0, y);
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          }
        }"""
    )
    for demo in page.locator(".course-demo").all():
        demo.scroll_into_view_if_needed()
        demo.and_(page.locator("[data-ready=true]")).wait_for(timeout=5000)
    page.evaluate("scrollTo(0, 0)")
    page.evaluate("document.fonts.ready.then(() => {})")


def violations(page: Page) -> list[str]:
    """Return what axe-core finds against a page, a line for each element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # not a script element, which the page forbids
    # Without preloading, which would fetch the style sheets: from disk, that is an error.
    found: list[dict[str, Any]] = page.evaluate("axe.run({ preload: false })")["violations"]
    return [f"{v['id']}: {node['target']}: {node['html']}" for v in found for node in v["nodes"]]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window.

    What is contained has its overhang cut off, which would hide it here: so nothing is, meanwhile.
    """
    return int(
        page.evaluate(
            """() => {
              const sections = document.querySelectorAll("section");
              for (const section of sections) section.style.contain = "none";
              const wider = document.documentElement.scrollWidth - innerWidth;
              for (const section of sections) section.style.contain = "";
              return wider;
            }"""
        )
    )


def lost_controls(page: Page) -> list[str]:
    """Return the controls of demos and of the page's head that are cut off or beside the window.

    What lies in a box that scrolls can be reached; what a box cuts off cannot. A control that is
    not shown at all (in a panel that is closed, say) is none.
    """
    found: list[str] = page.evaluate(
        """() => {
          const controls = "button, input, select, textarea, summary, [tabindex='0']";
          const places = document.querySelectorAll(".course-demo, .bd-header-article");
          // The theme's column scrolls, too, but that a demo needs it is just what must not be.
          const lost = (control, place) => {
            const { left, right, width, height } = control.getBoundingClientRect();
            if (width < 1 || height < 1) return "it has no size";
            for (let box = control.parentElement; place.contains(box); box = box.parentElement) {
              const { overflowX } = getComputedStyle(box);
              if (["auto", "scroll"].includes(overflowX)) return null;
              const edge = box.getBoundingClientRect();
              const out = left < edge.left - 2 || right > edge.right + 2;
              if (out && ["hidden", "clip"].includes(overflowX)) return `${box.className} cuts it`;
            }
            return left < -2 || right > innerWidth + 2 ? "it is beside the window" : null;
          };
          return [...places].flatMap((place) => [...place.querySelectorAll(controls)]
            .filter((one) => one.checkVisibility({ checkVisibilityCSS: true }))
            .map((one) => [one, lost(one, place)])
            .filter(([, why]) => why !== null)
            .map(([one, why]) => `${place.id} ${one.outerHTML.slice(0, 100)}: ${why}`));
        }"""
    )
    return found
