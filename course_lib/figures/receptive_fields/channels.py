"""More channels, the same field: each has its own weights and looks at the same place."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.convolution import Window, parameter_count, receptive_field
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

INPUTS = 7
GAP = 40.0
ROW = 26.0
MOST = 6


def _parameters(channels: int, kernel_size: int) -> int:
    """Return the parameters of two layers: one input, `channels`, one output."""
    first = parameter_count(1, channels, kernel_size)
    return first + parameter_count(channels, 1, kernel_size)


def _check(channels: int) -> None:
    if not 2 <= channels <= MOST:
        raise ValueError(f"channels={channels}: expected from 2 to {MOST}")


def _alt(channels: int) -> str:
    _check(channels)
    size = receptive_field([Window(3), Window(3)]).size
    return (
        f"Two networks of two layers with kernel size 3, side by side, over {INPUTS} inputs. The "
        f"left one has 1 channel and {_parameters(1, 3)} parameters, the right one {channels} "
        f"channels, drawn as rows below one another, and {_parameters(channels, 3)} parameters. In "
        f"both the middle output reads the same {size} inputs."
    )


@figure(
    "receptive-fields/channels",
    title="More channels leave the field as it is",
    slide="Receptive fields",
    alt=_alt,
)
def channels(channels: int = 4) -> Figure:
    """Draw two networks that differ in their number of channels only.

    Parameters
    ----------
    channels : int
        Channels of the right one's hidden layer, from 2 to 6.
    """
    _check(channels)
    column = (COLUMN - GAP) / 2
    bottom = 72 + 48 + ROW * (channels - 1) + 56
    canvas = Canvas(COLUMN, bottom + 72)
    for n, count in enumerate((1, channels)):
        _network(canvas, n * (column + GAP), column, count, bottom)
    return canvas.figure


def _network(canvas: Canvas, left: float, width: float, count: int, bottom: float) -> None:
    """Draw one network, its output on `bottom`."""
    pitch = width / INPUTS
    xs = [left + pitch * (i + 0.5) for i in range(INPUTS)]
    middle = INPUTS // 2
    title = f"{count} channel{'' if count == 1 else 's'}"
    canvas.text(left + width / 2, 12, title, "text")
    rows = [72 + 48 + ROW * c for c in range(count)]
    size = receptive_field([Window(3), Window(3)]).size
    half = size // 2
    canvas.lines(
        [
            [(xs[p], 72), (xs[u], rows[0])]
            for u in range(middle - 1, middle + 2)
            for p in (u - 1, u, u + 1)
        ],
        "kernel",
        width=1.5,
    )
    canvas.lines(
        [[(xs[u], rows[-1]), (xs[middle], bottom)] for u in (middle - 1, middle, middle + 1)],
        "kernel",
        width=1.5,
    )
    start, end = xs[middle - half] - 0.4 * pitch, xs[middle + half] + 0.4 * pitch
    canvas.lines([[(start, 53), (start, 48), (end, 48), (end, 53)]], "kernel")
    canvas.text((start + end) / 2, 37, f"sees {size}", "kernel-text", size=SMALL)
    for i, x in enumerate(xs):
        read = abs(i - middle) <= half
        canvas.circle(x, 72, 8, fill="input" if read else "paper", edge="input")
    for y in rows:
        for i, x in enumerate(xs[1:-1], start=1):
            read = abs(i - middle) <= 1
            if read:
                canvas.square(x, y, 15, fill="window", edge="kernel")
            else:
                canvas.square(x, y, 12, fill="grid")
    canvas.square(xs[middle], bottom, 16, fill="output", edge="output")
    words = f"{_parameters(count, 3)} parameters"
    canvas.text(left + width / 2, bottom + 32, words, "muted", size=SMALL)
    canvas.text(left + width / 2, bottom + 56, f"still {size} inputs", "output", size=SMALL)
