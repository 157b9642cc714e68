"""Two output channels from one input channel, and one output channel from two."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.convolution import convolve_signal
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.channels.settings import (
    RISE,
    SECOND,
    SIGNAL,
    SMOOTH,
    check_kernel,
    check_signal,
    check_whole,
)
from course_lib.figures.language import (
    equation,
    gather,
    input_value,
    output_value,
    padded_value,
    weights,
    window,
)
from course_lib.figures.numbers import MINUS, bracketed, listed, number
from course_lib.figures.registry import figure

Numbers = Sequence[float]

PITCH = 44.0
PANEL = 264.0


def _x(place: float) -> float:
    """Return where a position of the signal stands; there is one more beyond each end."""
    return COLUMN / 2 + PITCH * (place - 3)


def _inputs(canvas: Canvas, signal: Numbers, y: float, name: str) -> None:
    for place in (-1, 7):
        padded_value(canvas, _x(place), y, 0)
    for place, value in enumerate(signal):
        input_value(canvas, _x(place), y, value)
    canvas.formula(_x(-1), y + 32, name, "input", size=SMALL)


def _outputs(canvas: Canvas, values: Numbers, y: float, name: str, current: int | None) -> None:
    for place, value in enumerate(values):
        output_value(canvas, _x(place), y, value, "current" if place == current else "plain")
    canvas.formula(_x(-1), y, name, "output")


def _read(signal: Numbers, position: int) -> tuple[list[float], list[bool]]:
    """Return what a window of three reads, and whether each stands beyond an end."""
    places = range(position - 2, position + 1)
    inside = [0 <= place < len(signal) for place in places]
    values = [
        signal[place] if within else 0.0 for place, within in zip(places, inside, strict=True)
    ]
    return values, [not within for within in inside]


def _relu(values: Numbers) -> list[float]:
    return [max(0.0, value) for value in values]


def _two(
    signal: Numbers, first: Numbers, second: Numbers, position: int
) -> tuple[list[float], list[float]]:
    check_signal("signal", signal)
    check_kernel("first", first)
    check_kernel("second", second)
    check_whole("position", position, 1, 7)
    return convolve_signal(signal, first), convolve_signal(signal, second)


def _two_alt(signal: Numbers, first: Numbers, second: Numbers, position: int) -> str:
    z1, z2 = _two(signal, first, second, position)
    return (
        f"Two panels with the same inputs, {listed(signal)}, zeros beyond both ends. a) The kernel "
        f"{bracketed(first)}, then ReLU, makes the first channel: {listed(_relu(z1))}. b) The "
        f"kernel {bracketed(second)}, then ReLU, makes a second one: {listed(_relu(z2))}. Both are "
        f"kept. The window stands at position {position} in both panels, where the sums are "
        f"{number(z1[position - 1])} and {number(z2[position - 1])}."
    )


@figure(
    "channels/two-from-one",
    title="Two output channels from one input channel",
    slide="Two output channels, one input channel",
    alt=_two_alt,
)
def two_from_one(
    signal: Numbers = SIGNAL, first: Numbers = SMOOTH, second: Numbers = RISE, position: int = 5
) -> Figure:
    """Draw one input under two kernels: two channels.

    Parameters
    ----------
    signal : sequence of float, length 7
    first, second : sequence of float, length 3
        The kernels; the biases are zero, ReLU follows.
    position : int
        Where the window stands, counted from 1.
    """
    z1, z2 = _two(signal, first, second, position)
    canvas = Canvas(COLUMN, 2 * PANEL - 32)
    here = position - 1
    taps = [_x(here + k) for k in (-1, 0, 1)]
    for panel, (kernel, z) in enumerate(((first, z1), (second, z2))):
        top = panel * (PANEL - 24)
        canvas.text(8, top + 12, "ab"[panel] + ")", "muted")
        window(canvas, taps, top + 28, 72, PITCH)
        _inputs(canvas, signal, top + 52, "x")
        weights(canvas, taps, top + 84, kernel)
        gather(canvas, taps, top + 100, (_x(here), top + 132))
        _outputs(canvas, _relu(z), top + 148, f"h_{panel + 1}", here)
        line = top + 188
        if panel == 1:
            _outputs(canvas, _relu(z1), top + 188, "h_1", None)
            line = top + 228
        products = equation(str(position), kernel, *_read(signal, position))
        after = number(max(0.0, z[here]))
        total = number(z[here])
        words = f"{products} = {{output:{total}}},  ReLU: {{output:{after}}}"
        canvas.formula(COLUMN / 2, line, words)
    return canvas.figure


def _one(
    signal: Numbers, second: Numbers, slices: tuple[Numbers, Numbers], bias: float, position: int
) -> tuple[list[float], list[float], list[float]]:
    check_signal("signal", signal)
    check_signal("second", second)
    for name, kernel in zip(("first_slice", "second_slice"), slices, strict=True):
        check_kernel(name, kernel)
    check_whole("position", position, 1, 7)
    parts = [convolve_signal(x, w) for x, w in zip((signal, second), slices, strict=True)]
    sums = [a + b + bias for a, b in zip(*parts, strict=True)]
    return parts[0], parts[1], sums


def _one_alt(
    signal: Numbers,
    second: Numbers,
    first_slice: Numbers,
    second_slice: Numbers,
    bias: float,
    position: int,
) -> str:
    a, b, z = _one(signal, second, (first_slice, second_slice), bias, position)
    here = position - 1
    return (
        f"Two input channels, {listed(signal)} and {listed(second)}, under one window that spans "
        f"both. It holds two slices of weights, {bracketed(first_slice)} for the first and "
        f"{bracketed(second_slice)} for the second. At position {position} they give "
        f"{number(a[here])} and {number(b[here])}; with the bias {number(bias)} the sum is "
        f"{number(z[here])}. One output channel comes out, after ReLU: {listed(_relu(z))}."
    )


@figure(
    "channels/one-from-two",
    title="One output channel from two input channels",
    slide="Two input channels, one output channel",
    alt=_one_alt,
)
def one_from_two(
    signal: Numbers = SIGNAL,
    second: Numbers = SECOND,
    first_slice: Numbers = (0, 1, 0),
    second_slice: Numbers = (-0.5, 0, -0.5),
    bias: float = 1.0,
    position: int = 3,
) -> Figure:
    """Draw a filter that spans two input channels and gives one output channel.

    Parameters
    ----------
    signal, second : sequence of float, length 7
        The input channels.
    first_slice, second_slice : sequence of float, length 3
        The filter's slices.
    bias : float
        Its one bias; ReLU follows.
    position : int
        Where the window stands, counted from 1.
    """
    slices = (first_slice, second_slice)
    a, b, z = _one(signal, second, slices, bias, position)
    canvas = Canvas(COLUMN, 384)
    here = position - 1
    taps = [_x(here + k) for k in (-1, 0, 1)]
    window(canvas, taps, 8, 156, PITCH)
    for row, (values, kernel) in enumerate(zip((signal, second), slices, strict=True)):
        top = 8 + 76 * row
        _inputs(canvas, values, top + 28, f"x_{row + 1}")
        weights(canvas, taps, top + 60, kernel)
    gather(canvas, taps, 164, (_x(here), 208))
    _outputs(canvas, _relu(z), 224, "h", here)
    for row, (values, kernel, part) in enumerate(
        zip((signal, second), slices, (a, b), strict=True)
    ):
        products = equation(str(position), kernel, *_read(values, position)).split(" = ")[1]
        words = f"{{input:x_{row + 1}}}:  {products} = {number(part[here])}"
        canvas.formula(COLUMN / 2, 272 + 32 * row, words)
    sign = MINUS if bias < 0 else "+"
    rest = f" {MINUS} {number(-b[here])}" if b[here] < 0 else f" + {number(b[here])}"
    total = f"{number(a[here])}{rest} {sign} {{kernel-text:{number(abs(bias))}}}"
    after = number(max(0.0, z[here]))
    words = f"{{output:z_{position}}} = {total} = {{output:{number(z[here])}}},"
    canvas.formula(COLUMN / 2, 344, f"{words}  ReLU: {{output:{after}}}")
    return canvas.figure
