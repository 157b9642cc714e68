"""Influence compounds: each layer widens what a unit sees."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.numbers import counted
from course_lib.figures.receptive_fields.stack import (
    Stack,
    bracket,
    draw,
    listed_sizes,
    row_names,
)
from course_lib.figures.registry import figure

GUTTER = 64.0
DROP = 72.0
STEP = 32.0  # from bracket to bracket, pixels


def _alt(
    kernel_sizes: tuple[int, ...],
    strides: tuple[int, ...],
    dilations: tuple[int, ...],
    length: int,
) -> str:
    return cone_alt(Stack(kernel_sizes, strides, dilations, length))


def cone_alt(stack: Stack) -> str:
    """Return the alternative text of what `cone` draws."""
    read = sorted(stack.read[0])
    return (
        f"{stack.length} inputs in a row and below them "
        f"{counted(len(stack.windows), 'layer')} of units, each "
        f"standing under the middle of what it reads. From unit {stack.unit + 1} of the last layer "
        f"lines lead up through the layers to {len(read)} inputs, {read[0] + 1} to {read[-1] + 1}. "
        f"Brackets over the inputs show the receptive field after each layer: "
        f"{listed_sizes(stack.sizes)}."
    )


@figure(
    "receptive-fields/compound",
    title="Influence compounds from layer to layer",
    slide="Receptive fields",
    alt=_alt,
)
def compound(
    kernel_sizes: tuple[int, ...] = (3, 3, 3),
    strides: tuple[int, ...] = (1, 1, 1),
    dilations: tuple[int, ...] = (1, 1, 1),
    length: int = 11,
) -> Figure:
    """Draw a stack, the cone of what one unit reads, and its field after each layer.

    Parameters
    ----------
    kernel_sizes, strides, dilations : sequence of int
        One number a layer, for at most 4 layers without padding.
    length : int
        Number of inputs, at most 31.
    """
    return cone(Stack(kernel_sizes, strides, dilations, length))


def cone(stack: Stack) -> Figure:
    """Draw a stack, the cone of what its middle unit reads, and the field after each layer."""
    length = stack.length
    count = len(stack.windows)
    pitch = (COLUMN - GUTTER) / length
    left = GUTTER + pitch / 2
    top = STEP * count + 40
    canvas = Canvas(COLUMN, top + DROP * count + 56)
    middle = left + pitch * stack.place(count, stack.unit)
    for row, size in enumerate(stack.sizes, start=1):
        half = pitch * (size - 1) / 2 + 0.4 * pitch
        y = STEP * (row - 1) + 24
        words = f"layer {row} sees {size}" if row == count else str(size)
        bracket(canvas, middle - half, middle + half, top - 24 - (y - 24), words)
    draw(canvas, stack, left, top, pitch, DROP)
    row_names(canvas, stack, top, DROP)
    terms, jump = ["1"], 1
    for window in stack.windows:
        terms.append(str(window.dilation * (window.kernel_size - 1) * jump))
        jump *= window.stride
    words = f"{' + '.join(terms)} = {stack.sizes[-1]} inputs"
    canvas.text(middle, top + DROP * count + 36, words, "text", size=SMALL)
    return canvas.figure
