"""A stack of layers as rows of dots, with what one unit reads: shared by this chapter's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from course_lib.convolution import (
    ReceptiveField,
    Window,
    chain_lengths,
    receptive_fields,
    units_read,
)
from course_lib.figures.canvas import SMALL, Canvas, Point

LONGEST = 31  # inputs that there is room to draw


@dataclass(frozen=True)
class Stack:
    """Layers above an input of a length, without padding, and the middle unit of the last."""

    kernel_sizes: tuple[int, ...]
    strides: tuple[int, ...]
    dilations: tuple[int, ...]
    length: int

    def __post_init__(self) -> None:
        """Raise a ValueError where there is no such stack, or no room to draw it."""
        counts = {len(self.kernel_sizes), len(self.strides), len(self.dilations)}
        if len(counts) > 1 or not 1 <= len(self.kernel_sizes) <= 4:
            raise ValueError(
                f"kernel_sizes={self.kernel_sizes}, strides={self.strides}, "
                f"dilations={self.dilations}: expected one number a layer, for 1 to 4 layers"
            )
        if self.length > LONGEST:
            raise ValueError(f"length={self.length}: expected at most {LONGEST}")
        chain_lengths(self.windows, self.length)

    @cached_property
    def windows(self) -> list[Window]:
        """The layers."""
        settings = zip(self.kernel_sizes, self.strides, self.dilations, strict=True)
        return [Window(size, stride, dilation) for size, stride, dilation in settings]

    @cached_property
    def lengths(self) -> list[int]:
        """The number of units of each row, from the input."""
        return chain_lengths(self.windows, self.length)

    @cached_property
    def fields(self) -> list[ReceptiveField]:
        """The receptive field of each layer."""
        return receptive_fields(self.windows)

    @property
    def sizes(self) -> list[int]:
        """The size of each layer's field."""
        return [field.size for field in self.fields]

    @property
    def unit(self) -> int:
        """The middle unit of the last layer."""
        return (self.lengths[-1] - 1) // 2

    @cached_property
    def read(self) -> list[frozenset[int]]:
        """The units of each row that the unit reads, itself included."""
        rows = list(units_read(self.windows, self.unit, self.length))
        return rows if len(rows) == len(self.lengths) else [*rows, frozenset({self.unit})]

    def place(self, row: int, unit: int) -> float:
        """Return where a unit stands, in inputs: above the middle of its field."""
        if row == 0:
            return float(unit)
        field = self.fields[row - 1]
        return field.start + unit * float(field.jump) + (field.size - 1) / 2


def draw(canvas: Canvas, stack: Stack, left: float, top: float, pitch: float, drop: float) -> None:
    """Draw the rows and who reads whom; the first input stands at `left`, the inputs on `top`."""
    radius = min(9.0, 0.36 * pitch)

    def at(row: int, unit: int) -> Point:
        return left + pitch * stack.place(row, unit), top + drop * row

    faint: list[list[Point]] = []
    read: list[list[Point]] = []
    for row, window in enumerate(stack.windows, start=1):
        for unit in range(stack.lengths[row]):
            strokes = [[at(row - 1, p), at(row, unit)] for p in window.reads(unit)]
            (read if unit in stack.read[row] else faint).extend(strokes)
    canvas.lines(faint, "grid")
    canvas.lines(read, "kernel", width=1.75)
    for row, count in enumerate(stack.lengths):
        for unit in range(count):
            x, y = at(row, unit)
            reads = unit in stack.read[row]
            if row == 0:
                canvas.circle(x, y, radius, fill="input" if reads else "paper", edge="input")
            elif row == len(stack.windows) and unit == stack.unit:
                canvas.square(x, y, 2 * radius, fill="output", edge="output")
            elif reads:
                canvas.square(x, y, 2 * radius - 2, fill="window", edge="kernel")
            else:
                canvas.square(x, y, 2 * radius - 4, fill="grid")


def bracket(
    canvas: Canvas, left: float, right: float, y: float, words: str, *, role: str = "kernel"
) -> None:
    """Draw a bracket over an interval, with words above it."""
    canvas.lines([[(left, y + 5), (left, y), (right, y), (right, y + 5)]], role)
    canvas.text((left + right) / 2, y - 11, words, "kernel-text", size=SMALL)


def row_names(canvas: Canvas, stack: Stack, top: float, drop: float) -> None:
    """Write beside each row what it is."""
    names = ["input", *(f"layer {n}" for n in range(1, len(stack.lengths)))]
    for row, name in enumerate(names):
        canvas.text(0, top + drop * row, name, "muted", size=SMALL, anchor="start")


def listed_sizes(sizes: Sequence[int]) -> str:
    """Write sizes layer by layer: ``3, 5, 7``."""
    return ", ".join(map(str, sizes))
