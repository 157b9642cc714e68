"""Three ways to make an image smaller: every other value, the largest of a window, the mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, Canvas
from course_lib.figures.convolution_2d.grids import spelt
from course_lib.figures.numbers import number
from course_lib.figures.registry import figure
from course_lib.figures.resampling.grids import (
    PITCH,
    TOP,
    Rows,
    check_image,
    check_place,
    frame,
    inputs,
    label,
    outputs,
    through,
)

if TYPE_CHECKING:
    from torch import Tensor

IMAGE = (
    (1, 3, 5, 3, 6, 2),
    (6, 2, 0, 8, 4, 8),
    (1, 4, 6, 2, 2, 0),
    (2, 9, 3, 7, 5, 5),
    (0, 8, 4, 3, 2, 3),
    (3, 1, 7, 6, 9, 4),
)
SIZES = (4, 6)


def _made(way: str, image: Rows, row: int, column: int) -> list[list[float]]:
    from course_lib.convolution import max_pool2d, mean_pool2d, subsample2d

    check_image(image, SIZES)
    for name, place in (("row", row), ("column", column)):
        check_place(name, place, len(image) // 2)

    def make(x: Tensor) -> Tensor:
        if way == "every other":
            return subsample2d(x)
        return max_pool2d(x, 2).values if way == "max" else mean_pool2d(x, 2)

    return through(make, image)


def _window(image: Rows, row: int, column: int) -> list[float]:
    r, c = 2 * row - 2, 2 * column - 2
    return [image[r][c], image[r][c + 1], image[r + 1][c], image[r + 1][c + 1]]


def _alt(way: str, how: str, image: Rows, row: int, column: int) -> str:
    made = _made(way, image, row, column)
    size = len(image)
    read = ", ".join(map(number, _window(image, row, column)))
    return (
        f"On the left {size} by {size} inputs, {spelt(image)}. {how} On the right the "
        f"{size // 2} by {size // 2} outputs: {spelt(made)}. The output in row {row}, column "
        f"{column} belongs to the window {read} and is {number(made[row - 1][column - 1])}."
    )


def _draw(way: str, image: Rows, row: int, column: int) -> Figure:
    made = _made(way, image, row, column)
    size = len(image)
    wide = PITCH * size
    canvas = Canvas(COLUMN, TOP + wide + 48)
    side = COLUMN - PITCH * size / 2
    label(canvas, 0, "input {input:x}")
    middle = TOP + wide / 2
    upper = middle - PITCH * size / 4
    canvas.formula(side, upper - 16, "output {output:z}", "muted", size=14, anchor="start")
    single = way == "every other"
    if single:
        frame(canvas, PITCH * 2 * (column - 1), TOP + PITCH * 2 * (row - 1), 1, 1)
    else:
        frame(canvas, PITCH * 2 * (column - 1), TOP + PITCH * 2 * (row - 1), 2, 2)
        cuts = [PITCH * 2 * n for n in range(1, size // 2)]
        canvas.lines([[(0, TOP + cut), (wide, TOP + cut)] for cut in cuts], "kernel", alpha=0.6)
        canvas.lines([[(cut, TOP), (cut, TOP + wide)] for cut in cuts], "kernel", alpha=0.6)

    def read(r: int, c: int) -> bool:
        return r % 2 == c % 2 == 0 if single else (r // 2, c // 2) == (row - 1, column - 1)

    inputs(canvas, image, 0, TOP, read)
    canvas.arrow((wide + 12, middle), (side - 12, middle))
    outputs(canvas, made, side, upper, (row - 1, column - 1))
    values = [f"{{input:{number(value)}}}" for value in _window(image, row, column)]
    words = {
        "every other": f"{{input:x_{{{2 * row - 1},{2 * column - 1}}}}}",
        "max": f"max({', '.join(values)})",
        "mean": f"({' + '.join(values)}) / 4",
    }[way]
    total = f"{{output:{number(made[row - 1][column - 1])}}}"
    line = f"{{output:z_{{{row},{column}}}}} = {words} = {total}"
    canvas.formula(0, TOP + wide + 30, line, anchor="start", size=17)
    return canvas.figure


def _every_alt(image: Rows, row: int, column: int) -> str:
    how = "Every second value of every second row is kept, the others are skipped."
    return _alt("every other", how, image, row, column)


@figure(
    "resampling/every-other",
    title="Downsampling: every other position",
    slide="Downsampling",
    alt=_every_alt,
)
def every_other(image: Rows = IMAGE, row: int = 2, column: int = 2) -> Figure:
    """Draw which values stay where every second row and column is kept.

    Parameters
    ----------
    image : rows of numbers, 4 or 6 of as many
    row, column : int
        The output that is marked, counted from 1.
    """
    return _draw("every other", image, row, column)


def _max_alt(image: Rows, row: int, column: int) -> str:
    how = "It is cut into windows of two by two, and of each the largest value is kept."
    return _alt("max", how, image, row, column)


@figure(
    "resampling/max-pooling",
    title="Downsampling: max pooling",
    slide="Downsampling",
    alt=_max_alt,
)
def max_pooling(image: Rows = IMAGE, row: int = 2, column: int = 2) -> Figure:
    """Draw the largest value of each window of two by two.

    Parameters
    ----------
    image : rows of numbers, 4 or 6 of as many
    row, column : int
        The output that is marked, counted from 1.
    """
    return _draw("max", image, row, column)


def _mean_alt(image: Rows, row: int, column: int) -> str:
    how = "It is cut into windows of two by two, and each is replaced by its mean."
    return _alt("mean", how, image, row, column)


@figure(
    "resampling/mean-pooling",
    title="Downsampling: mean pooling",
    slide="Downsampling",
    alt=_mean_alt,
)
def mean_pooling(image: Rows = IMAGE, row: int = 2, column: int = 2) -> Figure:
    """Draw the mean of each window of two by two.

    Parameters
    ----------
    image : rows of numbers, 4 or 6 of as many
    row, column : int
        The output that is marked, counted from 1.
    """
    return _draw("mean", image, row, column)
