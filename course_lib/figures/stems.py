"""Signals as stems: a value is the height of its mark above a line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from course_lib.figures.canvas import SMALL, Canvas
from course_lib.figures.numbers import fixed

DOT = 4.5  # radius of an input's disc and half the side of an output's square, pixels
RING = 9.0  # radius of a ring that marks a value, pixels


def stems(
    canvas: Canvas,
    xs: Sequence[float],
    values: Sequence[float],
    base: float,
    scale: float,
    role: Literal["input", "output"],
    *,
    places: int | None = None,
    marked: Collection[int] = (),
    mark: str = "padding",
) -> None:
    """Draw a signal as discs (inputs) or squares (outputs) on stems.

    Parameters
    ----------
    canvas : Canvas
        Where to draw.
    xs : sequence of float, length L
        The values' places, pixels.
    values : sequence of float, length L
        The signal.
    base : float
        The height of zero, pixels.
    scale : float
        Pixels a unit.
    role : {"input", "output"}
        What the values are.
    places : int, optional
        Decimals of the number beside each mark; by default there is none.
    marked : collection of int
        Indices of values that get a ring.
    mark : str
        The rings' role; padding's are dashed.
    """
    tops = [base - scale * value for value in values]
    canvas.lines(([(x, base), (x, y)] for x, y in zip(xs, tops, strict=True)), role, alpha=0.4)
    for index, (x, y, value) in enumerate(zip(xs, tops, values, strict=True)):
        if role == "input":
            canvas.circle(x, y, DOT, fill=role)
        else:
            canvas.square(x, y, 2 * DOT, fill=role)
        if index in marked:
            canvas.circle(x, y, RING, edge=mark, dashed=mark == "padding")
        if places is not None:
            away = 20 if index in marked else 16
            side = -away if value >= 0 else away
            canvas.text(x, y + side, fixed(value, places), role, size=SMALL)


def axis(canvas: Canvas, left: float, right: float, base: float) -> None:
    """Draw the line of zero."""
    canvas.lines([[(left, base), (right, base)]], "grid")
