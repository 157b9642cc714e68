"""From red, green and blue to feature maps: every filter is as deep as its input."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.convolution_2d.grids import check_whole
from course_lib.figures.numbers import counted
from course_lib.figures.registry import figure

SIDE = 88.0  # of a plane of the input
MAP = 72.0
CELL = 14.0
STEP = 16.0  # from one plane of a stack to the next
ROW = 128.0
EDGE = 1.0  # half a line's width stands outside of a box
NAMES = ("red", "green", "blue")


def _check(out_channels: int, kernel_size: int) -> None:
    check_whole("out_channels", out_channels, 1, 3)
    check_whole("kernel_size", kernel_size, 1, 3)


def _alt(out_channels: int, kernel_size: int) -> str:
    _check(out_channels, kernel_size)
    return (
        "On the left the three input channels of a photograph, red, green and blue, one behind "
        f"the other. In the middle {counted(out_channels, 'filter')}, each a block of 3 slices of "
        f"{kernel_size} by {kernel_size} weights, one slice for each input channel. On the right "
        f"{counted(out_channels, 'feature map')}: each filter adds up its 3 slices and its bias, "
        "and makes one map."
    )


@figure(
    "convolution-2d/channels",
    title="From red, green and blue to feature maps",
    slide="Channels in 2D convolution",
    alt=_alt,
)
def channels(out_channels: int = 3, kernel_size: int = 3) -> Figure:
    """Draw the channels of a photograph, the filters, and the map that each of them makes.

    Parameters
    ----------
    out_channels : int, 1 to 3
    kernel_size : int, 1 to 3
    """
    _check(out_channels, kernel_size)
    canvas = Canvas(COLUMN, 40 + max(2, out_channels) * ROW)
    middle = 40 + max(2, out_channels) * ROW / 2
    left, top = EDGE, middle - (SIDE + 2 * STEP) / 2
    canvas.text(0, 12, "input, 3 channels", "muted", size=SMALL, anchor="start")
    canvas.text(208, 12, "filters", "muted", size=SMALL)
    canvas.text(COLUMN, 12, "feature maps", "muted", size=SMALL, anchor="end")
    for c in (2, 1, 0):
        x, y = left + STEP * c, top + STEP * (2 - c)
        canvas.box(x, y, SIDE, SIDE, fill="paper", edge="input", radius=2)
    wide = CELL * kernel_size
    for c, name in enumerate(NAMES):
        y = top + STEP * (2 - c)
        canvas.text(left + STEP * c + SIDE - 4, y + 9, name, "input", size=SMALL, anchor="end")
    canvas.box(24, middle + 12, wide, wide, fill="window", edge="kernel", radius=2)
    first = middle - out_channels * ROW / 2
    for o in range(out_channels):
        y = first + ROW * (o + 0.5)
        block = wide + 2 * STEP
        x = 208 - block / 2
        canvas.lines([[(24 + wide, middle + 12 + wide / 2), (x - 6, y)]], "kernel", alpha=0.6)
        for c in (2, 1, 0):
            corner = (x + STEP * c, y - block / 2 + STEP * (2 - c))
            for m in range(kernel_size):
                for n in range(kernel_size):
                    place = (corner[0] + CELL * n, corner[1] + CELL * m)
                    fill = {"fill": "window", "edge": "kernel", "line": 1.0, "radius": 2.0}
                    canvas.box(*place, CELL, CELL, **fill)  # type: ignore[arg-type]
        words = f"3 × {kernel_size} × {kernel_size} + 1"
        canvas.text(208, y + block / 2 + 14, words, "kernel-text", size=SMALL)
        right = COLUMN - MAP - EDGE
        canvas.arrow((x + block + 10, y), (right - 10, y))
        canvas.formula((x + block + right) / 2, y - 14, "Σ, ReLU", "muted", size=SMALL)
        canvas.box(right, y - MAP / 2, MAP, MAP, fill="paper", edge="output", radius=2)
        canvas.formula(right + MAP / 2, y, f"h_{o + 1}", "output")
        canvas.square(right + 22, y + 20, 7, fill="output")
    return canvas.figure
