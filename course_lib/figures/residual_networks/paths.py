"""A few residual layers unrolled: a sum over all ways through them."""

from __future__ import annotations

from itertools import product

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import number
from course_lib.figures.registry import figure

CHAIN = 64.0  # height of the chain's line
FIRST = 152.0  # height of the first way
ROW = 30.0
LEFT, RIGHT = 24.0, COLUMN - 112.0
SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"


def _alt(layers: int) -> str:
    ways = 2**layers
    return (
        f"Above, {layers} residual layers in a chain: each has a box, its function, and an arc "
        f"that leads around it. Below, all {number(ways)} ways from the input to the output, one a "
        "line, in order of how many boxes they pass: one passes none, "
        f"{layers} pass a single box, one passes all {layers}."
    )


@figure(
    "residual-networks/paths",
    title="All ways through three residual layers",
    slide="Residual networks",
    alt=_alt,
)
def paths(layers: int = 3) -> Figure:
    """Draw a chain of residual layers, and each way through it.

    Parameters
    ----------
    layers : int
        2 to 4.
    """
    if not 2 <= layers <= 4:
        raise ValueError(f"layers={layers}: expected from 2 to 4")
    ways = sorted(
        product((False, True), repeat=layers), key=lambda way: (sum(way), [not w for w in way])
    )
    canvas = Canvas(COLUMN, FIRST + ROW * len(ways))
    pitch = (RIGHT - LEFT) / layers
    xs = [LEFT + pitch * (i + 0.5) for i in range(layers)]
    _chain(canvas, xs, pitch)
    canvas.text(0, FIRST - 28, "every way through", "muted", size=SMALL, anchor="start")
    canvas.text(COLUMN, FIRST - 28, "layers passed", "muted", size=SMALL, anchor="end")
    for n, way in enumerate(ways):
        _way(canvas, xs, way, FIRST + ROW * n, pitch)
    return canvas.figure


def _chain(canvas: Canvas, xs: list[float], pitch: float) -> None:
    canvas.text(6, CHAIN, "x", "input", bold=True)
    canvas.arrow((LEFT - 8, CHAIN), (RIGHT + 16, CHAIN))
    canvas.text(RIGHT + 28, CHAIN, "y", "output", bold=True)
    for i, x in enumerate(xs):
        left, right = x - pitch / 2 + 8, x + pitch / 2 - 8
        arc = [(left, CHAIN), (left, CHAIN - 52), (right, CHAIN - 52), (right, CHAIN)]
        canvas.lines([arc], "output", width=2, curved=True)
        canvas.box(x - 18, CHAIN - 14, 36, 28, fill="window", edge="kernel", line=1.25)
        canvas.text(x, CHAIN, f"f{SUBSCRIPTS[i + 1]}", "kernel-text")
        canvas.circle(right, CHAIN, 6, fill="paper", edge="output", width=1.25)
        plus = [[(right - 3, CHAIN), (right + 3, CHAIN)], [(right, CHAIN - 3), (right, CHAIN + 3)]]
        canvas.lines(plus, "output", width=1.25)


def _way(canvas: Canvas, xs: list[float], way: tuple[bool, ...], y: float, pitch: float) -> None:
    """Draw one way: through the boxes that it passes, and straight over those that it does not."""
    canvas.lines([[(LEFT - 8, y), (RIGHT + 16, y)]], "output", width=1.5)
    for i, (x, passed) in enumerate(zip(xs, way, strict=True)):
        if passed:
            canvas.box(x - 16, y - 11, 32, 22, fill="window", edge="kernel", line=1.25, radius=4)
            canvas.text(x, y, f"f{SUBSCRIPTS[i + 1]}", "kernel-text", size=SMALL)
    canvas.text(COLUMN, y, str(sum(way)), size=SMALL, anchor="end")
