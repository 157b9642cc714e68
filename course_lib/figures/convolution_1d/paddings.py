"""Five answers to what stands beyond the ends of the input."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from course_lib.convolution import PADDINGS, convolve_signal, padding_amounts, source_index
from course_lib.figures.canvas import COLUMN, SMALL, Canvas
from course_lib.figures.convolution_1d.positions import middles, reads, touched
from course_lib.figures.convolution_1d.settings import SIGNAL, check_room
from course_lib.figures.language import State, input_value, output_value, padded_value
from course_lib.figures.numbers import bracketed, counted, listed
from course_lib.figures.registry import figure

Numbers = Sequence[float]

PITCH = 37.5
MARGIN = 2  # places before the first input, at least: the paddings' names stand there
ROW = 128.0
HEADER = 32.0


def _beyond(signal: Numbers, kernel_size: int, padding: str) -> dict[int, tuple[float, int | None]]:
    """Return by place, from 0, each value beyond the ends and the input that it repeats."""
    length = len(signal)
    left, right = padding_amounts(kernel_size, 1, padding)
    found = {}
    for place in (*range(-left, 0), *range(length, length + right)):
        source = source_index(place, length, padding)
        found[place] = (0.0 if source is None else signal[source], source)
    return found


def _alt(signal: Numbers, kernel: Numbers) -> str:
    rows = []
    for padding in PADDINGS:
        output = convolve_signal(signal, kernel, padding=padding)
        values = [value for value, _ in _beyond(signal, len(kernel), padding).values()]
        stands = f"{listed(values)} beyond the ends" if values else "nothing beyond the ends"
        rows.append(f"{padding}: {stands}, {counted(len(output), 'output')} {listed(output)}")
    return (
        f"Five paddings of the inputs {listed(signal)} for the kernel {bracketed(kernel)}, from "
        f"left to right. {'; '.join(rows)}."
    )


@figure(
    "convolution-1d/paddings",
    title="Five paddings of one signal",
    slide="Zero padding",
    alt=_alt,
)
def paddings(signal: Numbers = SIGNAL, kernel: Numbers = (1, 1, 1, 1, 1)) -> Figure:
    """Draw what each padding puts beyond the ends; the outputs that it decides are full.

    Parameters
    ----------
    signal : sequence of float, at most 7
    kernel : sequence of float, at most 5
    """
    check_room("signal", len(signal), 7)
    check_room("kernel", len(kernel), 5)
    canvas = Canvas(COLUMN, HEADER + ROW * len(PADDINGS) - 16)
    canvas.text(4, 12, f"kernel {bracketed(kernel)}", "kernel-text", anchor="start")
    for row, padding in enumerate(PADDINGS):
        top = HEADER + ROW * row
        # The outputs leave room below what stands before the first input.
        canvas.text(4, top + 84, padding, anchor="start")
        _row(canvas, top + 40, signal, kernel, padding)
    return canvas.figure


def _row(canvas: Canvas, y: float, signal: Numbers, kernel: Numbers, padding: str) -> None:
    room = max(MARGIN, padding_amounts(len(kernel), 1, "zeros")[0])

    def x(place: float) -> float:
        return PITCH * (place + room + 0.5)

    for place, value in enumerate(signal):
        input_value(canvas, x(place), y, value)
    for place, (value, source) in _beyond(signal, len(kernel), padding).items():
        padded_value(canvas, x(place), y, value)
        if source is not None:
            canvas.formula(x(place), y - 28, f"x_{source + 1}", "muted", size=SMALL)
    places = reads(len(signal), len(kernel), padding=padding)
    decided = touched(places, kernel, len(signal))
    output = convolve_signal(signal, kernel, padding=padding)
    for n, (middle, value) in enumerate(zip(middles(places), output, strict=True)):
        state: State = "current" if n in decided else "plain"
        output_value(canvas, x(middle), y + 44, value, state)
