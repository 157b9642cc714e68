"""A filter is a block of weights, and a layer a row of blocks."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.convolution.geometry2d import parameter_count2d
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.convolution_2d.grids import check_whole
from course_lib.figures.numbers import counted
from course_lib.figures.registry import figure

CELL = 16.0
STEP = 8.0
TOP = 40.0


def _check(in_channels: int, out_channels: int, kernel_size: int) -> None:
    check_whole("in_channels", in_channels, 1, 4)
    check_whole("out_channels", out_channels, 1, 4)
    check_whole("kernel_size", kernel_size, 1, 3)


def _alt(in_channels: int, out_channels: int, kernel_size: int) -> str:
    _check(in_channels, out_channels, kernel_size)
    one = parameter_count2d(in_channels, 1, kernel_size)
    return (
        f"A row of {counted(out_channels, 'block')}, one for each output channel. A block is a "
        f"stack of {counted(in_channels, 'slice')}, each {kernel_size} by {kernel_size} weights, "
        f"with one bias below it: {one} parameters. Together there are "
        f"{parameter_count2d(in_channels, out_channels, kernel_size)}."
    )


@figure(
    "convolution-2d/parameters",
    title="A filter is a block, a layer is a row of blocks",
    slide="How many parameters?",
    alt=_alt,
)
def parameters(in_channels: int = 3, out_channels: int = 4, kernel_size: int = 3) -> Figure:
    """Draw the weights and the biases of a layer, and count them.

    Parameters
    ----------
    in_channels, out_channels : int, 1 to 4
    kernel_size : int, 1 to 3
    """
    _check(in_channels, out_channels, kernel_size)
    depth = STEP * (in_channels - 1)
    block = CELL * kernel_size + depth
    pitch = COLUMN / out_channels
    bottom = TOP + block
    canvas = Canvas(COLUMN, bottom + 136)
    for o in range(out_channels):
        middle = pitch * (o + 0.5)
        left = middle - block / 2
        canvas.formula(middle, 14, f"to {{output:h_{o + 1}}}", "muted", size=SMALL)
        for c in reversed(range(in_channels)):
            x, y = left + STEP * c, TOP + depth - STEP * c
            side = CELL * kernel_size
            canvas.box(x, y, side, side, fill="window", edge="kernel", line=1.25, radius=2)
            if c == 0:
                strokes = [
                    stroke
                    for k in range(1, kernel_size)
                    for stroke in (
                        [(x + CELL * k, y), (x + CELL * k, y + side)],
                        [(x, y + CELL * k), (x + side, y + CELL * k)],
                    )
                ]
                canvas.lines(strokes, "kernel")
        box = {"fill": "paper", "edge": "kernel", "dashed": True, "radius": 2.0, "line": 1.0}
        canvas.box(middle - 12, bottom + 16, 24, 24, **box)  # type: ignore[arg-type]
        canvas.formula(middle, bottom + 28, f"β_{o + 1}", "kernel-text", size=SMALL)
    kernel = f"{{kernel-text:{in_channels} × {kernel_size} × {kernel_size}}}"
    one = parameter_count2d(in_channels, 1, kernel_size)
    canvas.formula(COLUMN / 2, bottom + 72, f"one filter: {kernel} + 1 = {one}")
    total = parameter_count2d(in_channels, out_channels, kernel_size)
    words = f"{out_channels} filters: {out_channels} × ({kernel} + 1) = {total}"
    canvas.formula(COLUMN / 2, bottom + 108, words, size=18)
    return canvas.figure
