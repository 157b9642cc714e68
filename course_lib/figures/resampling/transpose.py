"""A convolution as a matrix, and the same matrix on its side."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.figures.canvas import SMALL, Canvas
from course_lib.figures.language import input_value, output_value
from course_lib.figures.numbers import bracketed, listed
from course_lib.figures.numbers import weights as weight_words
from course_lib.figures.registry import figure

Numbers = Sequence[float]

SIGNAL = (1, 2, 3, 4, 3, 2, 1)
KERNEL = (1, 2, 1)
ROW = 36.0  # of a value
CELL = 30.0  # across, of an entry
TOP = 36.0
STRENGTH = 0.4


def _products(
    signal: Numbers, kernel: Numbers, stride: int
) -> tuple[list[list[float]], list[float], list[float]]:
    """Return the matrix, what it makes of the signal, and what its transpose makes of that."""
    import torch

    from course_lib.convolution import convolution_matrix1d

    for name, value, most in (
        ("signal", len(signal), 8),
        ("kernel", len(kernel), 5),
        ("stride", stride, 4),
    ):
        if not 1 <= value <= most:
            raise ValueError(f"{name}: expected 1 to {most}, got {value}")
    if len(kernel) > len(signal):
        raise ValueError(f"kernel has {len(kernel)} weights: expected at most {len(signal)}")
    weight = torch.tensor(kernel, dtype=torch.float64)[None, None]
    matrix = convolution_matrix1d(weight, len(signal), stride=stride, padding="valid")
    x = torch.tensor(signal, dtype=torch.float64)
    y = matrix @ x
    return matrix.tolist(), y.tolist(), (matrix.T @ y).tolist()


def _alt(signal: Numbers, kernel: Numbers, stride: int) -> str:
    matrix, y, z = _products(signal, kernel, stride)
    return (
        f"Above, y = A x: the matrix A has {len(matrix)} rows of {len(signal)}, each with the "
        f"weights {bracketed(kernel)}, {stride} further right than in the row above. It makes "
        f"{listed(y)} of {listed(signal)}. Below, z = A transposed times y: the same matrix on "
        f"its side, {len(signal)} rows of {len(matrix)}, with the kernel in each column. It makes "
        f"{listed(z)} of y: as many values as x has, but other ones."
    )


@figure(
    "resampling/transpose",
    title="The matrix of a convolution, and its transpose",
    slide="Transposed convolutions",
    alt=_alt,
)
def transpose(signal: Numbers = SIGNAL, kernel: Numbers = KERNEL, stride: int = 2) -> Figure:
    """Draw y = A x and z = A' y with every entry.

    Parameters
    ----------
    signal : sequence of float, at most 8
    kernel : sequence of float, at most 5
    stride : int, 1 to 4
    """
    matrix, y, z = _products(signal, kernel, stride)
    length, count = len(signal), len(y)
    tall = ROW * max(length, count)
    wide = 88 + CELL * max(length, count) + 56
    canvas = Canvas(wide, 2 * (TOP + tall) + 24)
    _product(canvas, 0, ("{output:y}", "{kernel-text:A}", "{input:x}"), y, matrix, signal)
    below = TOP + tall + 24
    turned = [list(column) for column in zip(*matrix, strict=True)]
    _product(canvas, below, ("{output:z}", "{kernel-text:Aᵀ}", "{input:y}"), z, turned, y)
    return canvas.figure


def _product(
    canvas: Canvas,
    top: float,
    names: tuple[str, str, str],
    result: Numbers,
    matrix: Sequence[Numbers],
    factor: Numbers,
) -> None:
    """Draw a product of a matrix and a vector."""
    left = 80.0
    right = left + CELL * len(factor) + 30
    tall = ROW * max(len(result), len(factor))
    middle = top + TOP + tall / 2
    for x, name in ((20.0, names[0]), ((left + right - 30) / 2, names[1]), (right, names[2])):
        canvas.formula(x, top + 14, name, size=18)
    canvas.text(54, middle, "=", size=18)
    first = middle - ROW * len(result) / 2
    largest = max([abs(value) for row in matrix for value in row] + [1e-9])
    for n, row in enumerate(matrix):
        y = first + ROW * (n + 0.5)
        for j, (value, words) in enumerate(zip(row, weight_words(row), strict=True)):
            x = left + CELL * (j + 0.5)
            corner = (x - CELL / 2 + 1, y - ROW / 2 + 1)
            if value == 0:
                canvas.box(*corner, CELL - 2, ROW - 2, edge="grid", line=1.0, radius=2)
                continue
            role, strength = canvas.palette.signed(value, largest)
            alpha = 0.1 + (STRENGTH - 0.1) * strength
            canvas.box(*corner, CELL - 2, ROW - 2, fill=role, alpha=alpha, radius=2)
            canvas.text(x, y, words, size=SMALL, within=CELL - 4)
        output_value(canvas, 20, y, result[n])
    for i, value in enumerate(factor):
        input_value(canvas, right, middle + ROW * (i + 0.5 - len(factor) / 2), value)
