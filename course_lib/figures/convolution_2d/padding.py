"""Zero padding: a frame of zeros, so that the window finds neighbours at every pixel."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.convolution_2d.grids import (
    Rows,
    check_rows,
    check_whole,
    convolved,
    spelt,
)
from course_lib.figures.language import input_value, output_value, padded_value
from course_lib.figures.numbers import counted, number
from course_lib.figures.registry import figure

FLAT = ((3, 3, 3, 3), (3, 3, 3, 3), (3, 3, 3, 3), (3, 3, 3, 3))
MEAN = tuple((1 / 9,) * 3 for _ in range(3))
PITCH = 38.0
TOP = 32.0


def _checked(image: Rows, row: int, column: int) -> tuple[list[list[float]], int]:
    """Return the output, and how many zeros the window reads."""
    check_rows("image", image, 3, 4)
    check_whole("row", row, 1, len(image))
    check_whole("column", column, 1, len(image))
    size = len(image)
    rows, columns = (sum(1 <= at + k <= size for k in (-1, 0, 1)) for at in (row, column))
    return convolved(image, MEAN, "zeros"), 9 - rows * columns


def _alt(image: Rows, row: int, column: int) -> str:
    output, zeros = _checked(image, row, column)
    size = len(image)
    return (
        f"On the left {size} by {size} inputs, {spelt(image)}, in a dashed frame of zeros that is "
        f"one wide: {size + 2} by {size + 2} in all. A window of three by three stands on row "
        f"{row}, column {column} and reads {counted(zeros, 'zero')} of the frame. On the right the "
        f"mean of nine, as large as the input: {spelt(output)}. The output of the window is "
        f"{number(output[row - 1][column - 1])}."
    )


@figure(
    "convolution-2d/zero-padding",
    title="A frame of zeros gives every pixel its neighbours",
    slide="2D Convolution with Zero Padding",
    alt=_alt,
)
def zero_padding(image: Rows = FLAT, row: int = 1, column: int = 1) -> Figure:
    """Draw an image in its frame of zeros, a window, and the mean of nine.

    Parameters
    ----------
    image : rows of numbers, 3 or 4 of as many
    row, column : int
        The output that the window belongs to, counted from 1.
    """
    output, _ = _checked(image, row, column)
    size = len(image)
    wide = PITCH * (size + 2)
    canvas = Canvas(COLUMN, TOP + wide)
    canvas.formula(0, 14, "input {input:x}, padded", "muted", size=SMALL, anchor="start")
    left, top = PITCH * (column - 1), TOP + PITCH * (row - 1)
    canvas.box(left + 1, top + 1, 3 * PITCH - 2, 3 * PITCH - 2, fill="window", edge="kernel")
    for r in range(-1, size + 1):
        for c in range(-1, size + 1):
            x, y = PITCH * (c + 1.5), TOP + PITCH * (r + 1.5)
            if 0 <= r < size and 0 <= c < size:
                here = abs(r + 1 - row) <= 1 and abs(c + 1 - column) <= 1
                input_value(canvas, x, y, image[r][c], read=here)
            else:
                padded_value(canvas, x, y, 0)
    side = COLUMN - PITCH * size
    canvas.formula(side, TOP + PITCH - 16, "output {output:z}", "muted", size=SMALL, anchor="start")
    middle = TOP + wide / 2
    canvas.arrow((wide + 6, middle), (side - 4, middle))
    for r, line in enumerate(output):
        for c, value in enumerate(line):
            state = "current" if (r + 1, c + 1) == (row, column) else "plain"
            x, y = side + PITCH * (c + 0.5), TOP + PITCH * (r + 1.5)
            output_value(canvas, x, y, round(value, 1), state)  # type: ignore[arg-type]
    return canvas.figure
