"""Where equality breaks, and how much: the largest difference against the shift."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.convolution import convolve_signal
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import bracketed, fixed, listed
from course_lib.figures.registry import figure

Numbers = Sequence[float]

WORKED = (5.2, 5.3, 5.4, 5.1, 10.1, 10.3, 9.9, 10.3, 3.2, 3.4, 3.3, 3.1)
SETTINGS = (("circular", 1), ("circular", 2), ("zeros", 1))
ROW = 136.0
REACH = 56.0  # height of the largest difference, pixels
LEFT = 24.0
SAME = 1e-9


def _moved(values: Numbers, shift: int, *, around: bool) -> list[float]:
    count = len(values)
    sources = [i - shift for i in range(count)]
    return [values[i % count] if around or 0 <= i < count else 0.0 for i in sources]


def _difference(signal: Numbers, kernel: Numbers, shift: int, padding: str, stride: int) -> float:
    """Return how far f[t[x]] is from the nearest whole shift of f[x]."""
    around = padding == "circular"
    first = convolve_signal(
        _moved(signal, shift, around=around), kernel, stride=stride, padding=padding
    )
    answered = convolve_signal(signal, kernel, stride=stride, padding=padding)
    steps = {shift // stride, -(-shift // stride)}
    pairs = [zip(first, _moved(answered, s, around=around), strict=True) for s in steps]
    return min(max(abs(a - b) for a, b in pair) for pair in pairs)


def _rows(signal: Numbers, kernel: Numbers, longest: int) -> list[list[float]]:
    if not 4 <= len(signal) <= 32 or len(signal) % 2:
        raise ValueError(f"signal has {len(signal)} values: expected an even number from 4 to 32")
    if not 1 <= longest <= 8:
        raise ValueError(f"longest={longest}: expected from 1 to 8")
    return [
        [_difference(signal, kernel, k, padding, stride) for k in range(longest + 1)]
        for padding, stride in SETTINGS
    ]


def _alt(signal: Numbers, kernel: Numbers, longest: int) -> str:
    said = [
        f"{padding}, stride {stride}: {listed(row)}"
        for (padding, stride), row in zip(SETTINGS, _rows(signal, kernel, longest), strict=True)
    ]
    return (
        f"Three rows of squares on stems: the largest difference between f[t[x]] and the nearest "
        f"shift of f[x], for shifts from 0 to {longest} and the kernel {bracketed(kernel)}. "
        f"{'; '.join(said)}."
    )


@figure(
    "invariance/breaking",
    title="Where equality breaks, and how much",
    slide="Equivariance",
    alt=_alt,
)
def breaking(
    signal: Numbers = WORKED, kernel: Numbers = (1 / 3, 1 / 3, 1 / 3), longest: int = 8
) -> Figure:
    """Draw the largest difference of both orders against the shift, for three settings.

    Parameters
    ----------
    signal : sequence of float, an even number from 4 to 32
    kernel : sequence of float
        The convolution.
    longest : int, 1 to 8
        The longest shift.
    """
    rows = _rows(signal, kernel, longest)
    largest = max(max(row) for row in rows) or 1.0
    canvas = Canvas(COLUMN, ROW * len(rows) + 40)
    pitch = (COLUMN - 2 * LEFT) / longest
    for n, ((padding, stride), row) in enumerate(zip(SETTINGS, rows, strict=True)):
        base = ROW * n + 48 + REACH
        title = f"{padding}, stride {stride}"
        canvas.text(0, base - REACH - 32, title, anchor="start")
        canvas.lines([[(0, base), (COLUMN, base)]], "grid")
        for shift, value in enumerate(row):
            x, equal = LEFT + pitch * shift, value <= SAME
            y = base - REACH * value / largest
            canvas.lines([[(x, base), (x, y)]], "output", alpha=0.4)
            canvas.square(x, y, 9, fill="paper" if equal else "output", edge="output", width=1.25)
            words = "0" if equal else fixed(value, 2)
            canvas.text(x, y - 16, words, "muted" if equal else "output", size=SMALL)
    bottom = ROW * len(rows) - 8
    for shift in range(longest + 1):
        canvas.text(LEFT + pitch * shift, bottom, str(shift), "input", size=SMALL)
    canvas.text(COLUMN / 2, bottom + 24, "shift of the input", "input", size=SMALL)
    return canvas.figure
