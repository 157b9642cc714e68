"""How many numbers a layer has to learn, against the number of its inputs."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from matplotlib.figure import Figure

from course_lib.convolution import parameter_count
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.registry import figure

INPUTS = (6, 40, 784, 150_528)
LEFT, RIGHT, TOP, BOTTOM = 72.0, 376.0, 48.0, 328.0


def _counts(inputs: Sequence[int], kernel_size: int) -> list[tuple[int, int, int]]:
    """Return (D, parameters fully connected, parameters of a convolution) for each D."""
    if not 2 <= len(inputs) <= 5:
        raise ValueError(f"inputs has {len(inputs)} values: expected from 2 to 5")
    if not all(2 <= count <= 1_000_000 for count in inputs):
        raise ValueError(f"inputs={list(inputs)}: expected numbers from 2 to 1000000")
    convolution = parameter_count(1, 1, kernel_size)
    return [(count, count * count + count, convolution) for count in sorted(inputs)]


def _alt(inputs: Sequence[int], kernel_size: int) -> str:
    counts = _counts(inputs, kernel_size)
    dense = "; ".join(f"{d:,} inputs need {many:,}" for d, many, _ in counts)
    return (
        "Parameters against inputs, both axes logarithmic. A straight line rises by two powers of "
        f"ten for each: a fully connected layer of as many units as inputs. {dense}. A level line: "
        f"a convolution of size {kernel_size} needs {counts[0][2]}, whatever the input."
    )


@figure(
    "convolutional-layers/parameters",
    title="Parameters of a layer against its inputs",
    slide="Special case of fully-connected network",
    alt=_alt,
)
def parameters(inputs: Sequence[int] = INPUTS, kernel_size: int = 3) -> Figure:
    """Draw the parameters of a fully connected and of a convolutional layer.

    Parameters
    ----------
    inputs : sequence of int, 2 to 5 values
        Numbers of inputs to mark.
    kernel_size : int
        The convolution's size.
    """
    counts = _counts(inputs, kernel_size)
    canvas = Canvas(COLUMN, 400)
    decades = int(log10(counts[-1][1])) + 1
    across = int(log10(counts[-1][0])) + 1

    def x(value: float) -> float:
        return LEFT + (RIGHT - LEFT) * log10(value) / across

    def y(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * log10(value) / decades

    for power in range(0, decades + 1, 2):
        canvas.lines([[(LEFT, y(10**power)), (RIGHT, y(10**power))]], "grid")
        words = _power(power) if power else "1"
        canvas.text(LEFT - 12, y(10**power), words, "muted", size=SMALL, anchor="end")
    # On these axes D² is a straight line; D bends it a little at its lower end.
    marks = [10 ** (k / 10) for k in range(10 * across + 1)]
    curve = [(x(d), y(d * d + d)) for d in marks if d * d + d <= 10**decades]
    canvas.lines([curve], "text", width=1.5)
    canvas.lines([[(LEFT, y(counts[0][2])), (RIGHT, y(counts[0][2]))]], "kernel", width=2.0)
    for count, dense, convolution in counts:
        canvas.lines([[(x(count), BOTTOM), (x(count), y(dense))]], "grid", dashed=True)
        canvas.circle(x(count), y(dense), 5, fill="text")
        canvas.square(x(count), y(convolution), 9, fill="kernel")
        canvas.text(x(count) - 10, y(dense) - 10, f"{dense:,}", size=SMALL, anchor="end")
        canvas.text(x(count), BOTTOM + 20, f"{count:,}", "input", size=SMALL)
    canvas.text((LEFT + RIGHT) / 2, BOTTOM + 48, "inputs D", "input", size=SMALL)
    canvas.text(8, 16, "weights and biases to learn", "muted", size=SMALL, anchor="start")
    words = f"convolution, size {kernel_size}: {counts[0][2]}"
    canvas.text(RIGHT, y(counts[0][2]) - 16, words, "kernel-text", size=SMALL, anchor="end")
    # Right of the last mark but one the line is far above.
    beside, below = x(counts[-2][0]) + 10, y(10 ** (0.48 * decades))
    canvas.text(beside, below, "fully connected:", size=SMALL, anchor="start")
    canvas.text(beside, below + 18, "D² + D", size=SMALL, anchor="start")
    return canvas.figure


def _power(exponent: int) -> str:
    """Write a power of ten in Unicode, for plain text has no superscript."""
    return "10" + str(exponent).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
