"""The kernels that have names, and what each does to one signal."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.convolution import KERNELS, convolve_signal, named_kernel
from course_lib.figures.canvas import SMALL, Canvas
from course_lib.figures.convolution_1d.positions import middles, reads, touched
from course_lib.figures.convolution_1d.settings import WORKED, check_room
from course_lib.figures.numbers import bracketed, listed, weights
from course_lib.figures.registry import figure
from course_lib.figures.stems import axis, stems

Numbers = Sequence[float]

WORDS = {
    "identity": "leaves the signal as it is",
    "mean": "averages neighbours",
    "gaussian": "averages, nearer counts more",
    "derivative": "answers to slope",
    "laplacian": "answers to curvature",
}
PERSONS = ("gaussian", "laplacian")  # named after Gauss and Laplace
PITCH = 22.0
TAP = 40.0  # from one weight to the next, pixels
LEGEND = "{input:x} the line, {output:z} the squares"
GAP = "\N{EN SPACE}"
BAR = 24.0  # of a weight of 1, pixels


def _alt(signal: Numbers, kernel_size: int, padding: str) -> str:
    rows = "; ".join(
        f"{name} {bracketed(kernel)} {WORDS[name]}: "
        f"{listed(convolve_signal(signal, kernel, padding=padding), 1)}"
        for name, kernel in ((name, named_kernel(name, kernel_size)) for name in KERNELS)
    )
    return f"Five kernels and what each makes of the signal {listed(signal)}: {rows}."


@figure(
    "convolution-1d/kernels",
    title="Five kernels and what each does to one signal",
    slide="1-D Convolution Example",
    alt=_alt,
)
def kernels(signal: Numbers = WORKED, kernel_size: int = 3, padding: str = "zeros") -> Figure:
    """Draw each named kernel beside its output for the same signal.

    Parameters
    ----------
    signal : sequence of float, at most 12
        Drawn faintly behind each output.
    kernel_size : int
        From 3 to 5.
    padding : str
        What stands beyond the ends.
    """
    check_room("signal", len(signal), 12)
    if not 3 <= kernel_size <= 5:
        raise ValueError(f"kernel_size={kernel_size}: expected from 3 to 5")
    shapes = {name: named_kernel(name, kernel_size) for name in KERNELS}
    outputs = {
        name: convolve_signal(signal, kernel, padding=padding) for name, kernel in shapes.items()
    }
    largest = max(max(map(abs, signal)), *(max(map(abs, row)) for row in outputs.values())) or 1.0
    places = reads(len(signal), kernel_size, padding=padding)
    signal_left = TAP * kernel_size + 32
    width = signal_left + PITCH * 11 + 16
    xs = [signal_left + PITCH * i for i in range(len(signal))]
    out = [signal_left + PITCH * place for place in middles(places)]
    # A row is as deep as its lowest square, or its lowest weight with its number.
    depths = {
        name: max(
            24.0, *(-64 * v / largest for v in outputs[name]), *(24 - BAR * w for w in kernel)
        )
        for name, kernel in shapes.items()
    }
    canvas = Canvas(width, sum(96 + depth for depth in depths.values()) + 24)
    canvas.formula(width, canvas.height - 12, LEGEND, "muted", size=SMALL, anchor="end")
    top = 0.0
    for name, kernel in shapes.items():
        base = top + 96
        said = name.capitalize() if name in PERSONS else name
        canvas.formula(0, top + 16, f"{said}{GAP}{{muted:{WORDS[name]}}}", anchor="start")
        _kernel(canvas, kernel, base)
        axis(canvas, signal_left - 16, signal_left + PITCH * 11 + 16, base)
        ghost = list(zip(xs, (base - 64 * v / largest for v in signal), strict=True))
        canvas.lines([ghost], "input", alpha=0.45)
        ends = touched(places, kernel, len(signal))
        stems(canvas, out, outputs[name], base, 64 / largest, "output", marked=ends)
        top += 96 + depths[name]
    return canvas.figure


def _kernel(canvas: Canvas, kernel: Numbers, base: float) -> None:
    """Draw the weights as amber bars with their numbers."""
    xs = [TAP * (k + 0.5) for k in range(len(kernel))]
    axis(canvas, xs[0] - 16, xs[-1] + 16, base)
    for x, value, words in zip(xs, kernel, weights(kernel), strict=True):
        y = base - BAR * value
        canvas.lines([[(x, base), (x, y)]], "kernel", width=3)
        side = -12 if value >= 0 else 12
        canvas.text(x, y + side, words, "kernel-text", size=SMALL)
