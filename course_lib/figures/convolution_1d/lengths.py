"""How long the output is: the staircase that the floor in the formula makes."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.convolution import kernel_span, output_length, padding_amounts
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.convolution_1d.settings import check_room
from course_lib.figures.numbers import counted
from course_lib.figures.registry import figure

LEFT, RIGHT = 8.0, 412.0
HEADER = 64.0
HEIGHT = 88.0  # of one staircase, pixels
LONGEST = 18


def _steps(size: int, stride: int, dilation: int, padding: str, longest: int) -> dict[int, int]:
    """Return the output's length by the input's, where there is an output."""
    found = {}
    for length in range(1, longest + 1):
        try:
            found[length] = output_length(
                length, size, stride=stride, dilation=dilation, padding=padding
            )
        except ValueError:
            continue
    return found


def _check(sizes: Sequence[int], stride: int, dilation: int, padding: str, longest: int) -> None:
    check_room("kernel_sizes", len(sizes), 4)
    if not 2 <= longest <= LONGEST:
        raise ValueError(f"longest={longest!r}: expected from 2 to {LONGEST}")
    for size in sizes:
        output_length(longest, size, stride=stride, dilation=dilation, padding=padding)


def _alt(
    kernel_sizes: Sequence[int], stride: int, dilation: int, padding: str, longest: int
) -> str:
    _check(kernel_sizes, stride, dilation, padding, longest)
    said = []
    for size in kernel_sizes:
        steps = _steps(size, stride, dilation, padding, longest)
        first = min(steps)
        said.append(
            f"kernel size {size} starts at {counted(first, 'input')} with "
            f"{counted(steps[first], 'output')} and reaches {steps[longest]} at {longest}"
        )
    return (
        f"{counted(len(kernel_sizes), 'staircase')}: output length against input length, stride "
        f"{stride}, dilation {dilation}, padding {padding}. Each step is {stride} inputs wide: "
        f"{'; '.join(said)}."
    )


@figure(
    "convolution-1d/output-length",
    title="The output's length is a staircase",
    slide="Stride, kernel size, and dilation",
    alt=_alt,
)
def output_lengths(
    kernel_sizes: Sequence[int] = (1, 3, 5),
    stride: int = 3,
    dilation: int = 1,
    padding: str = "valid",
    longest: int = LONGEST,
) -> Figure:
    """Draw the output's length against the input's, a staircase for each kernel size.

    Parameters
    ----------
    kernel_sizes : sequence of int, at most 4
    stride, dilation : int
        The convolution.
    padding : str
        What stands beyond the ends.
    longest : int
        The longest input, at most 18.
    """
    _check(kernel_sizes, stride, dilation, padding, longest)
    pitch = (RIGHT - LEFT) / longest
    row = HEIGHT + 48
    canvas = Canvas(COLUMN, HEADER + row * len(kernel_sizes) + 32)
    most = max(_steps(s, stride, dilation, padding, longest)[longest] for s in kernel_sizes)
    rise = min(14.0, (HEIGHT - 8) / most)
    for n, size in enumerate(kernel_sizes):
        base = HEADER + row * n + 24 + HEIGHT
        canvas.formula(
            LEFT, base - HEIGHT - 8, f"kernel size {size}", "kernel-text", anchor="start"
        )
        left, right = padding_amounts(size, dilation, padding)
        spare = left + right - kernel_span(size, dilation)
        steps = _steps(size, stride, dilation, padding, longest)
        # The same without the floor: the staircase hangs below it.
        ramp = [(LEFT + pitch * (i - 0.5), base - rise * ((i + spare) / stride + 1)) for i in steps]
        canvas.lines([ramp], "muted", alpha=0.6, dashed=True)
        canvas.lines([[(LEFT, base), (RIGHT, base)]], "grid")
        points = {i: (LEFT + pitch * (i - 0.5), base - rise * out) for i, out in steps.items()}
        canvas.lines(([(x, base), (x, y)] for x, y in points.values()), "output", alpha=0.25)
        for i, (x, y) in points.items():
            exact = (i + spare) % stride == 0
            _square(canvas, x, y, exact)
            if exact:
                canvas.text(x, y - 16, str(steps[i]), "output", size=SMALL)
    bottom = HEADER + row * len(kernel_sizes) - 4
    for i in range(1, longest + 1):
        canvas.text(LEFT + pitch * (i - 0.5), bottom, str(i), "input", size=SMALL)
    canvas.text((LEFT + RIGHT) / 2, bottom + 24, "input length", "input", size=SMALL)
    _header(canvas, stride)
    return canvas.figure


def _header(canvas: Canvas, stride: int) -> None:
    """Say what the squares are."""
    title = f"output length at stride {stride}"
    canvas.text(LEFT, 12, title, "output", size=SMALL, anchor="start")
    for x, exact, words in (
        (LEFT + 8, True, "every input used"),
        (LEFT + 184, False, "inputs left over"),
    ):
        _square(canvas, x, 40, exact)
        canvas.text(x + 12, 40, words, "muted", size=SMALL, anchor="start")


def _square(canvas: Canvas, x: float, y: float, exact: bool) -> None:
    """Draw an output length, full where the last window ends on the last input."""
    canvas.square(x, y, 9, fill="output" if exact else "paper", edge="output", width=1.25)
