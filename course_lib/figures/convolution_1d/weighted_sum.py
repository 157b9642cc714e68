"""The first figure: an output is a weighted sum of three neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.convolution import convolve_signal
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.convolution_1d.settings import (
    KERNEL,
    SIGNAL,
    check_kernel,
    check_position,
    check_room,
)
from course_lib.figures.language import equation, gather, input_value, output_value, window
from course_lib.figures.numbers import listed, number, weights
from course_lib.figures.registry import figure

PITCH = 56.0
FORMULA = "{output:z_i} = " + " + ".join(
    f"{{kernel-text:ω_{k}}} {{input:x_{{{i}}}}}" for k, i in ((1, "i−1"), (2, "i"), (3, "i+1"))
)


def _inside(
    signal: Sequence[float], kernel: Sequence[float], position: int
) -> tuple[Sequence[float], float]:
    """Return the three neighbours of a position, counted from 1, and their weighted sum."""
    check_kernel(kernel, 3)
    check_room("signal", len(signal), 7)
    check_position(position, len(signal) - 1, first=2)
    return signal[position - 2 : position + 1], convolve_signal(signal, kernel)[position - 1]


def _alt(signal: Sequence[float], kernel: Sequence[float], position: int) -> str:
    values, total = _inside(signal, kernel, position)
    return (
        f"A row of {len(signal)} inputs: {listed(signal)}. A window holds inputs {position - 1} to "
        f"{position + 1}, that is {listed(values)}, with the weights {listed(kernel)} under them. "
        f"Three curves lead from the window to output {position}: the sum of the products, "
        f"{number(total)}."
    )


@figure(
    "convolution-1d/weighted-sum",
    title="An output is a weighted sum of three neighbours",
    slide="Convolution in 1D",
    alt=_alt,
)
def weighted_sum(
    signal: Sequence[float] = SIGNAL, kernel: Sequence[float] = KERNEL, position: int = 3
) -> Figure:
    """Draw one output as the weighted sum of an input and its two neighbours.

    Parameters
    ----------
    signal : sequence of float, at most 7
    kernel : sequence of float, length 3
    position : int
        The output, counted from 1; neither the first nor the last.
    """
    values, total = _inside(signal, kernel, position)
    canvas = Canvas(COLUMN, 368)
    first = COLUMN / 2 - PITCH * (len(signal) - 1) / 2
    xs = [first + PITCH * i for i in range(len(signal))]
    taps = xs[position - 2 : position + 1]
    window(canvas, taps, 8, 152, PITCH)
    for x, value in zip(xs, signal, strict=True):
        input_value(canvas, x, 64, value)
    for k, (x, index) in enumerate(zip(taps, ("i−1", "i", "i+1"), strict=True)):
        canvas.formula(x, 30, f"x_{{{index}}}", "input")
        canvas.formula(x, 112, f"ω_{k + 1}", "kernel-text")
        canvas.text(x, 138, weights(kernel)[k], "kernel-text", within=PITCH - 8)
    if position > 2:
        canvas.text(xs[0], 30, "input", "muted", size=SMALL)
    gather(canvas, taps, 160, (taps[1], 224))
    output_value(canvas, taps[1], 240, total, "current")
    canvas.formula(taps[1] + 28, 240, "z_i", "output", anchor="start")
    canvas.formula(COLUMN / 2, 304, FORMULA, size=18)
    numbers = equation(str(position), kernel, values, [False] * 3)
    canvas.formula(COLUMN / 2, 344, f"{numbers} = {{output:{number(total)}}}", size=18)
    return canvas.figure
