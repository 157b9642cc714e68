"""One image and one kernel, drawn at one position after another."""

from __future__ import annotations

from itertools import product

from course_lib.convolution import Tap, output_length, source_index, taps
from course_lib.figures.canvas import Canvas
from course_lib.figures.convolution_2d.grids import (
    Rows,
    check_rows,
    grid_name,
    kernel_between,
    room_between,
    spelt,
)
from course_lib.figures.language import State, input_value, output_value, padded_value
from course_lib.figures.numbers import MINUS, number

PITCH = 38.0
TOP = 32.0
BELOW = 40.0  # room for the sum
LONGEST = 48  # characters of products that there is room for
Place = tuple[int, int]


class Steps:
    """The outputs of a convolution in two dimensions, one by one.

    Parameters
    ----------
    image : rows of numbers, 2 to 7 of as many
    kernel : rows of numbers, 2 or 3 of as many
    stride, dilation : int
        The convolution's, the same down and across.
    padding : str
        What stands beyond the edges.
    """

    def __init__(
        self, image: Rows, kernel: Rows, *, stride: int = 1, dilation: int = 1, padding: str
    ) -> None:
        check_rows("image", image, 2, 7)
        check_rows("kernel", kernel, 2, 3)
        self.image, self.kernel, self.padding = image, kernel, padding
        length, size = len(image), len(kernel)
        settings = {"stride": stride, "dilation": dilation}
        count = output_length(length, size, padding=padding, **settings)
        self._taps = [taps(n, length, size, padding=padding, **settings) for n in range(count)]
        self.output = _convolved(image, kernel, stride, dilation, padding)
        at = [tap.at for line in self._taps for tap in line]
        self._places = range(min([0, *at]), max([length - 1, *at]) + 1)
        self.outputs: list[Place] = list(product(range(count), range(count)))
        self.width = PITCH * (len(self._places) + count) + room_between(kernel)
        self.height = TOP + PITCH * max(len(self._places), count) + BELOW

    def sentence(self, place: Place) -> str:
        """Say what happens at an output, counted from 0."""
        row, column = place
        beyond = sum(not self._inside(r, c) for r, c in self._read(place))
        padded = f", {beyond} of them padding," if beyond else ""
        return (
            f"row {row + 1}, column {column + 1}: reads {spelt(self._window(place))}{padded} "
            f"and gives {number(self.output[row][column])}"
        )

    def draw(self, canvas: Canvas, place: Place) -> None:
        """Draw an output, counted from 0, with what it reads and the outputs before it."""
        size, count = len(self._places), len(self._taps)
        middle = TOP + PITCH * max(size, count) / 2
        top, left = middle - PITCH * size / 2, PITCH * size + room_between(self.kernel)
        grid_name(canvas, 0, top, "input {input:x}")
        self._inputs(canvas, place, top)
        kernel_between(canvas, self.kernel, PITCH * size, left, middle)
        top = middle - PITCH * count / 2
        grid_name(canvas, left, top, "output {output:z}")
        now = self.outputs.index(place)
        for n, (r, c) in enumerate(self.outputs):
            state: State = "current" if n == now else "plain" if n < now else "faint"
            x, y = left + PITCH * (c + 0.5), top + PITCH * (r + 0.5)
            output_value(canvas, x, y, self.output[r][c], state)
        canvas.formula(self.width / 2, self.height - 12, self._sum(place))

    def _inputs(self, canvas: Canvas, place: Place, top: float) -> None:
        """Draw the image, what stands beyond its edges, and the window."""

        def at(row: float, column: float) -> tuple[float, float]:
            first = self._places[0]
            return PITCH * (column - first + 0.5), top + PITCH * (row - first + 0.5)

        read = self._read(place)
        (x0, y0), (x1, y1) = at(*read[0]), at(*read[-1])
        half = PITCH / 2 - 1
        # The cells between the taps of a dilated kernel lie within its reach, but are not read.
        dense = read[-1][0] - read[0][0] == len(self.kernel) - 1
        corner, sides = (x0 - half, y0 - half), (x1 - x0 + 2 * half, y1 - y0 + 2 * half)
        canvas.box(*corner, *sides, fill="window" if dense else None, edge="kernel")
        for r, c in [] if dense else read:
            x, y = at(r, c)
            left, upper, side = x - half + 2, y - half + 2, PITCH - 6
            canvas.box(left, upper, side, side, fill="window", edge="kernel", line=1, radius=4)
        for r, c in product(self._places, repeat=2):
            if self._inside(r, c):
                input_value(canvas, *at(r, c), self.image[r][c], read=(r, c) in read)
            else:
                padded_value(canvas, *at(r, c), self._value(r, c))

    def _sum(self, place: Place) -> str:
        """Write the products and their sum, or the sum alone where there is no room."""
        row, column = place
        values = [value for line in self._window(place) for value in line]
        weights = [weight for line in self.kernel for weight in line]
        said = [number(w * x) for w, x in zip(weights, values, strict=True)]
        words = "".join(f" {MINUS} {s[1:]}" if s[0] == MINUS else f" + {s}" for s in said)
        words = words.removeprefix(" + ") if said[0][0] != MINUS else MINUS + words[3:]
        total = f"{{output:{number(self.output[row][column])}}}"
        start = f"{{output:z_{{{row + 1},{column + 1}}}}} = "
        return f"{start}{words} = {total}" if len(words) <= LONGEST else f"{start}{total}"

    def _read(self, place: Place) -> list[Place]:
        rows, columns = (self._taps[n] for n in place)
        return [(r.at, c.at) for r in rows for c in columns]

    def _window(self, place: Place) -> list[list[float]]:
        rows, columns = (self._taps[n] for n in place)
        return [[self._sourced(r, c) for c in columns] for r in rows]

    def _sourced(self, row: Tap, column: Tap) -> float:
        beyond = row.source is None or column.source is None
        return 0.0 if beyond else self.image[row.source][column.source]  # type: ignore[index]

    def _inside(self, row: int, column: int) -> bool:
        inside = range(len(self.image))
        return row in inside and column in inside

    def _value(self, row: int, column: int) -> float:
        """Return what stands at a place, beyond the edges too."""
        size = len(self.image)
        sources = (Tap(at, source_index(at, size, self.padding)) for at in (row, column))
        return self._sourced(*sources)


def _convolved(
    image: Rows, kernel: Rows, stride: int, dilation: int, padding: str
) -> list[list[float]]:
    import torch

    from course_lib.convolution import convolve2d

    x, w = (torch.tensor(rows, dtype=torch.float64)[None, None] for rows in (image, kernel))
    made = convolve2d(x, w, stride=stride, dilation=dilation, padding=padding)
    output: list[list[float]] = made[0, 0].tolist()
    return output
