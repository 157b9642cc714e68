"""The general case: every output channel listens to every input channel."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.convolution import parameter_count
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.channels.settings import check_whole
from course_lib.figures.numbers import counted
from course_lib.figures.registry import figure

ROW = 80.0
LONG = 5  # values that are drawn of each channel
STEP = 16.0
LEFT, RIGHT = 36.0, COLUMN - 36.0 - STEP * (LONG - 1)


def _check(in_channels: int, out_channels: int, kernel_size: int, marked: int) -> None:
    check_whole("in_channels", in_channels, 1, 4)
    check_whole("out_channels", out_channels, 1, 4)
    check_whole("kernel_size", kernel_size, 1, 5)
    check_whole("marked", marked, 1, out_channels)


def _alt(in_channels: int, out_channels: int, kernel_size: int, marked: int) -> str:
    _check(in_channels, out_channels, kernel_size, marked)
    slices = in_channels * out_channels
    return (
        f"On the left {counted(in_channels, 'input channel')}, on the right "
        f"{counted(out_channels, 'output channel')}. Each output channel is joined to every input "
        f"channel, by {slices} lines in all, and each line is a slice of "
        f"{counted(kernel_size, 'weight')}. Marked is the filter of output channel {marked}: "
        f"{counted(in_channels, 'slice')} and one bias. There are {slices * kernel_size} weights "
        f"and {counted(out_channels, 'bias' if out_channels == 1 else 'biase')}, together "
        f"{parameter_count(in_channels, out_channels, kernel_size)}."
    )


@figure(
    "channels/general",
    title="Several channels in, several channels out",
    slide="How many parameters?",
    alt=_alt,
)
def general(
    in_channels: int = 3, out_channels: int = 4, kernel_size: int = 3, marked: int = 2
) -> Figure:
    """Draw the slices that join input channels to output channels, one filter marked.

    Parameters
    ----------
    in_channels, out_channels : int, 1 to 4
    kernel_size : int, 1 to 5
    marked : int
        The output channel whose filter stands out, counted from 1.
    """
    _check(in_channels, out_channels, kernel_size, marked)
    rows = max(in_channels, out_channels)
    canvas = Canvas(COLUMN, rows * ROW + 104)
    canvas.text(LEFT - 24, 16, "input channels", "muted", size=SMALL, anchor="start")
    canvas.text(COLUMN - 12, 16, "output channels", "muted", size=SMALL, anchor="end")

    def height(index: int, count: int) -> float:
        return 40 + ROW * (rows - count) / 2 + ROW * (index + 0.5)

    ends = (LEFT + STEP * (LONG - 1) + 14, RIGHT - 14)
    for o in range(out_channels):
        if o + 1 == marked:
            continue
        strokes = [
            [(ends[0], height(c, in_channels)), (ends[1], height(o, out_channels))]
            for c in range(in_channels)
        ]
        canvas.lines(strokes, "grid")
    for c in range(in_channels):
        start = (ends[0], height(c, in_channels))
        end = (ends[1], height(marked - 1, out_channels))
        canvas.lines([[start, end]], "kernel", width=1.75)
        at = 0.4
        x, y = (s + at * (e - s) for s, e in zip(start, end, strict=True))
        wide = 12.0 * kernel_size + 8
        canvas.box(x - wide / 2, y - 10, wide, 20, fill="window", edge="kernel", radius=4)
        for k in range(kernel_size):
            place = x + 12 * (k - (kernel_size - 1) / 2)
            canvas.square(place, y, 8, fill="paper", edge="kernel", width=1.0)
    for c in range(in_channels):
        y = height(c, in_channels)
        canvas.formula(LEFT - 24, y, f"x_{c + 1}", "input")
        for n in range(LONG):
            canvas.circle(LEFT + STEP * n, y, 6, fill="paper", edge="input")
    for o in range(out_channels):
        y = height(o, out_channels)
        canvas.formula(COLUMN - 14, y, f"h_{o + 1}", "output")
        for n in range(LONG):
            full = "output" if o + 1 == marked else "paper"
            canvas.square(RIGHT + STEP * n, y, 11, fill=full, edge="output")
    bottom = 40 + rows * ROW
    canvas.formula(
        COLUMN / 2,
        bottom + 16,
        f"one filter: {{kernel-text:{in_channels} × {kernel_size} weights}} and 1 bias",
    )
    total = parameter_count(in_channels, out_channels, kernel_size)
    canvas.formula(
        COLUMN / 2,
        bottom + 48,
        f"{{kernel-text:{in_channels} × {out_channels} × {kernel_size}}} + {out_channels} = {total}"
        " parameters",
        size=18,
    )
    return canvas.figure
