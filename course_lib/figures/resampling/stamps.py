"""Transposed convolution, stamp by stamp: each input adds a multiple of the kernel."""

from __future__ import annotations

from collections.abc import Sequence

from course_lib.figures.animation import animation
from course_lib.figures.canvas import COLUMN, Canvas
from course_lib.figures.film import Film, Frame
from course_lib.figures.language import State, gather, input_value, output_value, weights, window
from course_lib.figures.numbers import bracketed, listed, number
from course_lib.figures.resampling.grids import Rows

Numbers = Sequence[float]

LINE = 40.0  # from value to value of a signal, pixels


def check(
    signal: Sequence[object], kernel: Sequence[object], stride: int, longest: int, most: int
) -> int:
    """Return the length of the output, along one axis, if there is room for it."""
    for name, value, highest in (
        ("signal", len(signal), longest),
        ("kernel", len(kernel), 3),
        ("stride", stride, 4),
    ):
        if not 1 <= value <= highest:
            raise ValueError(f"{name}: expected 1 to {highest}, got {value}")
    length = (len(signal) - 1) * stride + len(kernel)
    if length > most:
        raise ValueError(f"{length} outputs: expected at most {most}")
    return length


def sums_of(rows: Rows, kernel: Rows, stride: int | tuple[int, int], count: int) -> Rows:
    """Return the transposed convolution of an image whose pixels after `count` are zero."""
    import torch

    from course_lib.convolution import convolve_transpose2d

    x, w = (torch.tensor(values, dtype=torch.float64)[None, None] for values in (rows, kernel))
    x.view(-1)[count:] = 0
    sums: Rows = convolve_transpose2d(x, w, stride=stride, padding="valid")[0, 0].tolist()
    return sums


def _alt(signal: Numbers, kernel: Numbers, stride: int) -> str:
    length = check(signal, kernel, stride, 5, 10)
    return (
        f"Each of the inputs {listed(signal)} multiplies the kernel {bracketed(kernel)} and adds "
        f"it to the outputs, {stride} further on than the input before: {length} outputs."
    )


@animation(
    "resampling/transposed-animation",
    title="A transposed convolution, stamp by stamp",
    slide="Transposed convolutions",
    alt=_alt,
    seconds=2.5,
)
def transposed_animation(
    signal: Numbers = (1, 3, 2, 4),
    kernel: Numbers = (1, 2, 1),
    stride: int = 2,
) -> Film:
    """Stamp the kernel onto the output, once for each input, and add.

    Parameters
    ----------
    signal : sequence of float, at most 5
    kernel : sequence of float, at most 3
    stride : int, 1 to 4
        How far a stamp stands from the next.
    """
    check(signal, kernel, stride, 5, 10)

    def frame(index: int) -> Frame:
        (sums,) = sums_of([signal], [kernel], (1, stride), index + 1)
        stamp = [signal[index] * weight for weight in kernel]
        first = index * stride
        at = range(first, first + len(kernel))
        says = (
            f"input {number(signal[index])} adds {listed(stamp)} from output {first + 1} on; "
            f"the outputs are {listed(sums[: at[-1] + 1])}"
        )
        return Frame(lambda canvas: _draw(canvas, signal, kernel, stride, index, sums), says)

    return Film(COLUMN, 192, tuple(map(frame, range(len(signal)))))


def _draw(
    canvas: Canvas, signal: Numbers, kernel: Numbers, stride: int, index: int, sums: Numbers
) -> None:
    """Draw the inputs, the stamp of one of them, and the sums so far."""
    first = COLUMN / 2 - LINE * (len(sums) - 1) / 2
    half = (len(kernel) - 1) / 2
    taps = [first + LINE * (index * stride + k) for k in range(len(kernel))]
    stamp = [signal[index] * weight for weight in kernel]
    above = first + LINE * (index * stride + half)
    for n, value in enumerate(signal):
        x = first + LINE * (n * stride + half)
        input_value(canvas, x, 18, value, read=n == index)
    window(canvas, taps, 72, 76, LINE)
    gather(canvas, taps, 72, (above, 36))
    weights(canvas, taps, 88, stamp)
    for n, value in enumerate(sums):
        state: State = "current" if n in stamped(index, kernel, stride) else "plain"
        reached = n < index * stride + len(kernel)
        output_value(canvas, first + LINE * n, 124, value, state if reached else "faint")
    outputs = ", ".join(f"z_{n + 1}" for n in stamped(index, kernel, stride))
    canvas.formula(
        COLUMN / 2,
        176,
        f"{{input:{factor(signal[index])}}}·{{kernel-text:{bracketed(kernel)}}} = "
        f"{{kernel-text:{bracketed(stamp)}}} added to {{output:{outputs}}}",
    )


def stamped(index: int, kernel: Sequence[object], stride: int) -> range:
    """Return the outputs, along one axis, that an input adds to."""
    return range(index * stride, index * stride + len(kernel))


def factor(value: float) -> str:
    """Write a number before a multiplication point."""
    return f"({number(value)})" if value < 0 else number(value)
