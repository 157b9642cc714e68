"""Two kernels compose as numbers are multiplied: shifted copies, added column by column."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import bracketed, number
from course_lib.figures.registry import figure

Numbers = Sequence[float]

LABELS = 72.0
ROW = 30.0
BOX = 26.0
BETWEEN = 40.0  # from one composition to the next, pixels


def _composed(first: Numbers, second: Numbers) -> list[float]:
    """Return the true convolution of two kernels."""
    sums = [0.0] * (len(first) + len(second) - 1)
    for b, factor in enumerate(second):
        for a, weight in enumerate(first):
            sums[a + b] += factor * weight
    return sums


def _check(kernels: Sequence[Numbers]) -> None:
    for name, kernel in zip(("first", "second", "third"), kernels, strict=True):
        if not 2 <= len(kernel) <= 3:
            raise ValueError(f"{name}={list(kernel)}: expected 2 or 3 weights")


def _alt(first: Numbers, second: Numbers, third: Numbers) -> str:
    _check((first, second, third))
    two = _composed(first, second)
    three = _composed(two, third)
    return (
        f"The kernels {bracketed(first)} and {bracketed(second)} are multiplied as in school: one "
        f"shifted copy of the first for each weight of the second, added column by column to the "
        f"{len(two)} weights {bracketed(two)}. Below, the same with {bracketed(third)} gives the "
        f"{len(three)} weights {bracketed(three)}."
    )


@figure(
    "receptive-fields/composition",
    title="Two kernels compose to one",
    slide="Receptive fields",
    alt=_alt,
)
def composition(
    first: tuple[float, ...] = (1, 2, 3),
    second: tuple[float, ...] = (4, 5, 6),
    third: tuple[float, ...] = (1, 1, 1),
) -> Figure:
    """Draw the composition of two kernels, and of their result with a third.

    Parameters
    ----------
    first, second, third : sequence of float
        2 or 3 weights each.
    """
    _check((first, second, third))
    two = _composed(first, second)
    taps = len(two) + len(third) - 1
    pitch = (COLUMN - LABELS) / taps
    canvas = Canvas(COLUMN, _height(second) + BETWEEN + _height(third))
    bottom = _multiplication(canvas, first, second, 0, pitch)
    _multiplication(canvas, two, third, bottom + BETWEEN, pitch)
    return canvas.figure


def _height(second: Numbers) -> float:
    """Return how much room a composition takes, to the lower edge of its result."""
    return 16 + ROW * (len(second) + 1) + 8 + BOX / 2 + 1


def _multiplication(
    canvas: Canvas, first: Numbers, second: Numbers, top: float, pitch: float
) -> float:
    """Draw one composition and return where it ends."""
    sums = reduce(_composed, (first, second))

    def x(tap: int) -> float:
        return LABELS + pitch * (tap + 0.5)

    title = f"{bracketed(first)} ⊗ {bracketed(second)}"
    canvas.text(0, top + 12, title, "kernel-text", anchor="start")
    y = top + 16 + ROW
    for b, factor in enumerate(second):
        canvas.text(LABELS - 16, y, f"{number(factor)} ×", "muted", size=SMALL, anchor="end")
        left, right = x(b) - 0.46 * pitch, x(b + len(first) - 1) + 0.46 * pitch
        canvas.box(left, y - BOX / 2, right - left, BOX, edge="grid", line=1.0)
        for a, weight in enumerate(first):
            canvas.text(x(a + b), y, number(factor * weight), size=SMALL, within=0.9 * pitch)
        y += ROW
    line = y - ROW / 2 + 2
    canvas.lines([[(LABELS, line), (x(len(sums) - 1) + pitch / 2, line)]], "muted")
    y += 8
    canvas.text(LABELS - 16, y, f"{len(sums)} taps", "kernel-text", size=SMALL, anchor="end")
    for tap, total in enumerate(sums):
        left = x(tap) - 0.46 * pitch
        canvas.box(left, y - BOX / 2, 0.92 * pitch, BOX, fill="window", edge="kernel", radius=4)
        canvas.text(x(tap), y, number(total), "kernel-text", size=SMALL, within=0.86 * pitch)
    return y + BOX / 2
