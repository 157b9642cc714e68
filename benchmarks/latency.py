"""From a key press to the painted frame, and the same with a handler that does nothing."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Locator, Page

PRESSES = 200
BLOCK = 20  # presses of one kind before the other has its turn: both meet the same noise
REST_MS = 250  # after which nothing moves any more

# A message that is posted in the frame after a key press arrives when that frame is painted.
RECORDER = """
window.latencies = [];
addEventListener("keydown", (event) => {
  const pressed = event.timeStamp;
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.latencies.push(performance.now() - pressed);
    channel.port2.postMessage(0);
  });
}, { capture: true });
const empty = document.createElement("button");
empty.id = "empty-handler";
empty.style = "position: fixed; bottom: 0";
// Without its default action: an arrow key would scroll the page.
empty.addEventListener("keydown", (event) => event.preventDefault());
document.body.append(empty);
"""

PAINTED = """count => new Promise((resolve) => {
  const look = () => (window.latencies.length > count ? resolve() : setTimeout(look, 1));
  look();
})"""


@dataclass(frozen=True)
class Control:
    """A control to press keys on, and two keys that undo each other."""

    selector: str
    there: str
    back: str


CONTROLS = {
    "position slider": Control("input[type=range]", "ArrowRight", "ArrowLeft"),
    "stride": Control("input[id$='-stride']", "ArrowUp", "ArrowDown"),
    "a value of the signal": Control(".inputs [tabindex='0']", "ArrowUp", "ArrowDown"),
    "a weight": Control(".weights [tabindex='0']", "ArrowUp", "ArrowDown"),
}


def press_keys(page: Page, control: Control, *, pause_ms: float) -> list[float]:
    """Press two keys in turn, and return each press's time, ms.

    Parameters
    ----------
    page : Page
        One in which the recorder runs and the control has the focus.
    control : Control
    pause_ms : float
        How long to wait after a painted frame before the next press.
    """
    page.evaluate("window.latencies.length = 0")
    for i in range(BLOCK):
        # There and back, so that no end of a range stops the change.
        page.keyboard.press(control.there if i % 2 == 0 else control.back)
        page.evaluate(PAINTED, i)
        if pause_ms:
            page.wait_for_timeout(pause_ms)
    times: list[float] = page.evaluate("window.latencies")
    return times


def summary(times: list[float]) -> dict[str, float]:
    """Return the median and the 95th percentile."""
    return {"median": round(median(times), 2), "p95": round(quantiles(times, n=20)[-1], 2)}


def compare(
    page: Page, demo: Locator, control: Control, presses: int, *, pause_ms: float = 0
) -> dict[str, dict[str, float]]:
    """Press a control and the empty handler in turns, ms; "beyond" is the difference."""
    ours: list[float] = []
    nothing: list[float] = []
    for _ in range(presses // BLOCK):
        page.locator("#empty-handler").focus()
        nothing += press_keys(page, control, pause_ms=pause_ms)
        demo.locator(control.selector).first.focus()
        ours += press_keys(page, control, pause_ms=pause_ms)
    times, empty = summary(ours), summary(nothing)
    beyond = {key: round(times[key] - empty[key], 2) for key in times}
    return {"demo": times, "empty handler": empty, "beyond": beyond}


def measure_latency(page: Page, url: str, *, presses: int = PRESSES) -> dict[str, Any]:
    """Measure each control of the page's first convolution: keys in a row, and one key at rest."""
    page.goto(url)
    demo = page.locator(".course-demo[data-demo=convolution-1d]").first
    demo.scroll_into_view_if_needed()
    demo.and_(page.locator("[data-ready=true]")).wait_for()
    page.evaluate(RECORDER)
    page.wait_for_timeout(1000)
    in_a_row = {name: compare(page, demo, c, presses) for name, c in CONTROLS.items()}
    slider = CONTROLS["position slider"]
    at_rest = compare(page, demo, slider, max(BLOCK, presses // 4), pause_ms=REST_MS)
    return {"presses": presses, "in a row": in_a_row, "at rest": {"position slider": at_rest}}
