"""The first figure: an output is a weighted sum of nine neighbours."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.convolution_2d.grids import (
    IMAGE,
    SOBEL_X,
    Rows,
    check_rows,
    check_whole,
    convolved,
    kernel_grid,
    spelt,
)
from course_lib.figures.language import input_value, output_value
from course_lib.figures.numbers import MINUS, number, weights
from course_lib.figures.registry import figure

PITCH = 38.0
TOP = 32.0
LEFT = 272.0  # of the kernel
FORMULA = "{output:z_{i,j}} = Σ_m Σ_n {kernel-text:ω_{m,n}} {input:x_{i+m−2, j+n−2}}"


def _window(image: Rows, kernel: Rows, row: int, column: int) -> tuple[Rows, float]:
    """Return the nine values round a pixel, counted from 1, and their weighted sum."""
    check_rows("image", image, 3, 5)
    check_rows("kernel", kernel, 3, 3)
    check_whole("row", row, 2, len(image) - 1)
    check_whole("column", column, 2, len(image) - 1)
    patch = [line[column - 2 : column + 1] for line in image[row - 2 : row + 1]]
    return patch, convolved(image, kernel, "zeros")[row - 1][column - 1]


def _alt(image: Rows, kernel: Rows, row: int, column: int) -> str:
    patch, total = _window(image, kernel, row, column)
    rows = "; ".join(", ".join(weights(line)) for line in kernel)
    return (
        f"A grid of {len(image)} by {len(image)} inputs. A window holds nine of them, row by row "
        f"{spelt(patch)}. Beside it stands the kernel, {rows}. Each input is multiplied "
        f"by the weight at its place, and the nine products add up to the output in row {row}, "
        f"column {column}: {number(total)}."
    )


@figure(
    "convolution-2d/weighted-sum",
    title="An output is a weighted sum of nine neighbours",
    slide="2D Convolution",
    alt=_alt,
)
def weighted_sum(
    image: Rows = IMAGE, kernel: Rows = SOBEL_X, row: int = 3, column: int = 3
) -> Figure:
    """Draw one output as the weighted sum of nine inputs.

    Parameters
    ----------
    image : rows of numbers, 3 to 5 of as many
    kernel : rows of numbers, 3 of 3
    row, column : int
        The output, counted from 1; not at the edge.
    """
    patch, total = _window(image, kernel, row, column)
    size = len(image)
    canvas = Canvas(COLUMN, TOP + PITCH * size + 176)
    canvas.formula(0, 14, "input {input:x}", "muted", size=SMALL, anchor="start")
    canvas.formula(LEFT, 14, "kernel {kernel-text:ω}", "muted", size=SMALL, anchor="start")
    left, top = PITCH * (column - 2), TOP + PITCH * (row - 2)
    canvas.box(left + 1, top + 1, 3 * PITCH - 2, 3 * PITCH - 2, fill="window", edge="kernel")
    for r, line in enumerate(image):
        for c, value in enumerate(line):
            here = abs(r + 1 - row) <= 1 and abs(c + 1 - column) <= 1
            y = TOP + PITCH * (r + 0.5)
            input_value(canvas, PITCH * (c + 0.5), y, value, read=here)
    upper = TOP + PITCH * (size - 3) / 2
    kernel_grid(canvas, kernel, LEFT, upper, PITCH)
    middle = upper + 1.5 * PITCH
    canvas.arrow((PITCH * size + 16, middle), (LEFT - 16, middle))
    below = TOP + PITCH * size + 24
    canvas.formula(COLUMN / 2, below, FORMULA, size=18)
    for m, (ws, xs) in enumerate(zip(kernel, patch, strict=True)):
        terms = [
            f"{{kernel-text:{_bracketed(w)}}}·{{input:{_bracketed(number(x))}}}"
            for w, x in zip(weights(ws), xs, strict=True)
        ]
        start = "= " if m == 0 else "+ "
        canvas.formula(96, below + 40 + 28 * m, start + " + ".join(terms), anchor="start")
    canvas.formula(96, below + 136, "=", anchor="start")
    output_value(canvas, 136, below + 136, total, "current")
    canvas.formula(164, below + 136, f"z_{{{row},{column}}}", "output", anchor="start")
    return canvas.figure


def _bracketed(words: str) -> str:
    return f"({words})" if words.startswith(MINUS) else words
