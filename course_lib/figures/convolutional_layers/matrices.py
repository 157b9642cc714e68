"""Layers as weight matrices: fully connected, and convolutions."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.convolution import (
    Reading,
    dense_weight,
    kernel_span,
    output_length,
    padding_amounts,
)
from course_lib.convolution import weight_places as places_of
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import counted, listed, number
from course_lib.figures.registry import figure

Matrix = list[list[float | None]]  # None where there is no weight

KERNEL = (0.5, 1, -0.5)
MOST = 8
LEFT = 64.0
CELL = 48.0
UNIT_Y, INPUT_Y, TOP = 24.0, 120.0, 152.0
STRENGTH = 0.4  # of the fullest cell: its number must stay legible on it


def _check_length(length: int) -> None:
    if not 2 <= length <= MOST:
        raise ValueError(f"length={length!r}: expected from 2 to {MOST}")


def _dense(length: int) -> Matrix:
    _check_length(length)
    return [[dense_weight(r, c) for c in range(length)] for r in range(length)]


def _dense_alt(length: int) -> str:
    matrix = _dense(length)
    return (
        f"A fully connected layer: {length} inputs, {length} units, a line from every input to "
        f"every unit. Its matrix has {counted(length * length, 'weight')}, none of them zero; the "
        f"first row is {listed([w or 0 for w in matrix[0]])}."
    )


@figure(
    "convolutional-layers/fully-connected",
    title="A fully connected layer and its weight matrix",
    slide="Special case of fully-connected network",
    alt=_dense_alt,
)
def fully_connected(length: int = 6) -> Figure:
    """Draw a fully connected layer and, below its inputs, its matrix.

    Parameters
    ----------
    length : int
        Number of inputs and of units, 2 to 8.
    """
    matrix = _dense(length)
    facts = f"{counted(length * length, 'weight')}, {length} biases"
    return _layer(matrix, [float(i) for i in range(length)], "fully connected", facts)


def convolved(
    length: int, kernel: Sequence[float], stride: int, dilation: int, padding: str
) -> tuple[Matrix, list[float]]:
    """Return a convolution's matrix, and where each unit stands above the inputs."""
    _check_length(length)
    size = len(kernel)
    reading = Reading(size, stride, dilation, padding)
    rows = output_length(length, size, stride=stride, dilation=dilation, padding=padding)
    matrix: Matrix = [[None] * length for _ in range(rows)]
    for weight, places in zip(kernel, places_of(length, reading), strict=True):
        for row, column in places:
            matrix[row][column] = (matrix[row][column] or 0) + weight
    left, _ = padding_amounts(size, dilation, padding)
    middle = (kernel_span(size, dilation) - 1) / 2 - left
    return matrix, [row * stride + middle for row in range(rows)]


def _convolution_alt(
    length: int, kernel: Sequence[float], stride: int, dilation: int, padding: str
) -> str:
    matrix, _ = convolved(length, kernel, stride, dilation, padding)
    filled = sum(weight is not None for row in matrix for weight in row)
    return (
        f"A convolution of size {len(kernel)}, stride {stride}, dilation {dilation}, padding "
        f"{padding}: {length} inputs, {counted(len(matrix), 'unit')}. In its matrix "
        f"{counted(filled, 'place')} of {length * len(matrix)} are filled, on a band that moves "
        f"{stride} to the right from row to row, with copies of {counted(len(kernel), 'number')}: "
        f"{listed(kernel)}."
    )


def _convolution(
    length: int, kernel: Sequence[float], stride: int, dilation: int, padding: str
) -> Figure:
    matrix, units = convolved(length, kernel, stride, dilation, padding)
    title = f"size {len(kernel)}, stride {stride}, dilation {dilation}, {padding}"
    return _layer(matrix, units, title, f"{counted(len(kernel), 'weight')}, 1 bias")


@figure(
    "convolutional-layers/size-3",
    title="A convolution of size 3 and its weight matrix",
    slide="Special case of fully-connected network",
    alt=_convolution_alt,
)
def size_3(
    length: int = 6,
    kernel: Sequence[float] = KERNEL,
    stride: int = 1,
    dilation: int = 1,
    padding: str = "zeros",
) -> Figure:
    """Draw a convolutional layer and, below its inputs, its matrix.

    Parameters
    ----------
    length : int
        Number of inputs, 2 to 8.
    kernel : sequence of float
    stride, dilation : int
    padding : str
    """
    return _convolution(length, kernel, stride, dilation, padding)


@figure(
    "convolutional-layers/stride-2",
    title="A convolution of stride 2 and its weight matrix",
    slide="Special case of fully-connected network",
    alt=_convolution_alt,
)
def stride_2(
    length: int = 6,
    kernel: Sequence[float] = KERNEL,
    stride: int = 2,
    dilation: int = 1,
    padding: str = "zeros",
) -> Figure:
    """Draw a convolutional layer that skips every second position; parameters as for `size_3`."""
    return _convolution(length, kernel, stride, dilation, padding)


def _layer(matrix: Matrix, units: Sequence[float], title: str, facts: str) -> Figure:
    """Draw units, wires and inputs, and the matrix with a column below each input."""
    length = len(matrix[0])
    cell = min(CELL, (COLUMN - LEFT) / length)
    height = 36.0
    left = LEFT + (COLUMN - LEFT - cell * length) / 2
    canvas = Canvas(COLUMN, TOP + 36 + height * len(matrix) + 48)
    xs = [left + cell * (i + 0.5) for i in range(length)]
    tops = [left + cell * (at + 0.5) for at in units]
    for sign, role in ((1, "positive"), (-1, "negative")):
        strokes = [
            [(tops[r], UNIT_Y + 16), (xs[c], INPUT_Y - 16)]
            for r, row in enumerate(matrix)
            for c, weight in enumerate(row)
            if weight is not None and sign * weight > 0
        ]
        canvas.lines(strokes, role, width=1.25, dashed=sign < 0)
    for n, x in enumerate(tops):
        canvas.square(x, UNIT_Y, 30, fill="paper", edge="output")
        canvas.formula(x, UNIT_Y, f"h_{n + 1}", "output", size=SMALL)
    for i, x in enumerate(xs):
        canvas.circle(x, INPUT_Y, 16, fill="paper", edge="input")
        canvas.formula(x, INPUT_Y, f"x_{i + 1}", "input", size=SMALL)
    for r, row in enumerate(matrix):
        y = TOP + 8 + height * (r + 0.5)
        canvas.formula(left - 16, y, f"h_{r + 1}", "output", size=SMALL, anchor="end")
        draw_row(canvas, row, xs, y, cell, height)
    bottom = TOP + 8 + height * len(matrix)
    canvas.text(COLUMN / 2, bottom + 24, title)
    canvas.text(COLUMN / 2, bottom + 48, facts, "muted", size=SMALL)
    return canvas.figure


def draw_row(
    canvas: Canvas,
    row: Sequence[float | None],
    xs: Sequence[float],
    y: float,
    cell: float,
    height: float,
    *,
    empty: bool = True,
) -> None:
    """Draw one row of the matrix: amber where positive, violet where negative, else empty.

    Where `empty` is false, the places without a weight are left to the caller.
    """
    for x, weight in zip(xs, row, strict=True):
        box = (x - cell / 2 + 1.5, y - height / 2 + 1.5, cell - 3, height - 3)
        if weight is None:
            if empty:
                canvas.box(*box, edge="grid", line=0.75, radius=2)
            continue
        role, strength = canvas.palette.signed(weight, 1)
        canvas.box(*box, fill=role, alpha=0.08 + (STRENGTH - 0.08) * strength, radius=2)
        canvas.text(x, y, number(weight), size=SMALL, within=cell - 5)
