"""The convolution as a matrix: the same few weights in every row, moved along."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.convolution import convolve_signal
from course_lib.figures.canvas import SMALL, Canvas
from course_lib.figures.convolution_1d.settings import KERNEL, SIGNAL, check_position, check_room
from course_lib.figures.language import input_value, output_value
from course_lib.figures.numbers import bracketed, counted, listed, number, weights
from course_lib.figures.registry import figure

Numbers = Sequence[float]

CELL = 40.0
TOP = 48.0
STRENGTH = 0.4  # of the fullest cell: its number must stay legible on it


def _matrix(
    signal: Numbers, kernel: Numbers, position: int, stride: int, dilation: int, padding: str
) -> tuple[list[list[float]], list[float]]:
    """Return the matrix, row by row, and the outputs."""
    check_room("signal", len(signal), 8)

    def convolved(values: Numbers) -> list[float]:
        return convolve_signal(values, kernel, stride=stride, dilation=dilation, padding=padding)

    output = convolved(signal)
    check_position(position, len(output))
    # What a linear map makes of a unit vector is a column of its matrix.
    units = [[float(i == j) for i in range(len(signal))] for j in range(len(signal))]
    return [list(row) for row in zip(*map(convolved, units), strict=True)], output


def _alt(
    signal: Numbers, kernel: Numbers, position: int, stride: int, dilation: int, padding: str
) -> str:
    rows, output = _matrix(signal, kernel, position, stride, dilation, padding)
    return (
        f"The outputs {listed(output)} as a matrix times the inputs {listed(signal)}. The matrix "
        f"has {counted(len(rows), 'row')} of {len(signal)}, each with the weights "
        f"{bracketed(kernel)}, {stride} further right than in the row above, and zeros elsewhere. "
        f"Row {position} is marked: {listed(rows[position - 1])}; it gives "
        f"{number(output[position - 1])}."
    )


@figure(
    "convolution-1d/matrix",
    title="The same convolution, as a matrix",
    slide="Stride, kernel size, and dilation",
    alt=_alt,
)
def matrix(
    signal: Numbers = SIGNAL,
    kernel: Numbers = KERNEL,
    position: int = 3,
    stride: int = 1,
    dilation: int = 1,
    padding: str = "zeros",
) -> Figure:
    """Draw z = W x with every entry, one row marked.

    Parameters
    ----------
    signal : sequence of float, at most 8
    kernel : sequence of float
    position : int
        The marked row, counted from 1.
    stride, dilation : int
        The convolution.
    padding : str
        What stands beyond the ends.
    """
    rows, output = _matrix(signal, kernel, position, stride, dilation, padding)
    length = len(signal)
    left, width = 80.0, 136 + CELL * length
    canvas = Canvas(width, TOP + CELL * max(length, len(rows)) + 16)
    middle = TOP + CELL * max(length, len(rows)) / 2
    above = middle - CELL * len(rows) / 2
    outputs, inputs = 20.0, left + CELL * length + 34
    canvas.formula(outputs, TOP - 28, "{output:z}", size=18)
    canvas.formula(left + CELL * length / 2, TOP - 28, "{kernel-text:W}", size=18)
    canvas.formula(inputs, TOP - 28, "{input:x}", size=18)
    canvas.text(left - 26, middle, "=", size=18)
    _cells(canvas, rows, left, above)
    y = above + CELL * (position - 1)
    canvas.box(left - 3, y - 3, CELL * length + 6, CELL + 6, edge="output", line=2.0)
    for n, value in enumerate(output):
        y = above + CELL * (n + 0.5)
        output_value(canvas, outputs, y, value, "current" if n == position - 1 else "plain")
    for i, value in enumerate(signal):
        read = rows[position - 1][i] != 0
        input_value(canvas, inputs, middle + CELL * (i + 0.5 - length / 2), value, read=read)
    return canvas.figure


def _cells(canvas: Canvas, rows: list[list[float]], left: float, top: float) -> None:
    """Draw every entry: amber where positive, violet where negative, empty where zero."""
    largest = max([abs(value) for row in rows for value in row] + [1e-9])
    for n, row in enumerate(rows):
        for j, value in enumerate(row):
            x, y = left + CELL * (j + 0.5), top + CELL * (n + 0.5)
            if value == 0:
                canvas.square(x, y, CELL - 4, edge="grid", width=1.0)
                continue
            role, strength = canvas.palette.signed(value, largest)
            canvas.square(x, y, CELL - 4, fill=role, alpha=0.1 + (STRENGTH - 0.1) * strength)
    for n, row in enumerate(rows):
        for j, (value, words) in enumerate(zip(row, weights(row), strict=True)):
            if value != 0:
                x, y = left + CELL * (j + 0.5), top + CELL * (n + 0.5)
                canvas.text(x, y, words, size=SMALL, within=CELL - 5)
