"""From a key press to the painted frame, and the same with a handler that does nothing."""

from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Page

PRESSES = 200
BLOCK = 20  # presses of one kind before the other has its turn: both meet the same noise

# A key press is over when a message posted in the frame after it arrives: the frame is painted then.
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
empty.addEventListener("keydown", () => {});
document.body.append(empty);
"""

PAINTED = """count => new Promise((resolve) => {
  const look = () => (window.latencies.length > count ? resolve() : setTimeout(look, 1));
  look();
})"""

CONTROLS = {
    "position slider": ("input[type=range]", "ArrowRight", "ArrowLeft"),
    "stride": ("#slide-stride", "ArrowUp", "ArrowDown"),
    "a value of the signal": (".inputs [tabindex='0']", "ArrowUp", "ArrowDown"),
    "a weight": (".weights [tabindex='0']", "ArrowUp", "ArrowDown"),
}


def press(page: Page, there: str, back: str) -> list[float]:
    """Press two keys in turn, and return each press's time, ms."""
    page.evaluate("window.latencies.length = 0")
    for i in range(BLOCK):
        # Back and forth, so that no end of a range stops the change.
        page.keyboard.press(there if i % 2 == 0 else back)
        page.evaluate(PAINTED, i)
    times: list[float] = page.evaluate("window.latencies")
    return times


def summary(times: list[float]) -> dict[str, float]:
    """Return the median and the 95th percentile."""
    return {"median": round(median(times), 2), "p95": round(quantiles(times, n=20)[-1], 2)}


def measure_latency(page: Page, url: str) -> dict[str, Any]:
    """Return each control's times, the empty handler's and the differences, ms."""
    page.goto(f"{url}#demo=slide")
    demo = page.locator("#slide[data-ready=true]")
    demo.wait_for()
    page.evaluate(RECORDER)
    results = {}
    for name, (selector, there, back) in CONTROLS.items():
        ours: list[float] = []
        nothing: list[float] = []
        for _ in range(PRESSES // BLOCK):
            page.locator("#empty-handler").focus()
            nothing += press(page, there, back)
            demo.locator(selector).first.focus()
            ours += press(page, there, back)
        demo_times, empty_times = summary(ours), summary(nothing)
        beyond = {key: round(demo_times[key] - empty_times[key], 2) for key in demo_times}
        results[name] = {"demo": demo_times, "empty handler": empty_times, "beyond": beyond}
    return results
