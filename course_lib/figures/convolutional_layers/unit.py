"""One hidden unit: a weighted sum, a bias, an activation."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.language import gather, input_value, output_value, window
from course_lib.figures.numbers import MINUS, counted, listed, number, weights
from course_lib.figures.registry import figure

SIGNAL = (2, 4, 6, 2, 1, 3)
KERNEL = (0.5, 1, -0.5)
PITCH = 56.0
PLOT = 112.0  # side of the little plot, pixels


def _sum(
    signal: Sequence[float], kernel: Sequence[float], bias: float, position: int
) -> tuple[Sequence[float], float]:
    """Return the three neighbours of a position, counted from 1, and their sum with the bias."""
    if len(kernel) != 3:
        raise ValueError(f"kernel={list(kernel)}: expected 3 weights")
    if not 3 <= len(signal) <= 7:
        raise ValueError(f"signal has {len(signal)} values: expected from 3 to 7")
    if not 2 <= position < len(signal):
        raise ValueError(
            f"position={position}: expected a whole number from 2 to {len(signal) - 1}"
        )
    read = signal[position - 2 : position + 1]
    return read, bias + sum(w * x for w, x in zip(kernel, read, strict=True))


def _alt(signal: Sequence[float], kernel: Sequence[float], bias: float, position: int) -> str:
    read, total = _sum(signal, kernel, bias, position)
    left, middle, right = weights(kernel)
    return (
        f"{counted(len(signal), 'input')}: {listed(signal)}. A window with the weights "
        f"{left}, {middle} and {right} holds {listed(read)}. "
        f"Their weighted sum and the bias {number(bias)} "
        f"make {number(total)}. A small plot of the ReLU, which is flat below zero and a straight "
        f"line above, turns {number(total)} into the output {number(max(0, total))}."
    )


@figure(
    "convolutional-layers/unit",
    title="A hidden unit: weighted sum, bias, activation",
    slide="Convolutional layer",
    alt=_alt,
)
def unit(
    signal: Sequence[float] = SIGNAL,
    kernel: Sequence[float] = KERNEL,
    bias: float = -1.0,
    position: int = 3,
) -> Figure:
    """Draw one unit of a convolutional layer with its numbers.

    Parameters
    ----------
    signal : sequence of float, 3 to 7 values
    kernel : sequence of float, length 3
    bias : float
    position : int
        The unit, counted from 1; neither the first nor the last.
    """
    read, total = _sum(signal, kernel, bias, position)
    canvas = Canvas(COLUMN, 512)
    first = COLUMN / 2 - PITCH * (len(signal) - 1) / 2
    xs = [first + PITCH * i for i in range(len(signal))]
    taps = xs[position - 2 : position + 1]
    window(canvas, taps, 8, 144, PITCH)
    for i, (x, value) in enumerate(zip(xs, signal, strict=True)):
        inside = position - 2 <= i <= position
        input_value(canvas, x, 56, value, read=inside)
        if inside:
            canvas.formula(x, 26, f"x_{i + 1}", "input")
            k = i - position + 2
            canvas.formula(x, 104, f"ω_{k + 1}", "kernel-text")
            canvas.text(x, 130, weights(kernel)[k], "kernel-text", within=PITCH - 8)
    middle = taps[1]
    gather(canvas, taps, 152, (middle, 204))
    _sum_node(canvas, middle, 220, total)
    # The bias comes from the side where the sheet has room for it.
    side = 1 if middle <= COLUMN / 2 else -1
    canvas.arrow((middle + side * 104, 220), (middle + side * 22, 220), "kernel")
    canvas.formula(
        middle + side * 112,
        220,
        f"β = {number(bias)}",
        "kernel-text",
        anchor="start" if side > 0 else "end",
    )
    canvas.arrow((middle, 238), (middle, 264))
    _relu(canvas, middle, 272, total)
    canvas.arrow((middle, 272 + PLOT + 8), (middle, 412))
    output_value(canvas, middle, 432, max(0, total), "current")
    canvas.formula(middle + 28, 432, f"h_{position}", "output", anchor="start")
    terms = " + ".join(
        f"{{kernel-text:{_bracketed(w)}}}·{{input:{_bracketed(number(x))}}}"
        for w, x in zip(weights(kernel), read, strict=True)
    )
    canvas.formula(
        COLUMN / 2,
        488,
        f"{{output:h_{position}}} = a[{{kernel-text:{number(bias)}}} + {terms}] = "
        f"a[{number(total)}] = {{output:{number(max(0, total))}}}",
    )
    return canvas.figure


def _bracketed(words: str) -> str:
    return f"({words})" if words.startswith(MINUS) else words


def _sum_node(canvas: Canvas, x: float, y: float, total: float) -> None:
    """Draw the sum before the activation: a ring, for it is no output yet."""
    canvas.circle(x, y, 17, fill="paper", edge="muted")
    words = number(total, 1)
    canvas.text(x, y, words, size=SMALL, within=30)


def _relu(canvas: Canvas, middle: float, top: float, total: float) -> None:
    """Draw the activation's curve with the unit's point on it."""
    left, right = middle - PLOT / 2, middle + PLOT / 2
    base = top + PLOT - 24
    reach = max(2.0, abs(total)) * 1.15
    scale = PLOT / 2 / reach
    canvas.lines([[(left, base), (right, base)], [(middle, top), (middle, base + 12)]], "grid")
    canvas.lines([[(left, base), (middle, base), (right, base - scale * reach)]], "text", width=1.5)
    x, y = middle + scale * total, base - scale * max(0, total)
    canvas.lines([[(x, base), (x, y), (middle, y)]], "output", dashed=True)
    canvas.square(x, y, 8, fill="output")
    canvas.text(x, base + 18, number(total), "muted", size=SMALL)
    if total > 0:
        canvas.text(middle - 10, y, number(total), "output", size=SMALL, anchor="end")
    canvas.text(right + 12, top + 40, "a = ReLU", "muted", size=SMALL, anchor="start")
    canvas.text(right + 12, top + 60, "0 below 0", "muted", size=SMALL, anchor="start")
