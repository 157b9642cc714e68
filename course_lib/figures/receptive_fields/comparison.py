"""Stride and dilation let the field grow faster than three at a time."""

from __future__ import annotations

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.receptive_fields.stack import Stack, draw, listed_sizes
from course_lib.figures.registry import figure

DROP = 38.0
PANEL = 208.0


def _stacks(kernel_size: int, stride: int, length: int) -> dict[str, Stack]:
    sizes = (kernel_size,) * 3
    doubled = (1, 2, 4)
    named = ", ".join(map(str, doubled))
    return {
        "stride 1, dilation 1": Stack(sizes, (1, 1, 1), (1, 1, 1), length),
        f"stride {stride} in each layer": Stack(sizes, (stride,) * 3, (1, 1, 1), length),
        f"dilations {named}": Stack(sizes, (1, 1, 1), doubled, length),
    }


def _alt(kernel_size: int, stride: int, length: int) -> str:
    said = "; ".join(
        f"with {name} the fields are {listed_sizes(stack.sizes)} and the last layer has "
        f"{stack.lengths[-1]} of {length} positions left"
        for name, stack in _stacks(kernel_size, stride, length).items()
    )
    return (
        f"Three stacks of three layers with kernel size {kernel_size} over {length} inputs: {said}."
    )


@figure(
    "receptive-fields/stride-and-dilation",
    title="Stride and dilation widen the field faster",
    slide="Receptive fields",
    alt=_alt,
)
def stride_and_dilation(kernel_size: int = 3, stride: int = 2, length: int = 15) -> Figure:
    """Draw three layers plain, with stride, and with dilations 1, 2 and 4.

    Parameters
    ----------
    kernel_size : int
        Of every layer.
    stride : int
        Of every layer of the second stack.
    length : int
        Number of inputs, at most 31.
    """
    stacks = _stacks(kernel_size, stride, length)
    pitch = COLUMN / length
    canvas = Canvas(COLUMN, PANEL * len(stacks) - 24)
    for n, (name, stack) in enumerate(stacks.items()):
        top = PANEL * n
        canvas.text(0, top + 12, name, "kernel-text", anchor="start")
        words = f"sees {listed_sizes(stack.sizes)}"
        canvas.text(COLUMN, top + 12, words, "output", size=SMALL, anchor="end")
        draw(canvas, stack, pitch / 2, top + 48, pitch, DROP)
    return canvas.figure
