"""The picture language of the course: what a value, a weight and an output look like.

Inputs are blue circles, outputs teal squares, what stands beyond the ends of the input is a dashed
grey circle, and the kernel is an amber window. Shape says what colour says. Every chapter draws
with these marks, so that a reader learns them once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from course_lib.figures.canvas import SMALL, Canvas, Point
from course_lib.figures.fitting import text_width
from course_lib.figures.numbers import MINUS, number
from course_lib.figures.numbers import weights as weight_words

RADIUS = 16.0  # of a circle that holds a number, pixels
SIDE = 32.0  # of a square that holds one, pixels
ROOM = 29.0  # that a number has in either where it is set smaller, pixels
FILLS = {False: 31.5, True: 35.0}  # width up to which one, plain or bold, is left as it is, pixels
LONG = 3  # characters beyond which a number in a mark is set smaller

State = Literal["plain", "current", "faint"]


def input_value(canvas: Canvas, x: float, y: float, value: float, *, read: bool = False) -> None:
    """Draw an input: a blue circle with its value, amber inside where the kernel reads it."""
    canvas.circle(x, y, RADIUS, fill="window" if read else "paper", edge="input")
    _inside(canvas, x, y, value, "input")


def padded_value(canvas: Canvas, x: float, y: float, value: float) -> None:
    """Draw what stands beyond an end: a dashed grey circle with its value."""
    canvas.circle(x, y, RADIUS, fill="paper", edge="padding", dashed=True)
    _inside(canvas, x, y, value, "muted")


def output_value(
    canvas: Canvas, x: float, y: float, value: float | None = None, state: State = "plain"
) -> None:
    """Draw an output: a teal square with its value, full where it is the one in question.

    A faint one is not computed yet.
    """
    if state == "faint":
        canvas.square(x, y, SIDE - 8, edge="grid", width=1.0)
        return
    current = state == "current"
    canvas.square(x, y, SIDE, fill="output" if current else "paper", edge="output")
    if value is not None:
        _inside(canvas, x, y, value, "paper" if current else "output", bold=current)


def missing_value(canvas: Canvas, x: float, y: float) -> None:
    """Draw the place of an output that is not there: a grey cross."""
    arm = 4.0
    strokes = [[(x - arm, y - arm), (x + arm, y + arm)], [(x - arm, y + arm), (x + arm, y - arm)]]
    canvas.lines(strokes, "padding")


def beyond_dot(canvas: Canvas, x: float, y: float, value: float = 0) -> None:
    """Draw what stands beyond an end where values are heights: a small dashed circle."""
    canvas.circle(x, y, 5, fill="paper", edge="padding", dashed=True)
    canvas.text(x, y - 16, number(value), "muted", size=SMALL)


def window(canvas: Canvas, xs: Sequence[float], top: float, height: float, pitch: float) -> None:
    """Draw the kernel's window over the taps at `xs`, `pitch` apart from their neighbours."""
    left, right = xs[0] - pitch / 2 + 2, xs[-1] + pitch / 2 - 2
    canvas.box(left, top, right - left, height, fill="window", edge="kernel", line=1.25)


def weights(
    canvas: Canvas, xs: Sequence[float], y: float, kernel: Sequence[float], size: float = SMALL
) -> None:
    """Write each weight under its tap."""
    room = min((b - a - 4 for a, b in pairwise(xs)), default=None)
    for x, words in zip(xs, weight_words(kernel), strict=True):
        canvas.text(x, y, words, "kernel-text", size=size, within=room)


def gather(canvas: Canvas, xs: Sequence[float], top: float, target: Point) -> None:
    """Draw the curves that lead from each tap to the sum."""
    x1, y1 = target
    bend = (y1 - top) * 0.6
    canvas.lines(
        [[(x, top), (x, top + bend), (x1, y1 - bend), (x1, y1)] for x in xs],
        "kernel",
        width=1.25,
        curved=True,
    )


def equation(
    index: str, kernel: Sequence[float], values: Sequence[float], padded: Sequence[bool]
) -> str:
    """Write the weighted sum with its numbers, each in its colour, up to the equals sign.

    Parameters
    ----------
    index : str
        The output's index.
    kernel, values : sequence of float, length K
        What is multiplied.
    padded : sequence of bool, length K
        Whether a value stands beyond the ends.
    """
    terms: list[str] = []
    sizes = weight_words(map(abs, kernel))
    for factor, size, value, beyond in zip(kernel, sizes, values, padded, strict=True):
        role = "muted" if beyond else "input"
        read = f"({number(value)})" if value < 0 else number(value)
        sign = (f" {MINUS} " if factor < 0 else " + ") if terms else (MINUS if factor < 0 else "")
        terms.append(f"{sign}{{kernel-text:{size}}}·{{{role}:{read}}}")
    return f"{{output:z_{{{index}}}}} = {''.join(terms)}"


def _inside(
    canvas: Canvas, x: float, y: float, value: float, role: str, bold: bool = False
) -> None:
    words = number(value)
    size = SMALL if len(words) >= LONG else 15
    long = text_width(words, size, bold=bold) > FILLS[bold]
    canvas.text(x, y, words, role, size=size, bold=bold, within=ROOM if long else None)
