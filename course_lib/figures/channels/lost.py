"""What a channel loses: two inputs that one kernel cannot tell apart."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.convolution import convolve_signal
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.channels.settings import SIGNAL, check_signal
from course_lib.figures.numbers import fixed, listed
from course_lib.figures.registry import figure
from course_lib.figures.stems import axis, stems

Numbers = Sequence[float]

MEAN = (1 / 3, 1 / 3, 1 / 3)
PITCH = 54.0
REACH = 64.0


def _other(signal: Numbers, amount: float) -> list[float]:
    """Return the signal with a pattern added whose every three neighbours sum to zero."""
    pattern = (1, -1, 0)
    return [value + amount * pattern[i % 3] for i, value in enumerate(signal)]


def _rows(signal: Numbers, amount: float) -> tuple[list[float], list[float]]:
    check_signal("signal", signal)
    return _other(signal, amount), convolve_signal(signal, MEAN, padding="valid")


def _alt(signal: Numbers, amount: float) -> str:
    other, output = _rows(signal, amount)
    return (
        f"Two different inputs, {listed(signal)} and {listed(other)}. The mean of three neighbours "
        f"gives the same outputs for both: {listed(output)}. The inputs differ by {amount:g} times "
        "the pattern 1, −1, 0, repeated, of which any three neighbours sum to zero."
    )


@figure(
    "channels/lost",
    title="Two inputs that the mean cannot tell apart",
    slide="Channels",
    alt=_alt,
)
def lost(signal: Numbers = SIGNAL, amount: float = 2.0) -> Figure:
    """Draw two inputs and the one output that the mean of three makes of both.

    Parameters
    ----------
    signal : sequence of float, length 7
    amount : float
        How much of the pattern 1, −1, 0 is added.
    """
    other, output = _rows(signal, amount)
    largest = max(abs(value) for row in (signal, other, output) for value in row) or 1.0
    scale = REACH / largest
    first = COLUMN / 2 - 3 * PITCH
    xs = [first + PITCH * i for i in range(7)]
    canvas = Canvas(COLUMN, 416)
    titles = ("one input", "another input", "the mean of three, of either")
    for n, (row, title) in enumerate(zip((signal, other, output), titles, strict=True)):
        base = 104 + 136 * n
        role = "output" if n == 2 else "input"
        canvas.text(4, base - REACH - 28, title, "muted", size=SMALL, anchor="start")
        axis(canvas, 4, COLUMN - 4, base)
        if n == 2:
            stems(canvas, xs[1:-1], row, base, scale, "output")
        else:
            stems(canvas, xs, row, base, scale, "input")
        places = xs[1:-1] if n == 2 else xs
        for x, value in zip(places, row, strict=True):
            words = fixed(value, 2) if n == 2 else f"{value:g}".replace("-", "−")
            canvas.text(x, base + 20 if value >= 0 else base - 16, words, role, size=SMALL)
    return canvas.figure
