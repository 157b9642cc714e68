"""The receptive field grows: one layer after another, and what its middle unit sees."""

from __future__ import annotations

from course_lib.figures.animation import animation
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.film import Film, Frame
from course_lib.figures.receptive_fields.compound import DROP, GUTTER, STEP
from course_lib.figures.receptive_fields.stack import (
    Stack,
    bracket,
    draw,
    listed_sizes,
    row_names,
)

Sizes = tuple[int, ...]


def _stacks(kernel_sizes: Sizes, strides: Sizes, dilations: Sizes, length: int) -> list[Stack]:
    """Return the first layer alone, the first two, and so on."""
    Stack(kernel_sizes, strides, dilations, length)  # says what is wrong with the whole
    return [
        Stack(kernel_sizes[:n], strides[:n], dilations[:n], length)
        for n in range(1, len(kernel_sizes) + 1)
    ]


def _says(stack: Stack) -> str:
    row = len(stack.windows)
    read = sorted(stack.read[0])
    return (
        f"unit {stack.unit + 1} of layer {row} sees inputs {read[0] + 1} to {read[-1] + 1}, "
        f"{stack.sizes[-1]} of them"
    )


def _alt(kernel_sizes: Sizes, strides: Sizes, dilations: Sizes, length: int) -> str:
    sizes = _stacks(kernel_sizes, strides, dilations, length)[-1].sizes
    return (
        f"{length} inputs in a row; below them appears one layer of units after another, and lines "
        f"lead from its middle unit up to what it sees. The receptive field grows: "
        f"{listed_sizes(sizes)}."
    )


@animation(
    "receptive-fields/growth-animation",
    title="The receptive field grows layer by layer",
    slide="Receptive fields",
    alt=_alt,
    seconds=2.5,
    columns=3,
)
def growth_animation(
    kernel_sizes: Sizes = (3, 3, 3),
    strides: Sizes = (1, 1, 1),
    dilations: Sizes = (1, 1, 1),
    length: int = 11,
) -> Film:
    """Add layer after layer, each with the cone of what its middle unit sees.

    Parameters
    ----------
    kernel_sizes, strides, dilations : sequence of int
        One number a layer, for 2 to 4 layers without padding.
    length : int
        Number of inputs, at most 31.
    """
    stacks = _stacks(kernel_sizes, strides, dilations, length)

    def frame(stack: Stack) -> Frame:
        return Frame(lambda canvas: _draw(canvas, stack, len(stacks)), _says(stack))

    height = STEP * len(stacks) + DROP * len(stacks) + 88
    return Film(COLUMN, height, tuple(map(frame, stacks)))


def _draw(canvas: Canvas, stack: Stack, count: int) -> None:
    """Draw a stack, with room for as many layers as there will be."""
    pitch = (COLUMN - GUTTER) / stack.length
    left, top = GUTTER + pitch / 2, STEP * count + 40
    draw(canvas, stack, left, top, pitch, DROP)
    row_names(canvas, stack, top, DROP)
    last = len(stack.windows)
    for row, size in enumerate(stack.sizes, start=1):
        middle = left + pitch * stack.place(row, _above(stack, row))
        half = pitch * (size - 1) / 2 + 0.4 * pitch
        # A later layer's bracket lies above an earlier one's, nearer the edge of the sheet.
        y = top - 24 - STEP * (row - 1)
        words = f"layer {row} sees {size}" if row == last else str(size)
        bracket(canvas, middle - half, middle + half, y, words)
    terms, jump = ["1"], 1
    for window in stack.windows:
        terms.append(str(window.dilation * (window.kernel_size - 1) * jump))
        jump *= window.stride
    place = left + pitch * stack.place(last, stack.unit)
    words = f"{' + '.join(terms)} = {stack.sizes[-1]} inputs"
    canvas.text(place, top + DROP * last + 32, words, size=SMALL)


def _above(stack: Stack, row: int) -> int:
    """Return the unit of a row in the middle of what the last row's unit reads."""
    read = sorted(stack.read[row])
    return read[len(read) // 2]
