"""The lecture's worked example: one signal, smoothed and searched for edges."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.convolution import convolve_signal
from course_lib.figures.canvas import Canvas
from course_lib.figures.convolution_1d.positions import reads, touched
from course_lib.figures.convolution_1d.settings import WORKED, check_room
from course_lib.figures.language import beyond_dot
from course_lib.figures.numbers import bracketed, listed
from course_lib.figures.registry import figure
from course_lib.figures.stems import axis, stems

Numbers = Sequence[float]

PITCH = 46.0
LEFT, RIGHT = 4.0, 652.0
REACH = 120.0  # height of the largest value, pixels


def _outputs(signal: Numbers, kernels: Sequence[Numbers]) -> list[list[float]]:
    check_room("signal", len(signal), 12)
    for kernel in kernels:
        check_room("kernel", len(kernel), 3)
    return [convolve_signal(signal, kernel) for kernel in kernels]


def _alt(signal: Numbers, smoothing: Numbers, edges: Numbers) -> str:
    smooth, slope = _outputs(signal, (smoothing, edges))
    return (
        f"Three rows of stems, one below the other. Input: {listed(signal)}. Smoothed by "
        f"{bracketed(smoothing)}: {listed(smooth)}. Edges by {bracketed(edges)}: {listed(slope)}. "
        f"The first and the last output of both rows are ringed, because a zero from beyond the "
        f"end went into them: smoothing falls to {listed([smooth[0], smooth[-1]])}, and the edge "
        f"kernel answers {listed([slope[0], slope[-1]])} where the signal has no edge."
    )


@figure(
    "convolution-1d/worked-example",
    title="One signal, smoothed and searched for edges",
    slide="1-D Convolution Example",
    alt=_alt,
)
def worked_example(
    signal: Numbers = WORKED,
    smoothing: Numbers = (1 / 3, 1 / 3, 1 / 3),
    edges: Numbers = (-1 / 2, 0, 1 / 2),
) -> Figure:
    """Draw a signal, its smoothed form and its edges below each other, on one scale.

    Parameters
    ----------
    signal : sequence of float, at most 12
    smoothing, edges : sequence of float, length at most 3
        The two kernels; stride 1, dilation 1, zeros beyond the ends.
    """
    rows = _outputs(signal, (smoothing, edges))
    largest = max(abs(value) for row in (signal, *rows) for value in row) or 1.0
    scale = REACH / largest
    first = (LEFT + RIGHT) / 2 - PITCH * (len(signal) - 1) / 2
    xs = [first + PITCH * i for i in range(len(signal))]
    heights = [_room(row, scale) for row in (signal, *rows)]
    canvas = Canvas(656, sum(above + below for above, below in heights))
    titles = [
        "{input:input x}",
        f"smoothed by {{kernel-text:{bracketed(smoothing)}}}",
        f"edges by {{kernel-text:{bracketed(edges)}}}",
    ]
    top = 0.0
    for n, (row, (above, below)) in enumerate(zip((signal, *rows), heights, strict=True)):
        base = top + above
        canvas.formula(LEFT, top + 16, titles[n], "muted", anchor="start")
        axis(canvas, LEFT, RIGHT, base)
        if n == 0:
            for x in (xs[0] - PITCH, xs[-1] + PITCH):
                beyond_dot(canvas, x, base)
            stems(canvas, xs, row, base, scale, "input", places=1)
        else:
            kernel = (smoothing, edges)[n - 1]
            ends = touched(reads(len(signal), len(kernel)), kernel, len(signal))
            stems(canvas, xs, row, base, scale, "output", places=2, marked=ends)
        top = base + below
    return canvas.figure


def _room(row: Numbers, scale: float) -> tuple[float, float]:
    """Return the room above and below the line of zero, title and numbers included, pixels."""
    up, down = max([0.0, *row]), max([0.0, *(-value for value in row)])
    return 64 + scale * up, 24 + scale * down + (16 if down else 0)
