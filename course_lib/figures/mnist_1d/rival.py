"""The fully connected rival: as many units in each layer, many more parameters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

WIDTHS = (40, 285, 135, 60, 10)  # units of each layer, as many as the convolutional network has
WIDEST = 384.0  # of a row of units, pixels
ROW = 72.0
TOP = 36.0
BAR = 16.0


def _counts(widths: Sequence[int]) -> list[int]:
    """Return each layer's weights and biases."""
    if not 2 <= len(widths) <= 7 or any(not 1 <= width <= 9999 for width in widths):
        raise ValueError(f"widths={list(widths)}: expected 2 to 7 numbers from 1 to 9,999")
    return [below * (above + 1) for above, below in pairwise(widths)]


def _alt(widths: Sequence[int]) -> str:
    counts = _counts(widths)
    said = "; ".join(
        f"{width} units, {count:,} parameters"
        for width, count in zip(widths[1:], counts, strict=True)
    )
    return (
        f"The fully connected network from top to bottom, each layer a bar as wide as it has "
        f"units, and every unit of one joined to every unit of the next: {widths[0]} inputs; "
        f"{said}. {sum(counts):,} parameters in all."
    )


@figure(
    "mnist-1d/fully-connected-network",
    title="The fully connected network for MNIST-1D",
    slide="MNIST-1D results for fully-connected network",
    alt=_alt,
)
def fully_connected_network(widths: Sequence[int] = WIDTHS) -> Figure:
    """Draw the layers of the fully connected network with their parameters.

    Parameters
    ----------
    widths : sequence of int, 2 to 7
        Units of each layer, the input first and the classes last.
    """
    counts = _counts(widths)
    canvas = Canvas(COLUMN, TOP + ROW * (len(widths) - 1) + 72)
    middle = COLUMN / 2
    halves = [max(4.0, WIDEST * width / max(widths) / 2) for width in widths]
    for n, (above, below) in enumerate(pairwise(halves)):
        y0, y1 = TOP + ROW * n + BAR / 2, TOP + ROW * (n + 1) - BAR / 2
        corners = [(middle - above, y0), (middle + above, y0), (middle + below, y1)]
        canvas.area([*corners, (middle - below, y1)], "negative", alpha=0.12)
    for n, (width, half) in enumerate(zip(widths, halves, strict=True)):
        y = TOP + ROW * n
        role = "input" if n == 0 else "output" if n == len(widths) - 1 else "negative"
        canvas.box(middle - half, y - BAR / 2, 2 * half, BAR, fill=role, radius=2)
        if n:
            canvas.text(middle, y - ROW / 2, f"{counts[n - 1]:,} parameters", size=SMALL)
        name = "inputs" if n == 0 else "classes" if n == len(widths) - 1 else "units"
        canvas.text(0, y - BAR / 2 - 12, f"{width:,} {name}", role, size=SMALL, anchor="start")
    foot = TOP + ROW * (len(widths) - 1) + 48
    canvas.text(middle, foot, f"{sum(counts):,} parameters in all", "text", bold=True)
    return canvas.figure
