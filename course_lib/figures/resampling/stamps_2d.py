"""Transposed convolution of an image: each pixel stamps a multiple of the kernel."""

from __future__ import annotations

from itertools import product

from course_lib.figures.animation import animation
from course_lib.figures.canvas import Canvas
from course_lib.figures.convolution_2d.grids import grid_name, kernel_between, room_between, spelt
from course_lib.figures.film import Film, Frame
from course_lib.figures.language import State, input_value, output_value
from course_lib.figures.numbers import number
from course_lib.figures.resampling.grids import PITCH, Place, Rows
from course_lib.figures.resampling.stamps import check, factor, stamped, sums_of

TOP = 32.0
BELOW = 40.0  # room for the sentence


def _alt(image: Rows, kernel: Rows, stride: int) -> str:
    length = check(image, kernel, stride, 3, 7)
    return (
        f"Each of the {len(image)} by {len(image)} inputs {spelt(image)} multiplies the kernel "
        f"{spelt(kernel)} and adds it to a window of the {length} by {length} outputs, {stride} "
        f"further on than the input before."
    )


@animation(
    "resampling/transposed-2d-animation",
    title="A transposed convolution of an image, stamp by stamp",
    slide="Transposed convolution",
    alt=_alt,
    seconds=2.5,
)
def transposed_2d_animation(
    image: Rows = ((1, 3), (2, 4)),
    kernel: Rows = ((1, 2, 1), (2, 4, 2), (1, 2, 1)),
    stride: int = 2,
) -> Film:
    """Stamp the kernel onto the output, once for each pixel, and add.

    Parameters
    ----------
    image : rows of numbers, 2 or 3 of as many
    kernel : rows of numbers, at most 3 of as many
    stride : int, 1 to 4
        How far a stamp stands from the next, across and down.
    """
    length = check(image, kernel, stride, 3, 7)
    for name, rows in (("image", image), ("kernel", kernel)):
        if any(len(row) != len(rows) for row in rows):
            raise ValueError(f"{name}={list(rows)}: expected rows of as many numbers")
    places = list(product(range(len(image)), range(len(image))))

    def frame(place: Place) -> Frame:
        sums = sums_of(image, kernel, stride, places.index(place) + 1)
        down, across = (stamped(n, kernel, stride) for n in place)
        value = image[place[0]][place[1]]
        says = (
            f"input {number(value)} adds {number(value)} times the kernel, from row {down[0] + 1}, "
            f"column {across[0] + 1}; in its window now "
            f"{spelt([[sums[r][c] for c in across] for r in down])}"
        )
        return Frame(lambda canvas: _draw(canvas, image, kernel, stride, place, sums), says)

    width = PITCH * (len(image) + length) + room_between(kernel)
    return Film(width, TOP + PITCH * length + BELOW, tuple(map(frame, places)))


def _draw(canvas: Canvas, image: Rows, kernel: Rows, stride: int, place: Place, sums: Rows) -> None:
    """Draw the image, the kernel, and the sums so far with the window of one pixel's stamp."""
    size, length = len(image), len(sums)
    middle = TOP + PITCH * length / 2
    left = PITCH * size + room_between(kernel)
    grid_name(canvas, 0, middle - PITCH * size / 2, "input {input:x}")
    for r, c in product(range(size), repeat=2):
        x, y = PITCH * (c + 0.5), middle + PITCH * (r + 0.5 - size / 2)
        input_value(canvas, x, y, image[r][c], read=(r, c) == place)
    kernel_between(canvas, kernel, PITCH * size, left, middle)
    grid_name(canvas, left, TOP, "output {output:z}")
    down, across = (stamped(n, kernel, stride) for n in place)
    done = [
        (r, c)
        for row, column in product(range(size), repeat=2)
        if (row, column) <= place
        for r in stamped(row, kernel, stride)
        for c in stamped(column, kernel, stride)
    ]
    side = PITCH * len(kernel) - 2
    corner = (left + PITCH * across[0] + 1, TOP + PITCH * down[0] + 1)
    canvas.box(*corner, side, side, fill="window", edge="kernel")
    for r, c in product(range(length), repeat=2):
        x, y = left + PITCH * (c + 0.5), TOP + PITCH * (r + 0.5)
        here = r in down and c in across
        state: State = "current" if here else "plain" if (r, c) in done else "faint"
        output_value(canvas, x, y, sums[r][c], state)
    value = factor(image[place[0]][place[1]])
    words = f"{{input:{value}}}·{{kernel-text:ω}} added to the {{output:outputs}} in the window"
    canvas.formula(canvas.width / 2, TOP + PITCH * length + BELOW - 12, words)
