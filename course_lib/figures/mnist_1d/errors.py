"""Test errors at the end, a mark for each seed, beside the book's."""

from __future__ import annotations

from statistics import mean, stdev

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.mnist_1d.chart import DENSE, FLAT, Network
from course_lib.figures.numbers import fixed
from course_lib.figures.registry import figure
from course_lib.networks import mnist1d_results

BOOK = {"convolutional": 17, "fully-connected": 40}
"""Prince, *Understanding Deep Learning*, section 10.2.8: test errors in per cent, about."""

ROWS = tuple((setting, network) for setting in ("lecture", "notebook") for network in (DENSE, FLAT))
LEFT, RIGHT = 120.0, 328.0
TOP = 40.0
ROW = 44.0
SPLIT = 36.0  # more space, and a title, above each setting
TITLES = {"lecture": "the lecture's setting", "notebook": "the textbook notebook's setting"}


def _errors(setting: str, network: Network) -> list[float]:
    return [100 * error for error in mnist1d_results().run(network.key, setting).test_error]


def _alt(largest: float) -> str:
    said = "; ".join(
        f"{setting}, {network.name}: {fixed(mean(errors), 1)} ± {fixed(stdev(errors), 1)}"
        for setting, network in ROWS
        for errors in [_errors(setting, network)]
    )
    return (
        "Test error in per cent, mean and standard deviation over "
        f"{len(_errors('lecture', FLAT))} seeds, on an axis from 0 to {largest:g}, with a small "
        f"mark for each seed. {said}. A dashed line marks the book's numbers in the lecture's "
        f"setting: about {BOOK['fully-connected']} for the fully connected network and about "
        f"{BOOK['convolutional']} for the convolutional one. In either setting all marks of the "
        "convolutional network lie far to the left of all marks of its rival."
    )


@figure(
    "mnist-1d/errors",
    title="Test errors of both networks",
    slide="Performance",
    alt=_alt,
)
def errors(largest: float = 50) -> Figure:
    """Draw the test errors of both networks in both settings.

    Parameters
    ----------
    largest : float
        End of the axis, per cent.
    """
    if max(max(_errors(*row)) for row in ROWS) > largest:
        raise ValueError(f"largest={largest!r}: expected at least the largest error, per cent")
    bottom = TOP + 4 * ROW + 2 * SPLIT - 12
    canvas = Canvas(COLUMN, bottom + 28)
    scale = (RIGHT - LEFT) / largest
    ticks = [largest * n / 5 for n in range(6)]
    tops = [TOP + SPLIT - 12 + n * (2 * ROW + SPLIT) for n in range(2)]
    ends = [(top, top + 2 * ROW) for top in tops]
    canvas.lines(
        ([(LEFT + scale * t, top), (LEFT + scale * t, end)] for t in ticks for top, end in ends),
        "grid",
    )
    for tick in ticks:
        canvas.text(LEFT + scale * tick, bottom + 18, f"{tick:g}", "muted", size=SMALL)
    canvas.text(LEFT, 16, "test error, per cent", "muted", size=SMALL, anchor="start")
    canvas.text(COLUMN, 16, "mean ± std", "muted", size=SMALL, anchor="end")
    for n, (setting, network) in enumerate(ROWS):
        y = TOP + ROW * (n + 0.5) + SPLIT * (n // 2 + 1) - 12
        if n % 2 == 0:
            canvas.text(0, y - 38, TITLES[setting], anchor="start", bold=True, size=SMALL)
        canvas.text(0, y, network.name, network.text_role, size=SMALL, anchor="start")
        found = _errors(setting, network)
        if setting == "lecture":
            x = LEFT + scale * BOOK[network.key]
            canvas.lines([[(x, y - 17), (x, y + 15)]], "text", width=1.75, dashed=True)
            canvas.text(x, y - 28, f"book: {BOOK[network.key]}", "muted", size=SMALL)
        _row(canvas, network, [LEFT + scale * e for e in found], y)
        words = f"{fixed(mean(found), 1)} ± {fixed(stdev(found), 1)}"
        canvas.text(COLUMN, y, words, size=SMALL, anchor="end")
    return canvas.figure


def _row(canvas: Canvas, network: Network, xs: list[float], y: float) -> None:
    """Draw each seed, and above them the mean with a bar of one standard deviation each way."""
    middle, spread = mean(xs), stdev(xs)
    canvas.lines(([(x, y + 2), (x, y + 12)] for x in xs), network.role, alpha=0.7)
    left, right = middle - spread, middle + spread
    strokes = [[(left, y - 6), (right, y - 6)], [(middle, y - 12), (middle, y)]]
    strokes += [[(x, y - 9), (x, y - 3)] for x in (left, right)]
    canvas.lines(strokes, network.role, width=1.75)
