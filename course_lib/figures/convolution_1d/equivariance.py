"""Equivariance to translation: shift, then convolve; convolve, then shift."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.convolution import convolve_signal
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.convolution_1d.positions import middles, reads
from course_lib.figures.convolution_1d.settings import WORKED, check_room
from course_lib.figures.numbers import bracketed, counted, fixed, number
from course_lib.figures.registry import figure
from course_lib.figures.stems import axis, stems

Numbers = Sequence[float]

PITCH = 16.0
COLUMNS = (0.0, 216.0)
BANDS = (112.0, 256.0, 400.0)  # the lines of zero
REACH = 64.0  # height of the largest value, pixels
SAME = 1e-9


def shifted(signal: Numbers, shift: int, *, around: bool) -> list[float]:
    """Move a signal to the right; what leaves either returns on the left or is replaced by 0."""
    length = len(signal)
    sources = [i - shift for i in range(length)]
    return [signal[i % length] if around or 0 <= i < length else 0.0 for i in sources]


class _Comparison:
    """Both orders of shifting and convolving, and where they differ."""

    def __init__(self, signal: Numbers, kernel: Numbers, shift: int, padding: str) -> None:
        check_room("signal", len(signal), 12)
        if not isinstance(shift, int) or abs(shift) >= len(signal):
            raise ValueError(
                f"shift={shift!r}: expected a whole number nearer to 0 than {len(signal)}, "
                "the signal's length"
            )
        # Where the convolution wraps round, so must the shift: on a circle nothing is lost.
        around = padding == "circular"
        self.moved = shifted(signal, shift, around=around)
        self.output = convolve_signal(signal, kernel, padding=padding)
        self.shift_first = convolve_signal(self.moved, kernel, padding=padding)
        self.shift_last = shifted(self.output, shift, around=around)
        self.middles = middles(reads(len(signal), len(kernel), padding=padding))
        pairs = zip(self.shift_first, self.shift_last, strict=True)
        self.differences = {n: a - b for n, (a, b) in enumerate(pairs) if abs(a - b) > SAME}


def _alt(signal: Numbers, kernel: Numbers, shift: int, padding: str) -> str:
    both = _Comparison(signal, kernel, shift, padding)
    if both.differences:
        where = ", ".join(f"{n + 1} (by {number(d)})" for n, d in both.differences.items())
        result = f"They agree except at the ringed outputs {where}, near the borders."
    else:
        result = "They agree everywhere."
    return (
        f"A signal of {len(signal)} values and its convolution with {bracketed(kernel)}; below, "
        f"the same signal shifted by {shift} and its convolution; at the bottom, the first "
        f"convolution shifted by {shift}. Compared are shift-then-convolve and "
        f"convolve-then-shift, {counted(len(both.output), 'output')} each. {result}"
    )


@figure(
    "convolution-1d/equivariance",
    title="Shift then convolve, or convolve then shift",
    slide="Equivariant to translation of input",
    alt=_alt,
)
def equivariance(
    signal: Numbers = WORKED,
    kernel: Numbers = (1 / 3, 1 / 3, 1 / 3),
    shift: int = 2,
    padding: str = "zeros",
) -> Figure:
    """Draw f[t[x]] above t[f[x]] and mark where they differ.

    Parameters
    ----------
    signal : sequence of float, at most 12
    kernel : sequence of float
        The convolution f.
    shift : int
        The translation t, to the right; zeros follow, or with circular padding what left.
    padding : str
        What the convolution sees beyond the ends.
    """
    both = _Comparison(signal, kernel, shift, padding)
    canvas = Canvas(COLUMN, 440)
    rows = (signal, both.moved, both.output, both.shift_first, both.shift_last)
    scale = REACH / (max(abs(value) for row in rows for value in row) or 1.0)
    left = [COLUMNS[0] + PITCH * (i + 0.5) for i in range(len(signal))]
    right = [COLUMNS[1] + PITCH * (place + 0.5) for place in both.middles]
    marked = set(both.differences)
    for band, title, row in ((0, "{input:x}", signal), (1, "t[{input:x}]", both.moved)):
        _row(canvas, COLUMNS[0], BANDS[band], title, len(signal))
        stems(canvas, left, row, BANDS[band], scale, "input")
    outputs = (
        ("{output:f}[{input:x}]", both.output, ()),
        ("{output:f}[t[{input:x}]]", both.shift_first, marked),
        ("t[{output:f}[{input:x}]]", both.shift_last, marked),
    )
    for base, (title, row, ringed) in zip(BANDS, outputs, strict=True):
        _row(canvas, COLUMNS[1], base, title, len(signal))
        stems(canvas, right, row, base, scale, "output", marked=ringed, mark="wrong")
    for base in BANDS[:2]:
        canvas.arrow((COLUMNS[1] - 24, base - 24), (COLUMNS[1] - 4, base - 24))
        canvas.formula(COLUMNS[1] - 14, base - 40, "f", "muted")
    x = COLUMNS[0] + PITCH * 3
    canvas.arrow((x, BANDS[0] + 16), (x, BANDS[0] + 40))
    canvas.formula(x + 16, BANDS[0] + 28, f"t: shift by {number(shift)}", "muted", anchor="start")
    for n, difference in both.differences.items():
        sign = "+" if difference > 0 else ""
        # The label of a value at the edge stays inside the sheet.
        x = min(right[n], COLUMN - 24)
        canvas.text(x, BANDS[2] + 24, sign + fixed(difference, 2), "wrong", size=SMALL)
    _result(canvas, both)
    return canvas.figure


def _row(canvas: Canvas, left: float, base: float, title: str, length: int) -> None:
    canvas.formula(left, base - REACH - 28, title, anchor="start")
    axis(canvas, left, left + PITCH * length, base)


def _result(canvas: Canvas, both: _Comparison) -> None:
    """Say below the left column how far the two orders agree."""
    count, total = len(both.differences), len(both.output)
    said = [f"equal at {total - count} of {total} outputs"]
    if count:
        said.append(f"different at {count}, ringed")
    orders = "{output:f}[t[{input:x}]] and t[{output:f}[{input:x}]]"
    canvas.formula(COLUMNS[0], BANDS[2] - 56, orders, anchor="start")
    for line, words in enumerate(said):
        y = BANDS[2] - 32 + 24 * line
        canvas.text(COLUMNS[0], y, words, "wrong" if line else "muted", anchor="start")
